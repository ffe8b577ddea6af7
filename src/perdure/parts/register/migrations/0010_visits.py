import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0009_foreseeing"),
    ]

    operations = [
        migrations.DeleteModel(name="Visit"),  # nobody ever wrote one
        migrations.CreateModel(
            name="Visiting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.BooleanField(default=False)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("progress", models.UUIDField(blank=True, null=True)),
                ("next_on", models.DateField(blank=True, null=True)),
                ("holder", models.CharField(blank=True, max_length=64)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="When the last tour came to its end.", null=True
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=500)),
                ("host", models.CharField(blank=True, max_length=255)),
                ("current", models.BooleanField(default=True)),
                ("seen", models.CharField(blank=True, max_length=12)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("moved_to", models.CharField(blank=True, max_length=2000)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("bad_since", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="register.case",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "url"), name="one_address_per_case")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("current", True)), fields=["due_at"], name="addresses_due"
                    ),
                    models.Index(fields=["looked_at"], name="addresses_looked_at"),
                    models.Index(
                        condition=models.Q(("bad_since__isnull", False)),
                        fields=["bad_since"],
                        name="addresses_gone_bad",
                    ),
                    models.Index(fields=["url"], name="addresses_by_url"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen", models.CharField(max_length=12)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("moved_to", models.CharField(blank=True, max_length=2000)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="register.address",
                    ),
                ),
            ],
        ),
    ]
