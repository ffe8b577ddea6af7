import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0013_shared_keys_and_fewer_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="strategy",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("funding", "Funding"),
                    ("leadership", "Leadership"),
                    ("people", "People"),
                    ("training", "Training"),
                    ("involving", "Involving"),
                    ("small_start", "Small Start"),
                    ("rules", "Rules"),
                    ("joining", "Joining"),
                    ("partners", "Partners"),
                    ("openness", "Openness"),
                    ("other", "Other"),
                    ("", "Unknown"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="OwnWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("status", models.CharField(max_length=8)),
                ("ended", models.DateField(blank=True, null=True)),
                ("ending", models.CharField(blank=True, max_length=11)),
                ("held", models.JSONField(default=list)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_words",
                        to="register.case",
                    ),
                ),
            ],
        ),
    ]
