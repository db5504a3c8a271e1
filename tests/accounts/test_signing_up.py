"""Making an account, which an invitation alone allows."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.at_once import at_once
from tests.base import People
from tests.seminars.helpers import invite, words

URL = reverse("account_signup")
FIELDS = {"name": "Nadia Newcomer", "email": "nadia@example.org", "password1": "three odd words"}


@pytest.fixture
def invited(people: People) -> Client:
    _, link = invite(people, uses=9)
    client = Client()
    client.get(link)
    return client


def test_closed_without_an_invitation(db: None) -> None:
    for answer in (Client().get(URL), Client().post(URL, FIELDS)):
        assert "Ask for an invitation" in words(answer)
    assert not User.objects.exists()


def test_asks_name_address_and_password(invited: Client) -> None:
    page = invited.get(URL).content.decode()
    places = [page.index(f'name="{name}"') for name in ("name", "email", "password1")]
    assert places == sorted(places)
    assert "At least 10 characters" in page


def test_keeps_name_and_hashed_password(invited: Client) -> None:
    invited.post(URL, FIELDS)
    user = User.objects.get(email="nadia@example.org")
    assert user.name == "Nadia Newcomer"
    assert user.check_password("three odd words")
    assert "three odd words" not in user.password


def test_asks_to_confirm_the_address(invited: Client) -> None:
    invited.post(URL, FIELDS)
    (message,) = mail.outbox
    assert message.subject == "Colloquy: Welcome: confirm your e-mail address"
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    page = invited.get(link)
    assert "nadia@example.org belongs to Nadia Newcomer?" in words(page)
    answer = invited.post(link, follow=True)
    assert "nadia@example.org is confirmed." in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "nadia"},
        {"email": "carol@example.org"},
        {"email": "CAROL@example.org"},
        {"password1": "short"},
        {"password1": "1234567890"},
        {"password1": "nadia@example.org"},
    ],
    ids=str,
)
def test_bad_input_comes_back_with_the_text(invited: Client, wrong: dict[str, str]) -> None:
    answer = invited.post(URL, FIELDS | wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'aria-invalid="true"' in page
    for name, value in (FIELDS | wrong).items():
        assert name == "password1" or not value or f'value="{value}"' in page
    assert FIELDS["password1"] not in page
    assert not User.objects.filter(name="Nadia Newcomer").exists()


def test_name_is_text(invited: Client) -> None:
    answer = invited.post(URL, FIELDS | {"name": "<b>Nadia</b>"}, follow=True)
    assert "<b>Nadia</b>" not in answer.content.decode()
    assert "&lt;b&gt;Nadia&lt;/b&gt;" in answer.content.decode()


def test_whose_answer_was_lost_is_let_in_by_the_same_form(people: People) -> None:
    """The invitation was for one, and they have used it."""
    _, link = invite(people, uses=1)
    first, again = Client(), Client()
    for client in (first, again):
        client.get(link)
    for client in (first, again):
        assert client.post(URL, FIELDS).headers["Location"] == link
    assert again.get(link).headers["Location"] == people.seminar.get_absolute_url()
    assert User.objects.filter(email="nadia@example.org").count() == 1


def test_another_password_does_not_let_in(invited: Client) -> None:
    invited.post(URL, FIELDS)
    other = Client()
    other.cookies["invitation"] = invited.cookies["invitation"].value
    answer = other.post(URL, FIELDS | {"password1": "three other words"})
    assert answer.status_code in {200, 302, 422}
    assert "_auth_user_id" not in other.session


@pytest.mark.django_db(transaction=True)
def test_a_doubled_sign_up_makes_one_account(people: People) -> None:
    _, link = invite(people, uses=1)

    def sign_up() -> int:
        client = Client()
        client.get(link)
        status: int = client.post(URL, FIELDS).status_code
        return status

    assert at_once(*[sign_up] * 4) == [302] * 4
    user = User.objects.get(email="nadia@example.org")
    assert people.seminar.memberships.filter(user=user).count() == 1
