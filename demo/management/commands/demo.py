"""`manage.py demo`: make the demonstration seminar, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.make import AlreadyThere, make_demonstration


class Command(BaseCommand):
    help = "Make the demonstration seminar “China and NATO: two views”, unless it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError(
                "The demonstration lets anyone in as anyone, so it is not made where SECRET_KEY "
                "is set: run it on your own machine, with `make run`."
            )
        try:
            seminar = make_demonstration(tell=lambda line: self.stdout.write(f"  {line}"))
        except AlreadyThere as there:
            self.stdout.write(f"“{there}” is there already.")
        else:
            self.stdout.write(f"Made “{seminar}”.")
