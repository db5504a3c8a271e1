"""The addresses of an account."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.second_factors import confirmed_client
from tests.base import PASSWORD, People
from tests.seminars.helpers import words

URL = reverse("account_email")


def confirm(client: Client) -> None:
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert found
    assert client.post(found[1]).status_code == 302


def test_shows_the_address_and_no_way_to_be_without_one(people: People) -> None:
    page = words(people.client("carol").get(URL))
    assert "carol@example.org Main Not confirmed" in page
    assert "Remove" not in page


def test_changes_the_address_in_three_steps(people: People) -> None:
    client = confirmed_client(people)
    answer = client.post(URL, {"email": "new@example.org", "action_add": ""}, follow=True)
    assert "We have sent a link to new@example.org." in answer.content.decode()
    assert "new@example.org Not confirmed" in words(answer)
    confirm(client)
    answer = client.post(URL, {"email": "new@example.org", "action_primary": ""}, follow=True)
    assert "new@example.org Main Confirmed" in words(answer)
    people.carol.user.refresh_from_db()
    assert people.carol.user.email == "new@example.org"
    client.post(URL, {"email": "carol@example.org", "action_remove": ""})
    told = [(one.subject, one.to) for one in mail.outbox if "changed" in one.subject]
    assert told == [("Colloquy: Your e-mail address was changed", ["carol@example.org"])]
    assert "carol@example.org" not in words(client.get(URL))
    fields = {"login": "new@example.org", "password": PASSWORD}
    assert Client().post(reverse("account_login"), fields).status_code == 302


@pytest.mark.parametrize("has_confirmed_their_own", [True, False])
def test_address_of_another_account_cannot_be_the_main_one(
    people: People, has_confirmed_their_own: bool
) -> None:
    client = confirmed_client(people)
    if has_confirmed_their_own:
        client.post(URL, {"email": "carol@example.org", "action_send": ""})
        confirm(client)
    client.post(URL, {"email": "dan@example.org", "action_add": ""})
    confirm(client)
    answer = client.post(URL, {"email": "dan@example.org", "action_primary": ""}, follow=True)
    assert "Another account signs in with this address" in answer.content.decode()
    people.carol.user.refresh_from_db()
    assert people.carol.user.email == "carol@example.org"
    people.dan.user.refresh_from_db()
    assert people.dan.user.email == "dan@example.org"


def test_adding_tells_nobody_who_has_an_account(people: People) -> None:
    client = confirmed_client(people)
    pages = []
    for address in ("dan@example.org", "nobody@example.org"):
        answer = client.post(URL, {"email": address, "action_add": ""}, follow=True)
        pages.append(words(answer).replace(address, "ADDRESS"))
        client.post(URL, {"email": address, "action_remove": ""})
    assert pages[0] == pages[1]


def test_asks_once_more_who_one_is_and_loses_nothing(people: People) -> None:
    client = people.client("carol")
    answer = client.post(URL, {"email": "new@example.org", "action_add": ""})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    again = client.post(answer.headers["Location"], {"password": PASSWORD}, follow=True)
    assert "We have sent a link to new@example.org." in again.content.decode()


def test_bad_address_comes_back(people: People) -> None:
    answer = confirmed_client(people).post(URL, {"email": "not one", "action_add": ""})
    assert answer.status_code == 422
    assert 'value="not one"' in answer.content.decode()


def test_stale_link_says_so(people: People) -> None:
    url = reverse("account_confirm_email", args=["stale"])
    assert "This link is no longer valid" in words(Client().get(url))


def test_anonymous_signs_in_first(db: None) -> None:
    assert Client().get(URL).headers["Location"].startswith(reverse("account_login"))


def test_no_mail_carries_a_name_that_somebody_chose(people: People) -> None:
    """Or anybody could have this site send their words to any address."""
    people.carol.user.name = "Win at https://evil.example"
    people.carol.user.save()
    client = confirmed_client(people)
    client.post(URL, {"email": "other@example.org", "action_add": ""})
    Client().post(reverse("account_reset_password"), {"email": "carol@example.org"})
    assert len(mail.outbox) == 2
    assert not [one for one in mail.outbox if "evil" in f"{one.subject} {one.body}"]
