# Made by makemigrations.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0001_initial'),
        ('readings', '0009_general_discussion'),
        ('seminars', '0012_participation_events'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='question',
            name='question_kind_known',
        ),
        migrations.AddField(
            model_name='choice',
            name='answer',
            field=models.TextField(blank=True, help_text='Markdown, one line.'),
        ),
        migrations.AddField(
            model_name='choice',
            name='slot',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=models.CharField(choices=[('one_choice', 'One choice'), ('several', 'Several choices'), ('true_false', 'True or false'), ('short_answer', 'Short answer'), ('numeric', 'Number'), ('match', 'Match'), ('order', 'Order'), ('gap', 'Gaps')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['one_choice', 'several', 'true_false', 'short_answer', 'numeric', 'match', 'order', 'gap'])), name='question_kind_known'),
        ),
    ]
