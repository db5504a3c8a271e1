"""The limits of tries hold: a flood does not wash them away, and one proxy does not blur them."""

from typing import Any

from django.core.cache import cache
from django.test import Client

from tests.base import PASSWORD, People


def attempt(client: Client, login: str, password: str, **headers: str) -> int:
    fields = {"login": login, "password": password}
    return int(client.post("/accounts/login/", fields, headers=headers).status_code)


def test_flood_of_other_keys_does_not_forget_them(people: People) -> None:
    """The cache in the database forgets rows when it is full: so it must hold many."""
    client = Client()
    for _ in range(5):
        attempt(client, "carol@example.org", "wrong password")
    cache.set_many({f"flood-{i}": i for i in range(1500)})
    assert attempt(client, "carol@example.org", PASSWORD) == 422


def test_address_behind_one_proxy_is_the_one_it_saw(people: People, settings: Any) -> None:
    """A client may write what it likes in front of what the proxy appends."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip"}
    for i in range(4):
        forged = f"10.0.0.{i}, 203.0.113.7"
        attempt(Client(), f"nobody{i}@example.org", "wrong", **{"X-Forwarded-For": forged})
    header = {"X-Forwarded-For": "10.9.9.9, 203.0.113.7"}
    assert attempt(Client(), "carol@example.org", PASSWORD, **header) == 422
    header = {"X-Forwarded-For": "203.0.113.8"}
    assert attempt(Client(), "carol@example.org", PASSWORD, **header) == 302
