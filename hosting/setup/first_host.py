"""The person who hosts: an account that may start seminars, and the link with which it begins."""

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.password_links import password_link

DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


class NoSuchHost(Exception):
    """Whose link is wanted is not clear; in a sentence."""


@transaction.atomic
def make_host(*, name: str, email: str) -> User:
    """Return the account with this address as one that hosts; made, without a password, if new."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        return User.objects.create_user(email, name=name, is_host=True)
    user.is_host = True
    user.save(update_fields=["is_host"])
    return user


def link_for_host(email: str) -> str:
    """Return a link with which that host chooses a password; the only host's without an address.

    Raises NoSuchHost.
    """
    hosts = User.objects.filter(is_host=True, is_active=True)
    if email:
        hosts = hosts.filter(email__iexact=email)
        if not hosts:
            raise NoSuchHost(f"Nobody who hosts has the address {email}.")
    if not hosts:
        raise NoSuchHost("Nobody hosts this site yet: run setup without --link.")
    if len(hosts) > 1:
        raise NoSuchHost("More than one person hosts this site: say whose link with --email.")
    return password_link(hosts[0])
