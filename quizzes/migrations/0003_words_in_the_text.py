# Made by makemigrations.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0002_more_types'),
        ('readings', '0009_general_discussion'),
        ('seminars', '0012_participation_events'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyPassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['question_id', 'position'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='question',
            name='question_kind_known',
        ),
        migrations.AddField(
            model_name='question',
            name='places_digest',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=models.CharField(choices=[('one_choice', 'One choice'), ('several', 'Several choices'), ('true_false', 'True or false'), ('short_answer', 'Short answer'), ('numeric', 'Number'), ('match', 'Match'), ('order', 'Order'), ('gap', 'Gaps'), ('passage', 'Words in the text')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['one_choice', 'several', 'true_false', 'short_answer', 'numeric', 'match', 'order', 'gap', 'passage'])), name='question_kind_known'),
        ),
        migrations.AddField(
            model_name='keypassage',
            name='passage',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='readings.passage'),
        ),
        migrations.AddField(
            model_name='keypassage',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='key_passages', to='quizzes.question'),
        ),
        migrations.AddField(
            model_name='keypassage',
            name='seminar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar'),
        ),
        migrations.AddConstraint(
            model_name='keypassage',
            constraint=models.UniqueConstraint(fields=('question', 'position'), name='key_passage_unique'),
        ),
    ]
