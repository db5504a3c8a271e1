# Made by makemigrations, with each table's constraints and indexes within it.

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('seminars', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edit_version', models.PositiveIntegerField(default=1, editable=False)),
                ('slug', models.SlugField(max_length=60)),
                ('position', models.PositiveIntegerField(default=0)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('open_to_guests', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
            ],
            options={
                'ordering': ['seminar_id', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PeopleVersion',
            fields=[
                ('seminar', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='people_version', serialize=False, to='seminars.seminar')),
                ('version', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Essay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=500)),
                ('subtitle', models.CharField(blank=True, max_length=500)),
                ('authors', models.JSONField(default=list, help_text='Names, in the order of the byline.')),
                ('venue', models.CharField(blank=True, max_length=300)),
                ('issue', models.CharField(blank=True, max_length=120)),
                ('published', models.CharField(blank=True, help_text='As precise as is known.', max_length=40)),
                ('language', models.CharField(default='en', max_length=35)),
                ('direction', models.CharField(choices=[('ltr', 'Left to right'), ('rtl', 'Right to left')], default='ltr', max_length=3)),
                ('licence', models.CharField(blank=True, max_length=300)),
                ('abstract', models.TextField(blank=True)),
                ('author_note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='essays', to=settings.AUTH_USER_MODEL)),
                ('editors', models.ManyToManyField(related_name='shared_essays', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='What lists call it.', max_length=500)),
                ('document', models.JSONField(default=dict, help_text='As it was read; empty before that.')),
                ('edits', models.JSONField(default=list, help_text='What was changed in the preview, in order.')),
                ('edits_done', models.PositiveIntegerField(default=0)),
                ('refused_repairs', models.JSONField(default=list)),
                ('repairs_to_refuse', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('waiting', 'Waiting to be read'), ('reading', 'Being read'), ('ready', 'Ready to be checked'), ('refused', 'Could not be read')], default='ready', max_length=8)),
                ('state_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('progress', models.JSONField(default=dict)),
                ('progress_percent', models.PositiveSmallIntegerField(null=True)),
                ('refusal', models.JSONField(default=dict)),
                ('source_name', models.CharField(max_length=255)),
                ('source_sha256', models.CharField(max_length=64)),
                ('source', models.FileField(upload_to='sources/%Y/%m/')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('essay', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='readings.essay')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'reading', 'ready', 'refused'])), name='draft_state_known')],
            },
        ),
        migrations.CreateModel(
            name='PageVersion',
            fields=[
                ('reading', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='version', serialize=False, to='readings.reading')),
                ('page', models.BigIntegerField()),
                ('blocks', models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='reading',
            name='essay',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='readings.essay'),
        ),
        migrations.AddField(
            model_name='reading',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership'),
        ),
        migrations.AddField(
            model_name='reading',
            name='seminar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='seminars.seminar'),
        ),
        migrations.CreateModel(
            name='Guide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edit_version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=300)),
                ('source', models.TextField()),
                ('unplaced', models.JSONField(default=list)),
                ('applied_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('applied_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
                ('reading', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='guide', to='readings.reading')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block_key', models.CharField(max_length=24)),
                ('start', models.PositiveIntegerField(null=True)),
                ('end', models.PositiveIntegerField(null=True)),
                ('quote', models.TextField(blank=True)),
                ('prefix', models.CharField(blank=True, max_length=32)),
                ('suffix', models.CharField(blank=True, max_length=32)),
                ('placement', models.CharField(choices=[('exact', 'In its place'), ('moved', 'Moved'), ('changed', 'This passage changed'), ('unanchored', 'Its place is gone')], default='exact', max_length=12)),
                ('earlier_quote', models.TextField(blank=True)),
                ('continues', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='continuations', to='readings.passage')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='readings.reading')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'ordering': ['reading_id', 'pk'],
                'indexes': [models.Index(fields=['reading', 'block_key'], name='passage_in_block')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('end', None), ('quote', ''), ('start', None)), models.Q(('end__gt', models.F('start')), ('start__isnull', False)), _connector='OR'), name='passage_is_block_or_words')],
            },
        ),
        migrations.CreateModel(
            name='GuideItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('note', 'Note'), ('context', 'Context'), ('term', 'Term'), ('person', 'Person'), ('translation', 'Translation'), ('prompt', 'Prompt'), ('checkpoint', 'Checkpoint')], max_length=12)),
                ('body', models.TextField(help_text='Markdown, as the guide has it.')),
                ('html', models.TextField(blank=True, help_text='Of a note: rendered and sanitised.')),
                ('position', models.PositiveIntegerField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='readings.guide')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guide_items', to='readings.passage')),
            ],
            options={
                'ordering': ['guide_id', 'position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'context', 'term', 'person', 'translation', 'prompt', 'checkpoint'])), name='guide_item_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Reanchoring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reanchorings', to='readings.reading')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'ordering': ['reading_id', '-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReanchoredPassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('placement', models.CharField(choices=[('exact', 'In its place'), ('moved', 'Moved'), ('changed', 'This passage changed'), ('unanchored', 'Its place is gone')], max_length=12)),
                ('score', models.FloatField()),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seminars.membership')),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reanchorings', to='readings.passage')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
                ('reanchoring', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='readings.reanchoring')),
            ],
            options={
                'ordering': ['reanchoring_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('reanchoring', 'passage'), name='reanchored_once'), models.CheckConstraint(condition=models.Q(('placement__in', ['exact', 'moved', 'changed', 'unanchored'])), name='reanchored_placement_known')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('metadata', models.JSONField(default=dict)),
                ('essay_before', models.JSONField(default=dict)),
                ('source_format', models.CharField(default='text', help_text='As it was read.', max_length=20)),
                ('source_name', models.CharField(max_length=255)),
                ('source_sha256', models.CharField(max_length=64)),
                ('source', models.FileField(upload_to='sources/%Y/%m/')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('essay', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='readings.essay')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['essay_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('essay', 'number'), name='revision_number_unique')],
            },
        ),
        migrations.AddField(
            model_name='reanchoring',
            name='from_revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='readings.revision'),
        ),
        migrations.AddField(
            model_name='reanchoring',
            name='to_revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='readings.revision'),
        ),
        migrations.AddField(
            model_name='reading',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='readings.revision'),
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('file', models.FileField(upload_to='pictures/%Y/%m/')),
                ('media_type', models.CharField(max_length=20)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('draft', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='readings.draft')),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='readings.revision')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('revision', 'name'), name='picture_name_unique'), models.UniqueConstraint(fields=('draft', 'name'), name='draft_picture_name_unique'), models.CheckConstraint(condition=models.Q(models.Q(('draft', None), ('revision__isnull', False)), models.Q(('draft__isnull', False), ('revision', None)), _connector='OR'), name='picture_of_draft_or_revision')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=12)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='readings.revision')),
            ],
            options={
                'ordering': ['revision_id', 'position'],
                'constraints': [models.UniqueConstraint(fields=('revision', 'position'), name='note_position_unique'), models.UniqueConstraint(fields=('revision', 'number'), name='note_number_unique')],
            },
        ),
        migrations.AddField(
            model_name='draft',
            name='edited_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='readings.revision'),
        ),
        migrations.AddField(
            model_name='draft',
            name='revision',
            field=models.OneToOneField(help_text='What it became.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='readings.revision'),
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(help_text='Survives revisions.', max_length=24)),
                ('kind', models.CharField(choices=[('heading', 'Heading'), ('paragraph', 'Paragraph'), ('list_item', 'List item'), ('blockquote', 'Block quotation'), ('pullquote', 'Pull quote'), ('figure', 'Figure'), ('table', 'Table'), ('verse', 'Verse'), ('code', 'Code'), ('rule', 'Rule'), ('boilerplate', 'Boilerplate')], max_length=12)),
                ('level', models.PositiveSmallIntegerField(null=True)),
                ('marker', models.CharField(blank=True, help_text='Of a list item: “•” or “3.”.', max_length=12)),
                ('number', models.PositiveIntegerField(help_text='The paragraph number, ¶ n.', null=True)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('note_refs', models.JSONField(default=list)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='readings.revision')),
            ],
            options={
                'ordering': ['revision_id', 'position'],
                'constraints': [models.UniqueConstraint(fields=('revision', 'position'), name='block_position_unique'), models.UniqueConstraint(fields=('revision', 'key'), name='block_key_unique'), models.UniqueConstraint(fields=('revision', 'number'), name='block_number_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['heading', 'paragraph', 'list_item', 'blockquote', 'pullquote', 'figure', 'table', 'verse', 'code', 'rule', 'boilerplate'])), name='block_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='RevisionAlignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('algorithm', models.PositiveSmallIntegerField()),
                ('data', models.JSONField()),
                ('from_revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='readings.revision')),
                ('to_revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='readings.revision')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('from_revision', 'to_revision'), name='revision_alignment_unique')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(blank=True, help_text='Key of the block reached.', max_length=24)),
                ('progress', models.PositiveSmallIntegerField(default=0, help_text='Percent, the furthest.')),
                ('new_since', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, help_text='Last sign of them.')),
                ('shown_at', models.DateTimeField(default=django.utils.timezone.now, help_text='The page was sent to them.')),
                ('own_version', models.BigIntegerField(default=0, editable=False)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='seminars.membership')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='readings.reading')),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='readings.revision')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seminars.seminar')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reading', 'membership'), name='visit_unique'), models.CheckConstraint(condition=models.Q(('progress__lte', 100)), name='visit_progress_percent')],
            },
        ),
        migrations.CreateModel(
            name='Fragment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block_key', models.CharField(max_length=24)),
                ('viewer', models.CharField(max_length=60)),
                ('version', models.CharField(max_length=64)),
                ('body', models.BinaryField()),
                ('reading', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='fragments', to='readings.reading')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reading', 'viewer', 'block_key'), name='fragment_unique')],
            },
        ),
        migrations.CreateModel(
            name='BlockVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block_key', models.CharField(max_length=24)),
                ('version', models.BigIntegerField()),
                ('reading', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='block_versions', to='readings.reading')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reading', 'block_key'), name='block_version_unique')],
            },
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('seminar', 'slug'), name='reading_slug_unique'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(('revision', None), ('state', 'ready'), _connector='OR'), name='draft_published_was_read'),
        ),
    ]
