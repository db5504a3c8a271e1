"""Links with which somebody chooses a password, as they go out by mail, for a host to hand on."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from accounts.models import User


def password_link(user: User) -> str:
    """Return the address of a page on which `user`, or whoever else has it, chooses a password.

    It is valid for `settings.PASSWORD_RESET_TIMEOUT` seconds, and until it is used, or another
    way to a new password is. It goes into no log and no database.
    """
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    return f"{settings.SITE_URL}{path}"
