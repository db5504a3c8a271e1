"""`manage.py restore BACKUP`: put a backup in an empty place."""

import signal
import sys
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from hosting.backups import BackupRefused, restore_backup
from hosting.backups.restore import is_older, told
from hosting.backups.take import key_fingerprint
from hosting.models import BackupRun


class Command(BaseCommand):
    help = (
        "Check the backup in the folder BACKUP, and put it in the database and the media folder"
        " of this instance, which must be empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="BACKUP")
        parser.add_argument(
            "--migrate", action="store_true", help="bring the database of an older version forward"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            manifest = restore_backup(options["source"])
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        self._forget_unfinished()
        self.stdout.write(f"Restored, as of {manifest.taken_at}: {told(manifest)}.")
        if manifest.secret_key != key_fingerprint():
            self.stdout.write(
                "SECRET_KEY is another than when the backup was taken: everybody signs in anew,"
                " and links that were mailed do not open. Set the one that you kept, if you can."
            )
        for name in manifest.missing:
            self.stderr.write(f"The database names {name}, which was missing before, too.")
        if not is_older(manifest):
            return
        if options["migrate"]:
            call_command("migrate", verbosity=0)
            self.stdout.write("The database is brought forward to this version.")
        else:
            self.stdout.write(
                f"It is of an older version ({manifest.app}): run manage.py migrate now."
            )

    def _forget_unfinished(self) -> None:
        with suppress(DatabaseError):  # the table of a version that did not write runs down
            BackupRun.objects.forget_unfinished()
