from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_windows_never_cascade")]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("accept", "受理"),
                    ("return", "退回补正"),
                    ("refuse", "不予受理"),
                    ("withhold", "不予推荐"),
                ],
                max_length=10,
                verbose_name="决定",
            ),
        ),
    ]
