"""`manage.py render_comments`: after an upgrade, comments as the new version would render them."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from discussions.comments import render_anew

EVERY_SECONDS = 2


class Command(BaseCommand):
    help = "Render anew the comments that an earlier version rendered; their words do not change."

    def handle(self, *args: Any, **options: Any) -> None:
        count, last = 0, time.monotonic()
        for count, _pk in enumerate(render_anew(), start=1):
            if time.monotonic() - last >= EVERY_SECONDS:
                last = time.monotonic()
                self.stdout.write(f"{count} comments")
        state = "1 comment was" if count == 1 else f"{count} comments were"
        self.stdout.write(f"{state} rendered anew." if count else "All comments are as new.")
