from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0012_paper_entry'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='snapshot',
            field=models.JSONField(blank=True, null=True, verbose_name='定稿内容'),
        ),
    ]
