"""Put the questions of a file into a guide's draft: what the import page does, from a shell."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.formats import ReadFile, as_items, import_questions, read_questions
from quizzes.management.commands._readings import (
    add_reading_arguments,
    instructor_of,
    reading_named,
)
from readings.guides import GuideRefused, NotFound


class Command(BaseCommand):
    help = (
        "Read the questions of FILE (Moodle XML, GIFT, Aiken, QTI or Markdown) and put them as"
        " checkpoints into the draft of a reading's guide, where nobody sees them before it is"
        " published. Nothing is changed if any question cannot be held."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file of questions")
        add_reading_arguments(parser)
        parser.add_argument(
            "--paragraph", metavar="NUMBER", type=int, default=1, help="after which (else after 1)"
        )
        parser.add_argument(
            "--leave-out", action="store_true", help="import the others where some cannot be held"
        )
        parser.add_argument(
            "--by", metavar="EMAIL", help="who imports them (else the first instructor)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        reading = reading_named(options["seminar"], options["reading"])
        by = instructor_of(reading, options["by"])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from error
        try:
            read = read_questions(data, path.name)
            self._check(read, path, leave_out=options["leave_out"])
            import_questions(
                reading=reading, by=by, items=as_items(read.sets), paragraph=options["paragraph"]
            )
        except GuideRefused as refused:
            raise CommandError(f"{path}:\n{refused}") from refused
        except NotFound as missing:
            raise CommandError(str(missing)) from missing
        self._tell(read)

    def _check(self, read: ReadFile, path: Path, *, leave_out: bool) -> None:
        if not read.refused:
            return
        lines = "\n".join(map(str, read.refused))
        if not leave_out or not read.count:
            raise CommandError(f"{path}: nothing was imported.\n{lines}")
        self.stderr.write(f"Left out:\n{lines}")

    def _tell(self, read: ReadFile) -> None:
        for one in read.sets:
            count = len(one.questions)
            words = f"{count} question{'s' * (count != 1)}"
            self.stdout.write(f"“{one.title}”: {words} ({read.format_name})")
            for question in one.questions:
                for left in question.left:
                    self.stdout.write(f"  Line {question.line}: a guide cannot hold {left}")
        self.stdout.write("They are in the draft of the guide. Publish it, and they are asked.")
