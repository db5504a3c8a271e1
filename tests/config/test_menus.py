"""The menus of every page's bar: kept for all viewers, and the same as if made for each."""

from collections.abc import Iterator
from itertools import product
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from accounts.context import display
from accounts.models import User
from config.template_tags import account_menu, display_menu
from tests.base import People

NAMES = ("Carol", "Dan & “Daniel”", "<b>{{ user.email }}</b>", "\x02csrf\x03", "שלום", "a\x1fb")
WAYS: tuple[dict[str, Any], ...] = (
    {"theme": "dark"},
    {"text_size": "xl", "text_only": True},
    {"single_keys": False},
)


def viewers() -> Iterator[tuple[User, dict[str, Any], bool]]:
    for number, (name, way) in enumerate(product(NAMES, WAYS)):
        user = User(name=name, email=f"o'{number}@example.org", is_host=number % 4 == 0, **way)
        yield user, display(SimpleNamespace(user=user)), number % 3 == 0  # type: ignore[arg-type]


def test_kept_menus_are_those_that_are_made_for_their_viewer_alone() -> None:
    for number, (user, shown, manages) in enumerate([*viewers(), *viewers()]):
        path, token = f"/s/seminar/?of={number}&<i>", f"token-{number}"
        fresh = {"user": user, "has_library": manages or user.is_host}
        fresh |= {"is_host": user.is_host, "csrf_token": token}
        menu = render_to_string("_account_menu.html", fresh)
        assert account_menu(user, manages, token) == menu
        settings = render_to_string(
            "_display_menu.html", {**shown, "path": path, "csrf_token": token}
        )
        assert display_menu(shown["display"], path, token) == settings


def test_a_page_has_the_menus_of_who_asks(people: People) -> None:
    for key, other in (("alice", "carol"), ("carol", "alice"), ("alice", "carol")):
        page = people.client(key).get(f"{reverse('home')}?of={key}").content.decode()
        assert f"{key}@example.org" in page
        assert f'name="next" value="/?of={key}"' in page
        assert f"{other}@example.org" not in page
