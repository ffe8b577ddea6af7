from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_new_editions"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="figures",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="What the draft asks of people, and of which text that was counted.",
            ),
        ),
    ]
