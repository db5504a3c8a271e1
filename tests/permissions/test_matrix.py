"""Every URL × method × role, own and other seminar and group, plain and by htmx.

The table says who may; the URLconf says what there is. A URL that the table does not
name fails, and so does any answer that is not what the table says.
"""

from functools import cache
from itertools import product

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.permissions.entered import Entered, entered_world
from tests.permissions.matrix import BY_HTMX, MATRIX, THEIRS
from tests.permissions.roles import NOBODY, STRANGERS, UNKNOWN_LINK, Row
from tests.seeds import Seed, fixture_of
from tests.views import routes

MISSING = 987_654_321  # no object has this number
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
# What somebody who may is told: done, go there, not like this (the form is empty), or out of date.
ANSWERS: set[int | str] = {200, 204, 302, 303, 400, 409, 422}


seed_entered = fixture_of(Seed(entered_world))


@pytest.fixture
def entered(seed_entered_world: Entered) -> Entered:
    return seed_entered_world


def test_every_url_is_in_the_matrix() -> None:
    names = {route.name for route in routes() if not route.name.startswith(THEIRS)}
    assert names == set(MATRIX)


def test_their_pages_are_theirs() -> None:
    for route in routes():
        if route.name.startswith(THEIRS):
            view = getattr(route.view, "view_class", route.function)
            made_of = getattr(view, "__mro__", (view,))
            assert any(one.__module__.startswith("allauth.") for one in made_of), route.name


@pytest.mark.parametrize(
    "hx", [False, pytest.param(True, marks=pytest.mark.once)], ids=["plain", "htmx"]
)
@pytest.mark.parametrize("name", MATRIX)
def test_who_may(entered: Entered, name: str, hx: bool) -> None:
    @cache
    def ask(method: str, url: str, role: str) -> int | str:
        return answer(method, url, entered.sessions[role], hx=hx)

    wrong: list[str] = []
    for target, row in (MATRIX[name] | (BY_HTMX.get(name, {}) if hx else {})).items():
        kwargs = entered.world.kwargs[target]
        url = reverse(name, kwargs=kwargs)
        for method, role in product(METHODS, entered.sessions):
            status = ask(method, url, role)
            expected = expect(row, method, role, in_seminar="seminar" in kwargs)
            if role not in row[2] | (row[0] or NOBODY) | (row[1] or NOBODY) and "pk" in kwargs:
                # Nothing may tell a thing out of reach from a thing that is not there.
                missing = reverse(name, kwargs={**kwargs, "pk": MISSING})
                expected = expected & {ask(method, missing, role)}
            if status not in expected:
                wrong.append(f"{method} {target or url} as {role}: {status}, not {expected}")
    assert not wrong, "\n".join(wrong)


@cache
def visitor() -> Client:
    """The browser of everybody in turn: a new one for each request would load all middleware."""
    return Client(raise_request_exception=False)


def answer(method: str, url: str, session: str | None, *, hx: bool) -> int | str:
    """Send the request and undo what it did, so that each finds the same world."""
    client = visitor()
    client.cookies.clear()
    if session is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        response = client.generic(method, url, headers={"HX-Request": "true"} if hx else {})
        transaction.set_rollback(True)
    if response.status_code == 401:  # a page's script is told so, and keeps its page
        return "sign in" if b"/accounts/login/?next=" in response.content else 401
    location = response.headers.get("Location", "")
    return "sign in" if location.startswith("/accounts/login/?next=") else response.status_code


def expect(row: Row, method: str, role: str, *, in_seminar: bool) -> set[int | str]:
    """Return the statuses that the table allows."""
    get, post, reach = row
    allowed = {"GET": get, "POST": post}.get(method)
    if role == "anonymous" and role not in reach:
        # Only an invitation's link answers those who are not signed in; this one is unknown.
        return {"sign in"} if row != UNKNOWN_LINK else {404, 405}
    if allowed is None:
        # Whoever may use the URL at all is told that this is no way to; others are told less.
        return {405} if role in (get or NOBODY) | (post or NOBODY) else {403, 404, 405}
    if role in allowed:
        return ANSWERS
    if role in reach:
        return {403}
    return {404} if in_seminar and role in STRANGERS else {403, 404}
