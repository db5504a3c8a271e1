"""What every view of a member is tested for: who is let in, and how the others are turned away."""

from typing import Any

from django.test import Client

from tests.base import People


def status(client: Client, url: str, data: dict[str, Any] | None = None) -> int:
    """GET the address, or POST to it where there are data."""
    response = client.get(url) if data is None else client.post(url, data)
    return int(response.status_code)


def assert_closed_to_strangers(
    people: People, url: str, data: dict[str, Any] | None = None
) -> None:
    """Whoever is not signed in is told to do so; a stranger learns nothing. With htmx too.

    Where there are words, or a page that would be lost, they are not led away from it.
    """
    for headers in ({}, {"HX-Request": "true"}):
        anonymous = Client(headers=headers)
        assert status(anonymous, url, data) == (401 if data or headers else 302)
        stranger = people.client("mallory")
        stranger.defaults.update({"HTTP_HX_REQUEST": "true"} if headers else {})
        assert status(stranger, url, data) == 404
