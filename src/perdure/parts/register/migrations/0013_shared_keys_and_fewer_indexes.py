"""Cases whose key another case bore first; and no index that nothing asks, for each costs every imported row."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

_CASCADE = django.db.models.deletion.CASCADE


class Migration(migrations.Migration):
    dependencies = [("register", "0011_languages_of_owners")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="register_ca_country_ea958d_idx"),
        migrations.RemoveIndex(model_name="case", name="register_ca_organis_9a5485_idx"),
        migrations.RemoveIndex(model_name="case", name="register_ca_status_b6ae13_idx"),
        migrations.RemoveIndex(model_name="case", name="register_ca_started_23da76_idx"),
        migrations.AddField(
            model_name="case", name="shared_key", field=models.CharField(blank=True, max_length=300)
        ),
        migrations.AlterField(
            model_name="case",
            name="merged",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="was",
                to="register.case",
            ),
        ),
        migrations.AlterField(model_name="case", name="reference", field=models.CharField(max_length=24)),
        migrations.AlterField(
            model_name="reject",
            name="origin",
            field=models.ForeignKey(
                db_index=False, on_delete=_CASCADE, related_name="rejected_rows", to="register.import"
            ),
        ),
        migrations.AlterField(
            model_name="snapshot",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=_CASCADE, related_name="snapshots", to="register.case"
            ),
        ),
        migrations.AlterField(
            model_name="snapshot",
            name="origin",
            field=models.ForeignKey(
                db_index=False, on_delete=_CASCADE, related_name="snapshots", to="register.import"
            ),
        ),
        migrations.AlterField(
            model_name="technology",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=_CASCADE, related_name="technologies", to="register.case"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("merged__isnull", False)), fields=["merged"], name="register_case_merged"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("shared_key", ""), _negated=True),
                fields=["source", "shared_key"],
                name="register_case_shared",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("reference",), name="one_case_per_reference"),
        ),
    ]
