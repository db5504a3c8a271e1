"""Signing in and out."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.base import PASSWORD, People

SIGN_IN = reverse("account_login")
SIGN_OUT = reverse("account_logout")
HOME = reverse("home")


def attempt(client: Client, login: str, password: str) -> tuple[int, str]:
    answer = client.post(SIGN_IN, {"login": login, "password": password})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("login", ["carol@example.org", "Carol@Example.ORG", " carol@example.org "])
def test_signs_in_by_address_whatever_its_capitals(people: People, login: str) -> None:
    client = Client()
    answer = client.post(SIGN_IN, {"login": login, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [(HOME, 302)]
    assert "My seminars" in answer.content.decode()


def test_leads_to_the_page_one_came_for(people: People) -> None:
    client = Client()
    page = client.get("/s/seminar/", follow=True)
    assert 'name="next" value="/s/seminar/"' in page.content.decode()
    fields = {"login": "carol@example.org", "password": PASSWORD, "next": "/s/seminar/"}
    assert client.post(SIGN_IN, fields).headers["Location"] == "/s/seminar/"


def test_leads_to_no_other_site(people: People) -> None:
    fields = {"login": "carol@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post(SIGN_IN, fields).headers["Location"] == HOME


def test_error_stands_in_place_and_keeps_the_address(people: People) -> None:
    status, page = attempt(Client(), "carol@example.org", "wrong password")
    assert status == 422
    assert "The e-mail address or the password is not right." in page
    assert 'value="carol@example.org"' in page
    assert "wrong password" not in page


def test_tells_nobody_who_has_an_account(people: People) -> None:
    """An unknown address is answered as a wrong password is, to the letter."""
    status, known = attempt(Client(), "carol@example.org", "wrong password")
    other_status, unknown = attempt(Client(), "nobody@example.org", "wrong password")

    def without_secrets(page: str) -> str:
        return "\n".join(
            line for line in page.replace("nobody@", "carol@").splitlines() if "csrf" not in line
        )

    assert status == other_status
    assert without_secrets(known) == without_secrets(unknown)


def test_stops_after_some_tries_even_with_the_right_password(people: People) -> None:
    client = Client()
    for _ in range(5):
        attempt(client, "carol@example.org", "wrong password")
    status, page = attempt(client, "carol@example.org", PASSWORD)
    assert status == 422
    assert "Too many tries" in page
    assert attempt(client, "dan@example.org", PASSWORD)[0] == 302, "others are not kept out"


def test_closed_account_cannot_sign_in(people: People) -> None:
    people.carol.user.is_active = False
    people.carol.user.save()
    fields = {"login": "carol@example.org", "password": PASSWORD}
    client = Client()
    page = client.post(SIGN_IN, fields, follow=True).content.decode()
    assert "This account is closed" in page
    assert client.get(HOME).status_code == 302


def test_signs_out(people: People) -> None:
    client = people.client("carol")
    assert "Sign out?" in client.get(SIGN_OUT).content.decode()
    assert client.get(HOME).status_code == 200, "a link alone signs nobody out"
    answer = client.post(SIGN_OUT, follow=True)
    assert "You are signed out." in answer.content.decode()
    assert client.get(HOME).status_code == 302


def test_signing_out_empties_the_browsers_cache(people: People) -> None:
    """Or "back" would show on a shared computer what a page let the browser keep."""
    client = people.client("carol")
    assert "Clear-Site-Data" not in client.get(SIGN_OUT).headers
    assert "Clear-Site-Data" not in client.get(HOME).headers
    assert client.post(SIGN_OUT).headers["Clear-Site-Data"] == '"cache"'


def test_what_was_still_to_be_said_goes_with_who_leaves(people: People) -> None:
    client = people.client("alice")
    removal = f"/s/seminar/people/{people.dan.pk}/removal/"
    assert client.post(removal).status_code == 302, "the next page would tell of it, by name"
    client.post(SIGN_OUT)
    assert people.dan.name not in client.get(SIGN_IN).content.decode()


def test_way_that_is_no_address_is_left_out(people: People) -> None:
    client = Client()
    for where in ("http://[", "//[", "http://[::1"):
        page = client.get(SIGN_IN, {"next": where})
        assert page.status_code == 200
        answer = client.post(
            SIGN_IN, {"login": "nobody@example.org", "password": "x", "next": where}
        )
        assert answer.status_code == 422
