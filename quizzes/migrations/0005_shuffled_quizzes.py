# Made by makemigrations.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0004_open_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='quiz',
            name='is_shuffled',
            field=models.BooleanField(default=False),
        ),
    ]
