"""The database refuses to change or remove records. A later migration that rebuilds these tables installs again."""

from django.db import migrations

from perdure.foundation.audit import protection


def install(apps, schema_editor):
    protection.install(schema_editor.connection)


def remove(apps, schema_editor):
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_head")]
    operations = [migrations.RunPython(install, remove)]
