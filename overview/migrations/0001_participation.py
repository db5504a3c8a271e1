
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('readings', '0008_units'),
        ('seminars', '0012_participation_events'),
    ]

    operations = [
        migrations.CreateModel(
            name='ParticipationScoring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('seminar',), name='scoring_one_standing')],
            },
        ),
        migrations.CreateModel(
            name='ScoreOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('done', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.membership')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='readings.reading')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('reading', 'membership'), name='override_one_standing')],
            },
        ),
        migrations.CreateModel(
            name='ScoreRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='readings.reading')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('reading',), name='release_one_standing')],
            },
        ),
    ]
