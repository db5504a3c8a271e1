import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def show_what_is_read(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now no text ever changed: everybody has been shown the one that their reading has."""
    visits = apps.get_model("readings", "Visit").objects.using(schema_editor.connection.alias)
    reading = apps.get_model("readings", "Reading").objects.filter(pk=OuterRef("reading_id"))
    visits.update(revision_id=Subquery(reading.values("revision_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("readings", "0004_revision_state_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="revision",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="readings.revision",
            ),
        ),
        migrations.RunPython(show_what_is_read, migrations.RunPython.noop, elidable=True),
    ]
