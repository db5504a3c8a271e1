"""`manage.py bench`: how fast the app is, as ratios to a bare view of the same run."""

import os
import random
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

SEED = 20200601  # the same words and places in every run
SMALL = {"seminars": 5, "people": 100, "readings": 10, "comments": 5_000}


class Command(BaseCommand):
    help = "Measure the app on a seeded instance in a database of its own (var/bench.sqlite3)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=5, help="of each measurement")
        parser.add_argument("--small", action="store_true", help="a tenth of the instance")
        parser.add_argument("--inside", action="store_true", help="(the bench's own second step)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["inside"]:
            self._measure(options)
        else:
            self._in_a_database_of_its_own(options)

    def _in_a_database_of_its_own(self, options: dict[str, Any]) -> None:
        """Run the second step with DATABASE_URL set, so that no measurement touches real data."""
        path = settings.VAR_DIR / "bench.sqlite3"
        for old in settings.VAR_DIR.glob("bench.sqlite3*"):
            old.unlink()
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{path}"}
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        extra = ["--small"] if options["small"] else []
        for step in (
            ["migrate", "--verbosity", "0"],
            ["createcachetable"],
            ["collectstatic", "--noinput", "--verbosity", "0"],
            ["bench", "--inside", "--seconds", str(options["seconds"]), *extra],
        ):
            if subprocess.run([*manage, *step], env=environment, check=False).returncode:  # noqa: S603
                raise CommandError(f"The step “{step[0]}” failed; see above.")

    def _measure(self, options: dict[str, Any]) -> None:
        # Imported late: these need the models of the second step's database.
        from demo.bench.measure import measure
        from demo.bench.seed import Scale, seed

        scale = Scale(**SMALL) if options["small"] else Scale()
        self.stdout.write(f"Seeding {scale.comments:,} comments in {scale.readings} readings …")
        seed(scale, random.Random(SEED))  # noqa: S311 - not for secrets
        url = os.environ["DATABASE_URL"]
        for line in measure(
            url,
            seconds=options["seconds"],
            source=Path(settings.STATIC_ROOT),
            paragraphs=300 if options["small"] else 3_000,
        ):
            self.stdout.write(line)
