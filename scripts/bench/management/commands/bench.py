"""`manage.py bench`: how fast the app is, as ratios to a bare view of the same run."""

import argparse
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scripts.bench.databases import Databases, databases_of_our_own, gather_statistics, manage
from scripts.bench.measure import measure
from scripts.bench.seed import FULL, SMALL, seed_one, seed_whole
from scripts.bench.wrk import WrkMissing, require_wrk

PARAGRAPHS = 3_000  # of the long essay: 5 MB
SMALL_PARAGRAPHS = 300


class Command(BaseCommand):
    help = "Measure the app on seeded instances in databases of their own, which are dropped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=5, help="of each measurement")
        parser.add_argument("--small", action="store_true", help="a tenth of the instance")
        # The steps that the command runs itself, each in its own database.
        parser.add_argument(
            "--step", choices=["seed-one", "seed-whole", "measure"], help=argparse.SUPPRESS
        )
        parser.add_argument("--one", default="", help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        scale = SMALL if options["small"] else FULL
        match options["step"]:
            case "seed-one":
                seed_one(scale)
            case "seed-whole":
                seed_whole(scale)
            case "measure":
                databases = Databases(options["one"], os.environ["DATABASE_URL"])
                self._measure(databases, options)
            case _:
                self._in_databases_of_our_own(options)

    def _in_databases_of_our_own(self, options: dict[str, Any]) -> None:
        """Run the steps with DATABASE_URL set, so that no measurement touches real data."""
        try:
            require_wrk()
        except WrkMissing as error:
            raise CommandError(str(error)) from error
        size = ["--small"] if options["small"] else []
        seconds = ["--seconds", str(options["seconds"])]
        scale = SMALL if options["small"] else FULL
        with databases_of_our_own() as databases:
            manage(databases.one, "collectstatic", "--noinput", "--verbosity", "0")
            self.stderr.write(f"Seeding {scale.seminars} seminars …")
            manage(databases.one, "bench", "--step", "seed-one", *size)
            manage(databases.whole, "bench", "--step", "seed-whole", *size)
            for url in (databases.one, databases.whole):
                gather_statistics(url)
            step = ["bench", "--step", "measure", "--one", databases.one]
            manage(databases.whole, *step, *seconds, *size)

    def _measure(self, databases: Databases, options: dict[str, Any]) -> None:
        report = measure(
            databases,
            SMALL if options["small"] else FULL,
            seconds=options["seconds"],
            paragraphs=SMALL_PARAGRAPHS if options["small"] else PARAGRAPHS,
            say=self.stderr.write,
        )
        for line in report:
            self.stdout.write(line)
