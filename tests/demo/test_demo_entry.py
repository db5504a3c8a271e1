"""One click makes one of the four people, and nobody else."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from seminars.models import Seminar
from tests.base import PASSWORD


@pytest.mark.parametrize("role", ["instructor", "assistant", "participant", "guest"])
def test_enters_as_that_person(demo_site: Seminar, client: Client, role: str) -> None:
    response = client.post("/demo/entry/", {"role": role})
    assert response.headers["Location"] == "/s/china-and-nato/"
    person = User.objects.get(pk=client.session["_auth_user_id"])
    assert person.memberships.get(seminar=demo_site).role == role
    assert client.get("/s/china-and-nato/").status_code == 200


@pytest.mark.parametrize("role", ["", "superuser", "osei@example.org", "Instructor"])
def test_nobody_else(demo_site: Seminar, client: Client, role: str) -> None:
    assert client.post("/demo/entry/", {"role": role}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_not_where_demo_is_off(demo_site: Seminar, settings: Any, client: Client) -> None:
    settings.DEMO = False
    assert client.post("/demo/entry/", {"role": "instructor"}).status_code == 404


def test_the_browser_forgets_the_pages_of_who_was_here_before(
    demo_site: Seminar, client: Client
) -> None:
    answer = client.post("/demo/entry/", {"role": "guest"})
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_goes_on_to_where_one_was_going(demo_site: Seminar, client: Client) -> None:
    data = {"role": "guest", "next": "/s/china-and-nato/r/good-fences/"}
    assert client.post("/demo/entry/", data).headers["Location"] == data["next"]


@pytest.mark.parametrize("target", ["https://evil.example.org/", "//evil.example.org", "\\\\evil"])
def test_goes_nowhere_else(demo_site: Seminar, client: Client, target: str) -> None:
    response = client.post("/demo/entry/", {"role": "guest", "next": target})
    assert response.headers["Location"] == "/s/china-and-nato/"


@pytest.mark.parametrize("target", ["nonsense", "home", "people"])
def test_next_is_an_address_and_no_name(demo_site: Seminar, client: Client, target: str) -> None:
    response = client.post("/demo/entry/", {"role": "guest", "next": target})
    assert response.headers["Location"] == target


def test_needs_the_form(demo_site: Seminar) -> None:
    """A page elsewhere cannot sign a visitor in as somebody."""
    client = Client(enforce_csrf_checks=True)
    assert client.post("/demo/entry/", {"role": "guest"}).status_code == 403
    assert client.get("/demo/entry/").status_code == 405


def test_way_back_to_be_another_is_on_every_page(demo_site: Seminar, client: Client) -> None:
    client.post("/demo/entry/", {"role": "participant"})
    assert 'href="/demo/"' in client.get("/").content.decode()


def test_being_another_begins_a_new_session(demo_site: Seminar, client: Client) -> None:
    """What one person's session holds is not the next one's."""
    User.objects.create_user("eve@example.org", PASSWORD, name="Eve")
    client.post("/demo/entry/", {"role": "instructor"})
    before = client.session.session_key
    client.post("/demo/entry/", {"role": "guest"})
    assert client.session.session_key != before
