# Made by makemigrations, with each table's constraints and indexes within it.

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('readings', '0001_initial'),
        ('seminars', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('one_choice', 'One choice'), ('several', 'Several choices'), ('true_false', 'True or false'), ('short_answer', 'Short answer')], max_length=12)),
                ('text', models.TextField(help_text='The question, one line.')),
                ('html', models.TextField()),
                ('detail', models.TextField(blank=True, help_text='Further paragraphs below it.')),
                ('detail_html', models.TextField(blank=True)),
                ('feedback', models.TextField(blank=True, help_text='Shown after answering.')),
                ('feedback_html', models.TextField(blank=True)),
                ('accepted', models.JSONField(default=list)),
                ('settings', models.JSONField(default=dict)),
                ('points', models.PositiveSmallIntegerField(default=1)),
                ('version', models.PositiveIntegerField(default=1)),
                ('retired_at', models.DateTimeField(null=True)),
                ('passage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='readings.passage')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'ordering': ['quiz_id', 'position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['one_choice', 'several', 'true_false', 'short_answer'])), name='question_kind_known'), models.CheckConstraint(condition=models.Q(('points__gte', 1)), name='question_points')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveIntegerField()),
                ('text', models.TextField(help_text='Markdown, one line.')),
                ('html', models.TextField()),
                ('is_correct', models.BooleanField()),
                ('feedback', models.TextField(blank=True)),
                ('feedback_html', models.TextField(blank=True)),
                ('retired_at', models.DateTimeField(null=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='quizzes.question')),
            ],
            options={
                'ordering': ['question_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Quiz',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=300)),
                ('retired_at', models.DateTimeField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quizzes', to='readings.guideitem')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quizzes', to='readings.reading')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'verbose_name_plural': 'quizzes',
                'ordering': ['item_id', 'version'],
                'constraints': [models.UniqueConstraint(fields=('item', 'version'), name='quiz_version_unique'), models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('item',), name='quiz_current_unique')],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='quiz',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='quizzes.quiz'),
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='1 is the first try, the one that counts.')),
                ('state', models.CharField(choices=[('in_progress', 'In progress'), ('submitted', 'Submitted'), ('marked', 'Marked')], default='in_progress', max_length=12)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('score', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('max_score', models.DecimalField(decimal_places=2, max_digits=6)),
                ('client_key', models.UUIDField(null=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='seminars.membership')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
                ('quiz', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='quizzes.quiz')),
            ],
            options={
                'ordering': ['quiz_id', 'membership_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('quiz', 'membership', 'number'), name='attempt_number_unique'), models.UniqueConstraint(fields=('membership', 'client_key'), name='attempt_client_key_unique'), models.UniqueConstraint(condition=models.Q(('state', 'in_progress')), fields=('quiz', 'membership'), name='attempt_in_progress_unique'), models.CheckConstraint(condition=models.Q(models.Q(('score', None), ('state', 'in_progress'), ('submitted_at', None)), models.Q(('score', None), ('state', 'submitted'), ('submitted_at__isnull', False)), models.Q(('score__isnull', False), ('state', 'marked'), ('submitted_at__isnull', False)), _connector='OR'), name='attempt_state'), models.CheckConstraint(condition=models.Q(('score', None), models.Q(('score__gte', 0), ('score__lte', models.F('max_score'))), _connector='OR'), name='attempt_score')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, help_text='Of the question, as answered.')),
                ('response', models.JSONField(default=list, help_text='A list of strings.')),
                ('score', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='quizzes.attempt')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='quizzes.question')),
            ],
            options={
                'ordering': ['attempt_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('attempt', 'question'), name='answer_unique'), models.CheckConstraint(condition=models.Q(('score', None), ('score__gte', 0), _connector='OR'), name='answer_score')],
            },
        ),
        migrations.CreateModel(
            name='QuestionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('regraded', models.PositiveIntegerField(default=0, help_text='Tries whose points changed by what came after it.')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='quizzes.question')),
                ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'ordering': ['question_id', 'version'],
                'constraints': [models.UniqueConstraint(fields=('question', 'version'), name='question_version_unique')],
            },
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('quiz', 'position'), name='question_position_unique'),
        ),
    ]
