"""`manage.py delete_due_seminars`: delete the seminars whose waiting time is over."""

from typing import Any

from django.core.management.base import BaseCommand

from lifecycle.deletion import delete_files, delete_seminar
from seminars.models import SeminarDeletion


class Command(BaseCommand):
    help = "Deletes the seminars whose waiting time is over; the worker does so by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        due = list(SeminarDeletion.objects.due().values_list("pk", flat=True))
        rows = sum(map(delete_seminar, due))
        for pk in SeminarDeletion.objects.exclude(files=[]).values_list("pk", flat=True):
            delete_files(pk)
        self.stdout.write(f"{len(due)} seminars deleted, with {rows} rows.")
