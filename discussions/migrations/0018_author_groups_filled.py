from django.db import migrations


def keep_groups(apps, schema_editor):
    """Of what is there, nobody knows any more who was where: as it is now."""
    memberships = apps.get_model('seminars', 'Membership').objects
    groups = apps.get_model('seminars', 'Group').objects.order_by().values_list('pk', flat=True)
    for name in ('Comment', 'Thread'):
        rows = apps.get_model('discussions', name).objects.order_by()
        for group in groups:
            theirs = memberships.filter(group=group).order_by().values('pk')
            rows.filter(author__in=theirs).update(author_group=group)


class Migration(migrations.Migration):

    dependencies = [
        ('discussions', '0017_author_groups'),
    ]

    operations = [
        migrations.RunPython(keep_groups, migrations.RunPython.noop),
    ]
