# Made by makemigrations, with each table's constraints and indexes within it.

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='QueuedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.JSONField(help_text="What Django's EmailMultiAlternatives is made with.")),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('failed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(help_text='As the seminar will see it.', max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('is_host', models.BooleanField(default=False)),
                ('date_joined', models.DateTimeField(auto_now_add=True)),
                ('text_size', models.CharField(choices=[('s', 'Small'), ('m', 'Medium'), ('l', 'Large'), ('xl', 'Extra large')], default='m', max_length=2)),
                ('measure', models.CharField(choices=[('narrow', 'Narrow'), ('normal', 'Normal'), ('wide', 'Wide')], default='normal', max_length=8)),
                ('theme', models.CharField(choices=[('auto', 'Match device'), ('light', 'Light'), ('dark', 'Dark')], default='auto', max_length=8)),
                ('typeface', models.CharField(choices=[('serif', 'Source Serif'), ('sans', 'Source Sans'), ('legible', 'Atkinson Hyperlegible')], default='serif', max_length=8)),
                ('annotations', models.CharField(choices=[('none', 'None'), ('mine', 'Guide and mine'), ('group', 'My group’s'), ('all', 'All')], default='mine', max_length=8)),
                ('text_only', models.BooleanField(default=False)),
                ('single_keys', models.BooleanField(default=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_unique')],
            },
        ),
        migrations.CreateModel(
            name='AnsweredForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('location', models.CharField(max_length=2000)),
                ('said', models.JSONField(default=list, help_text='Messages, each as [level, text].')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='answered_form_unique')],
            },
        ),
    ]
