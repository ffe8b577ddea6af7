from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0010_visits"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="owner_language",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="ask",
            name="language",
            field=models.CharField(blank=True, max_length=8),
        ),
    ]
