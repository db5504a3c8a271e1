from django.db import migrations

from discussions.moderation import audit


def protect(apps, schema_editor):
    audit.protect(schema_editor.connection)


def lift(apps, schema_editor):
    audit.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("discussions", "0001_initial")]

    operations = [migrations.RunPython(protect, lift)]
