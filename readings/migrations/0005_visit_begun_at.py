import django.utils.timezone
from django.db import migrations, models
from django.db.models.functions import Coalesce


def begin_with_what_was_new(apps, schema_editor):
    """Who has been here before the first visit was kept: what was new to them stays so."""
    visits = apps.get_model("readings", "Visit").objects
    visits.update(begun_at=Coalesce("new_since", "shown_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('readings', '0004_deadlines'),
    ]

    operations = [
        migrations.AddField(
            model_name='visit',
            name='begun_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.RunPython(begin_with_what_was_new, migrations.RunPython.noop),
    ]
