# Made by makemigrations, with each table's constraints and indexes within it.

import discussions.models.authors
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from discussions.moderation import audit


def protect(apps, schema_editor):
    audit.protect(schema_editor.connection)


def lift(apps, schema_editor):
    audit.lift(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('readings', '0001_initial'),
        ('seminars', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('depth', models.PositiveSmallIntegerField(default=0)),
                ('seq', models.PositiveIntegerField(help_text='Number in its thread, by publication.')),
                ('body', models.TextField(max_length=10000)),
                ('html', models.TextField()),
                ('renderer_version', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('published', 'Published'), ('hidden', 'Hidden by staff'), ('withdrawn', 'Withdrawn by its author')], default='published', max_length=10)),
                ('hidden_reason', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('edited_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('client_key', models.UUIDField(null=True)),
                ('origin', models.CharField(blank=True, max_length=500)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='seminars.membership')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='discussions.comment')),
                ('root', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussions.comment')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'ordering': ['thread_id', 'seq'],
                'constraints': [models.UniqueConstraint(fields=('author', 'client_key'), name='comment_client_key_unique'), models.CheckConstraint(condition=models.Q(('depth__lte', 8)), name='comment_depth'), models.CheckConstraint(condition=models.Q(models.Q(('depth', 0), ('parent', None)), models.Q(('depth__gt', 0), ('parent__isnull', False)), _connector='OR'), name='comment_depth_of_parent')],
            },
            bases=(discussions.models.authors.Authored, models.Model),
        ),
        migrations.CreateModel(
            name='CommentRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField()),
                ('html', models.TextField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='discussions.comment')),
                ('editor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'ordering': ['comment_id', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('upheld', 'Upheld'), ('dismissed', 'Dismissed')], default='open', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_items', to='discussions.comment')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'ordering': ['opened_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('comment',), name='review_item_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment_version', models.PositiveIntegerField()),
                ('reason', models.CharField(choices=[('off_topic', 'Off the topic'), ('unkind', 'Unkind or insulting'), ('spam', 'Advertising or spam'), ('not_own_work', 'Not the author’s own work'), ('personal_details', 'Tells personal details'), ('other', 'Something else')], max_length=20)),
                ('detail', models.CharField(blank=True, max_length=1000)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='discussions.comment')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
                ('review_item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='discussions.reviewitem')),
            ],
            options={
                'ordering': ['created_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('comment', 'reporter', 'reason', 'comment_version'), name='report_unique')],
            },
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('question', 'Question'), ('guide', 'Prompt')], default='comment', max_length=12)),
                ('audience', models.CharField(choices=[('me', 'Only me'), ('group', 'My group'), ('seminar', 'The whole seminar'), ('staff', 'Staff only')], max_length=8)),
                ('state', models.CharField(choices=[('open', 'Open'), ('locked', 'Locked')], default='open', max_length=8)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('active_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('last_seq', models.PositiveIntegerField(default=0)),
                ('comment_count', models.PositiveIntegerField(default=0)),
                ('client_key', models.UUIDField(null=True)),
                ('origin', models.CharField(blank=True, max_length=500)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='seminars.membership')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.group')),
                ('guide_item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='readings.guideitem')),
                ('passage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='readings.passage')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='readings.reading')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'ordering': ['reading_id', 'pk'],
                'indexes': [models.Index(fields=['reading', 'audience'], name='thread_in_reading'), models.Index(fields=['reading', 'active_at'], name='thread_by_activity')],
                'constraints': [models.UniqueConstraint(fields=('author', 'client_key'), name='thread_client_key_unique'), models.UniqueConstraint(condition=models.Q(('origin', ''), _negated=True), fields=('reading', 'author', 'origin'), name='thread_origin_unique'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'group'), ('group__isnull', False)), models.Q(models.Q(('audience', 'group'), _negated=True), ('group', None)), _connector='OR'), name='thread_group_when_for_group'), models.CheckConstraint(condition=models.Q(('audience__in', ['me', 'group', 'seminar', 'staff'])), name='thread_audience_known'), models.CheckConstraint(condition=models.Q(models.Q(('guide_item__isnull', False), ('kind', 'guide')), models.Q(models.Q(('kind', 'guide'), _negated=True), ('guide_item', None)), _connector='OR'), name='thread_item_when_prompt')],
            },
            bases=(discussions.models.authors.Authored, models.Model),
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor_role', models.CharField(choices=[('instructor', 'Instructor'), ('assistant', 'Assistant'), ('participant', 'Participant'), ('guest', 'Guest')], max_length=12)),
                ('action', models.CharField(choices=[('hide', 'Hid a comment'), ('restore', 'Restored a comment'), ('dismiss', 'Dismissed a report'), ('lock', 'Locked a thread'), ('unlock', 'Unlocked a thread')], max_length=12)),
                ('comment_version', models.PositiveIntegerField(null=True)),
                ('before', models.CharField(max_length=20)),
                ('after', models.CharField(max_length=20)),
                ('reason', models.CharField(blank=True, choices=[('off_topic', 'Off the topic'), ('unkind', 'Unkind or insulting'), ('spam', 'Advertising or spam'), ('not_own_work', 'Not the author’s own work'), ('personal_details', 'Tells personal details'), ('other', 'Something else')], max_length=20)),
                ('note_to_member', models.CharField(blank=True, max_length=1000)),
                ('note_to_staff', models.CharField(blank=True, max_length=1000)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='discussions.comment')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.seminar')),
                ('review_item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='discussions.reviewitem')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='discussions.thread')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='comment',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='discussions.thread'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['thread', 'created_at'], name='comment_by_time'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('thread', 'seq'), name='comment_seq_unique'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', ''), _negated=True), fields=('thread', 'author', 'origin'), name='comment_origin_unique'),
        ),
        # The log takes rows and gives none back, whoever asks.
        migrations.RunPython(protect, lift),
    ]
