import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import F


def published_when_written(apps, schema_editor):
    """Nobody had to approve what has been written so far."""
    comments = apps.get_model("discussions", "Comment").objects
    comments.update(published_at=F("created_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('discussions', '0004_reactions'),
        ('seminars', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ThreadRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField(help_text='Of the last comment that is read.')),
                ('marking', models.UUIDField(null=True)),
                ('seq_before', models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='comment',
            name='comment_by_time',
        ),
        migrations.RemoveIndex(
            model_name='thread',
            name='thread_by_activity',
        ),
        migrations.AddField(
            model_name='comment',
            name='published_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.RunPython(published_when_written, migrations.RunPython.noop),
        migrations.AddField(
            model_name='threadread',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.membership'),
        ),
        migrations.AddField(
            model_name='threadread',
            name='seminar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar'),
        ),
        migrations.AddField(
            model_name='threadread',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='discussions.thread'),
        ),
        migrations.AddConstraint(
            model_name='threadread',
            constraint=models.UniqueConstraint(fields=('membership', 'thread'), name='thread_read_unique'),
        ),
    ]
