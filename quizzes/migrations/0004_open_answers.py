# Made by makemigrations.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0003_words_in_the_text'),
        ('readings', '0010_dates_set'),
        ('seminars', '0012_participation_events'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='question',
            name='question_kind_known',
        ),
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=models.CharField(choices=[('one_choice', 'One choice'), ('several', 'Several choices'), ('true_false', 'True or false'), ('short_answer', 'Short answer'), ('numeric', 'Number'), ('match', 'Match'), ('order', 'Order'), ('gap', 'Gaps'), ('passage', 'Words in the text'), ('open', 'Open answer')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['one_choice', 'several', 'true_false', 'short_answer', 'numeric', 'match', 'order', 'gap', 'passage', 'open'])), name='question_kind_known'),
        ),
    ]
