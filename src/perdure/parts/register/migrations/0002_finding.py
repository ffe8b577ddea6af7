"""What search needs: words seen, totals of filters, and the index of words that fits the database."""

from django.db import migrations, models


def _vendor(schema_editor):
    from perdure.parts.register import search_postgresql, search_sqlite

    return search_sqlite if schema_editor.connection.vendor == "sqlite" else search_postgresql


def make(apps, schema_editor):
    for statement in _vendor(schema_editor).CREATE:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in _vendor(schema_editor).DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("register", "0005_imports_by_lines")]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[("term", models.CharField(max_length=40, primary_key=True, serialize=False))],
        ),
        migrations.CreateModel(
            name="Total",
            fields=[
                ("word", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("group", models.CharField(blank=True, max_length=20)),
                ("value", models.CharField(blank=True, max_length=300)),
                ("n", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddIndex(
            model_name="total",
            index=models.Index(fields=["group", "-n"], name="register_to_group_cba744_idx"),
        ),
        migrations.RunPython(make, remove),
    ]
