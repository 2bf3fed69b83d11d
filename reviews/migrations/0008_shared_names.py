from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_selection")]

    operations = [
        migrations.AddField(
            model_name="shortlistentry",
            name="name_shared",
            field=models.BooleanField(default=False, verbose_name="名称可以相同"),
        ),
        migrations.AlterField(
            model_name="shortlistentry",
            name="name_core",
            field=models.CharField(blank=True, max_length=40, verbose_name="名称或区域"),
        ),
        migrations.RemoveConstraint(model_name="shortlistentry", name="granted_name_once_a_list"),
        migrations.AddConstraint(
            model_name="shortlistentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("name_shared", False), ("removed", False)),
                fields=("shortlist", "granted_name"),
                name="granted_name_once_a_list",
            ),
        ),
    ]
