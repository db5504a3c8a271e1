"""`manage.py repair_counts`: set right the numbers that stand on threads."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from discussions.common.counters import repair, wrong_counts


class Command(BaseCommand):
    help = "Recount the comments of every thread, and set right the numbers that are wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only tell what is wrong.")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        with transaction.atomic():
            wrong = wrong_counts()
            for row in wrong:
                state = ""
                if row.question_state != row.true_state:
                    state = f", and the question is {row.true_state}, not {row.question_state}"
                self.stdout.write(
                    f"Thread {row.thread_id}: {row.comment_count} comments are {row.true_count}, "
                    f"last number {row.last_seq} is {row.true_seq}{state}."
                )
                if not dry_run:
                    repair(row)
        state = "wrong" if dry_run else "set right"
        self.stdout.write(f"{len(wrong)} threads {state}." if wrong else "All counts are right.")
