"""`manage.py rebuild_search`: what search looks through, anew from the words themselves."""

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from database.full_text import make_anew, searched_models, write_terms_anew

EVERY_SECONDS = 2


class Command(BaseCommand):
    help = "Prepare the words of texts, guides and comments anew for search, and their indexes."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in searched_models():
            name = str(model._meta.verbose_name_plural)
            looked, wrong, last = 0, 0, time.monotonic()
            for was_wrong in write_terms_anew(model):
                looked, wrong = looked + 1, wrong + was_wrong
                if time.monotonic() - last >= EVERY_SECONDS:
                    last = time.monotonic()
                    self.stdout.write(f"{looked} {name}")
            make_anew(connection, model)
            self.stdout.write(
                f"{looked} {name}: {wrong} put right." if wrong else f"{looked} {name}."
            )
