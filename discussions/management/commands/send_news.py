"""`manage.py send_news`: write down the mails with news that are due now."""

from typing import Any

from django.core.management.base import BaseCommand

from discussions.notifications import write_news_mails


class Command(BaseCommand):
    help = "Writes down the mails with news that are due now; the worker does so every minute."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Mails with news put into the queue: {write_news_mails()}")
