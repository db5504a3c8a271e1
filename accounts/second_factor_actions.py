"""Helping somebody who has lost phone, keys and codes."""

from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.session_actions import end_all_sessions


@transaction.atomic
def remove_second_factors(*, user: User, by: User | None) -> bool:  # noqa: ARG001
    """Take all of `user`'s factors and recovery codes away, and sign them out everywhere.

    They are told by mail. `by` is None where a host does it at the shell. False: there were none.
    """
    gone, _rows = Authenticator.objects.filter(user=user).delete()
    if not gone:
        return False
    end_all_sessions(user=user)
    body = render_to_string("emails/second_factor_removed.txt")
    send_mail(_("Colloquy: your second factor was removed"), body, None, [user.email])
    return True
