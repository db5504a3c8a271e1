"""`manage.py move_database postgres://…`: from SQLite to PostgreSQL."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hosting.backups.errors import BackupRefused, told_plainly
from hosting.backups.moving import move_database


class Command(BaseCommand):
    help = (
        "Copy everything from the SQLite database into the empty PostgreSQL database of URL, and"
        " compare every row. The SQLite database stays as it is. Stop the server and the worker"
        " first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", metavar="URL", help="postgres://user:password@host/name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with told_plainly(settings.VAR_DIR):
                contents = move_database(options["url"])
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        rows = sum(one.rows for one in contents.values())
        self.stdout.write(f"{rows} rows of {len(contents)} tables are there, and are as they were.")
        self.stdout.write(
            "Now set DATABASE_URL to that address, and start the server and the worker again."
        )
