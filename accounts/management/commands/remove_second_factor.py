"""Let somebody in again who has lost phone, keys and recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.second_factor_actions import remove_second_factors


class Command(BaseCommand):
    help = "Remove the second factor of an account: its password alone lets in again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(email)
        except User.DoesNotExist as unknown:
            raise CommandError(f"There is no account with the address {email}.") from unknown
        if not remove_second_factors(user=user, by=None):
            raise CommandError(f"{email} has no second factor.")
        self.stdout.write(f"{email} signs in with the password alone now, and was told so by mail.")
