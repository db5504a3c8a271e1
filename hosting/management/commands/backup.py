"""`manage.py backup`: take a backup while the app is in use, or prove that one is good."""

import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hosting.backups import BackupRefused, prove_backup, take_backup
from hosting.backups.proof import newest_backup
from hosting.backups.recorded import recorded
from hosting.backups.restore import told
from hosting.backups.schedule import run_due
from hosting.models import BackupKind

NEWEST = "newest"


class Command(BaseCommand):
    help = (
        "Write a backup into the folder DEST (else that of BACKUP_DIR), while the app is in use."
        " With --prove alone, prove that one is good instead."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("destination", nargs="?", type=Path, metavar="DEST")
        parser.add_argument(
            "--keep",
            type=_positive,
            metavar="N",
            help="once the new one is whole, remove this instance's oldest but N",
        )
        parser.add_argument(
            "--secret-key",
            type=Path,
            metavar="FILE",
            help="write the secret key to FILE too, which is not among the backups",
        )
        parser.add_argument(
            "--prove",
            nargs="?",
            const=NEWEST,
            metavar="BACKUP",
            help="restore BACKUP (else the newest) into a scratch place, compare it, and sign in",
        )

        parser.add_argument(
            "--scheduled",
            action="store_true",
            help="do what is due this night, unless another worker does: what db_worker starts",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Whoever ends it finds nothing half done.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        destination: Path | None = options["destination"]
        prove: str | None = options["prove"]
        try:
            if options["scheduled"]:
                run_due(timezone.now())
                return
            if destination is not None or prove is None:
                self._take(_folder(destination), options["keep"], options["secret_key"])
            if prove is not None:
                is_named = prove != NEWEST
                self._prove(Path(prove) if is_named else newest_backup(_folder(destination)))
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused

    def _take(self, destination: Path, keep: int | None, secret_key: Path | None) -> None:
        with recorded(BackupKind.BACKUP) as result:
            backup = take_backup(destination, keep=keep, secret_key=secret_key)
            result.location, result.size = backup.folder, backup.manifest.size
        self.stdout.write(f"{backup.folder} is whole: {told(backup.manifest)}.")
        for name in backup.manifest.missing:
            self.stderr.write(f"The database names {name}, which is not in the media folder.")
        for path in backup.removed:
            self.stdout.write(f"{path} is removed.")

    def _prove(self, source: Path) -> None:
        with recorded(BackupKind.PROOF) as result:
            proof = prove_backup(source)
            result.location, result.size = proof.folder, proof.size
        opened = f"{len(proof.pages)} pages opened" if proof.pages else "it has nobody to sign in"
        self.stdout.write(
            f"{proof.folder} is good: {proof.tables} tables and {proof.files} files are as they"
            f" were, and {opened}."
        )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _folder(named: Path | None) -> Path:
    if named is not None:
        return named
    if settings.BACKUP_DIR is None:
        raise BackupRefused("Name a folder for the backup, or set BACKUP_DIR.")
    return Path(settings.BACKUP_DIR)
