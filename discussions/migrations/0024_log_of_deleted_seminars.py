from typing import Any

from django.db import migrations

from discussions.moderation import audit


def protect(apps: Any, schema_editor: Any) -> None:
    audit.protect(schema_editor.connection)


def as_before(apps: Any, schema_editor: Any) -> None:
    audit.protect(schema_editor.connection, without_deletions=True)


class Migration(migrations.Migration):
    """The triggers that guard the audit log know of deleted seminars."""

    dependencies = [("discussions", "0023_guide_links"), ("seminars", "0023_archived")]

    operations = [migrations.RunPython(protect, as_before)]
