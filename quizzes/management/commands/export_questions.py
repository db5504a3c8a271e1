"""Write the questions of a reading's guide as a file: what the export page does, from a shell."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.formats import FORMATS, checkpoints_of, write_questions
from quizzes.management.commands._readings import add_reading_arguments, reading_named


class Command(BaseCommand):
    help = (
        "Write the questions of a reading's guide to FILE in another format, and list what that"
        " format cannot hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to; it must not be there yet")
        add_reading_arguments(parser)
        parser.add_argument("--format", choices=sorted(FORMATS), default="moodle")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        reading = reading_named(options["seminar"], options["reading"])
        checkpoints = checkpoints_of(reading)
        if not checkpoints:
            raise CommandError(f"The guide of “{reading.title}” has no questions.")
        written = write_questions(reading, checkpoints, FORMATS[options["format"]])
        for loss in written.losses:
            # 0 is the checkpoint itself.
            place = f"{loss.title}, question {loss.number}" if loss.number else loss.title
            self.stdout.write(f"Not held: {place}: {loss.what}")
        if not written.count:
            raise CommandError("The format can hold none of these questions. Nothing is written.")
        try:
            with path.open("xb") as file:
                file.write(written.data)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from error
        self.stdout.write(f"{path}: {written.count} question{'s' * (written.count != 1)}")
