"""When a draft's state was last told, so that one that nobody reads can be tried again."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("readings", "0003_revisions")]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="state_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ]
