"""What people do with a second factor, through the client."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.base import PASSWORD, People

SIGN_IN = reverse("account_login")
SECOND_STEP = reverse("mfa_authenticate")
SET_UP = reverse("mfa_activate_totp")
TURN_OFF = reverse("mfa_deactivate_totp")
CODES = reverse("mfa_view_recovery_codes")
PERIOD = 30  # seconds, RFC 6238


def code_of(secret: str, at: float | None = None) -> str:
    """What an authenticator app shows, by RFC 6238."""
    counter = int((at or timezone.now().timestamp()) // PERIOD)
    return str(format_hotp_value(hotp_value(secret, counter)))


def confirm(client: Client, password: str = PASSWORD) -> None:
    """Say once more who one is, as the pages of an account ask."""
    answer = client.post(reverse("account_reauthenticate"), {"password": password})
    assert answer.status_code == 302


def confirmed_client(people: People, who: str = "carol") -> Client:
    """The browser of somebody who said a moment ago, once more, who they are."""
    client = people.client(who)
    confirm(client)
    return client


def set_up_app(client: Client, *, has_codes: bool = False) -> tuple[str, list[str]]:
    """Turn an authenticator app on; its secret, and the recovery codes that one is shown.

    Who `has_codes` by another factor keeps those.
    """
    confirm(client)
    page = client.get(SET_UP).content.decode()
    found = re.search(r'class="secret">(\w+)<', page)
    assert found
    secret = found[1]
    answer = client.post(SET_UP, {"code": code_of(secret)})
    assert answer.headers["Location"] == (reverse("mfa_index") if has_codes else CODES)
    codes = re.findall(r"<code>(\d+)</code>", client.get(CODES).content.decode())
    forget_used_codes()
    return secret, codes


def forget_used_codes() -> None:
    """As if half a minute went by: the code that an app shows now was not used yet."""
    cache.clear()


def first_step(client: Client, who: str = "carol", **fields: str) -> Any:
    sent = {"login": f"{who}@example.org", "password": PASSWORD} | fields
    return client.post(SIGN_IN, sent)


def types_of(user: Any) -> set[str]:
    return {*Authenticator.objects.filter(user=user).values_list("type", flat=True)}
