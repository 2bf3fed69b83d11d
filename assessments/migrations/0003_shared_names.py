from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name="base",
            name="name_shared",
            field=models.BooleanField(default=False, verbose_name="名称可以相同"),
        ),
        migrations.RemoveConstraint(model_name="base", name="base_name_once"),
        migrations.AddConstraint(
            model_name="base",
            constraint=models.UniqueConstraint(
                condition=models.Q(("name_shared", False), ("state", "active")),
                fields=("jurisdiction", "name"),
                name="base_name_once",
            ),
        ),
    ]
