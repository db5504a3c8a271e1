"""Sign somebody out everywhere, or everybody: when a session or a backup of them may be stolen."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.session_actions import end_all_sessions


class Command(BaseCommand):
    help = "End every session of an account, or of all accounts (--all)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?")
        parser.add_argument("--all", action="store_true", dest="of_all")

    def handle(self, *args: Any, email: str | None, of_all: bool, **options: Any) -> None:
        if of_all == bool(email):
            raise CommandError("Name an address, or say --all.")
        people = User.objects.all() if of_all else User.objects.filter(email__iexact=email)
        if not people:
            raise CommandError(f"There is no account with the address {email}.")
        for user in people:
            end_all_sessions(user=user)
        self.stdout.write(f"{len(people)} signed out everywhere.")
