"""What a search for links did not compare, for being too much, is kept with the list."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0012_own_words_and_kinds_of_strategies")]

    operations = [
        migrations.AddField(
            model_name="sourcelist", name="left_out", field=models.JSONField(blank=True, default=list)
        ),
    ]
