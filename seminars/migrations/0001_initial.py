# Made by makemigrations, with each table's constraints and indexes within it.

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edit_version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Seminar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edit_version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=200)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('description', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edit_version', models.PositiveIntegerField(default=1, editable=False)),
                ('role', models.CharField(choices=[('instructor', 'Instructor'), ('assistant', 'Assistant'), ('participant', 'Participant'), ('guest', 'Guest')], default='participant', max_length=12)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='memberships', to='seminars.group')),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='seminars.membership')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='seminars.seminar')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seminar', 'user'), name='membership_unique'), models.CheckConstraint(condition=models.Q(('role__in', ['instructor', 'assistant', 'participant', 'guest'])), name='membership_role_known')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('role', models.CharField(choices=[('instructor', 'Instructor'), ('assistant', 'Assistant'), ('participant', 'Participant'), ('guest', 'Guest')], default='participant', max_length=12)),
                ('max_uses', models.PositiveIntegerField(default=30, verbose_name='may be used')),
                ('uses', models.PositiveIntegerField(default=0, editable=False)),
                ('expires_at', models.DateTimeField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='seminars.group')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='seminars.seminar')),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('uses__lte', models.F('max_uses'))), name='invitation_uses'), models.CheckConstraint(condition=models.Q(('role__in', ['instructor', 'assistant', 'participant', 'guest'])), name='invitation_role_known')],
            },
        ),
        migrations.AddField(
            model_name='group',
            name='seminar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='seminars.seminar'),
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('seminar.created', 'Seminar created'), ('seminar.changed', 'Seminar changed'), ('member.joined', 'Member joined'), ('member.changed', 'Role or group changed'), ('member.removed', 'Member removed'), ('group.created', 'Group created'), ('group.changed', 'Group renamed'), ('group.deleted', 'Group deleted'), ('invitation.created', 'Invitation created'), ('invitation.revoked', 'Invitation revoked'), ('reading.created', 'Reading added'), ('reading.changed', 'Reading changed'), ('reading.removed', 'Reading taken away'), ('reading.restored', 'Reading put back'), ('reading.moved', 'Reading moved to another revision'), ('passage.placed', 'Passage placed by hand'), ('guide.applied', 'Guide added'), ('thread.started', 'Thread started'), ('thread.withdrawn', 'Highlight removed'), ('thread.locked', 'Thread locked'), ('thread.unlocked', 'Thread unlocked'), ('comment.published', 'Comment published'), ('comment.edited', 'Comment edited'), ('comment.withdrawn', 'Comment withdrawn'), ('comment.republished', 'Withdrawn comment put back'), ('comment.reported', 'Comment reported'), ('comment.hidden', 'Comment hidden'), ('comment.restored', 'Comment restored'), ('report.dismissed', 'Report dismissed'), ('attempt.submitted', 'Answers submitted'), ('attempts.regraded', 'Answers marked anew')], max_length=40)),
                ('target_type', models.CharField(help_text='The model, like “comment”.', max_length=20)),
                ('target_id', models.BigIntegerField()),
                ('reading_id', models.BigIntegerField(null=True)),
                ('audience', models.CharField(choices=[('me', 'Only me'), ('group', 'My group'), ('seminar', 'The whole seminar'), ('staff', 'Staff only')], max_length=8)),
                ('detail', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='seminars.group')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='seminars.seminar')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['seminar', 'id'], name='event_in_seminar'), models.Index(fields=['reading_id', 'id'], name='event_in_reading')],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['me', 'group', 'seminar', 'staff'])), name='event_audience_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['seminar.created', 'seminar.changed', 'member.joined', 'member.changed', 'member.removed', 'group.created', 'group.changed', 'group.deleted', 'invitation.created', 'invitation.revoked', 'reading.created', 'reading.changed', 'reading.removed', 'reading.restored', 'reading.moved', 'passage.placed', 'guide.applied', 'thread.started', 'thread.withdrawn', 'thread.locked', 'thread.unlocked', 'comment.published', 'comment.edited', 'comment.withdrawn', 'comment.republished', 'comment.reported', 'comment.hidden', 'comment.restored', 'report.dismissed', 'attempt.submitted', 'attempts.regraded'])), name='event_kind_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(models.F('seminar'), django.db.models.functions.text.Lower('name'), name='group_name_unique', violation_error_message='This seminar has a group of that name already.'),
        ),
    ]
