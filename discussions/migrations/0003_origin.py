from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Where a thread or a comment came from, so that the same file twice makes no doubles."""

    dependencies = [("discussions", "0002_append_only_log")]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="origin",
            field=models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="comment",
            name="origin",
            field=models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.UniqueConstraint(
                fields=["reading", "author", "origin"],
                condition=~Q(origin=""),
                name="thread_origin_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(
                fields=["thread", "author", "origin"],
                condition=~Q(origin=""),
                name="comment_origin_unique",
            ),
        ),
    ]
