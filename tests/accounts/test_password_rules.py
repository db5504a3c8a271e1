"""What a new password may be: long, of any letters, as it was typed; and no word of everybody's."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.accounts.second_factors import confirm
from tests.base import PASSWORD, People
from tests.seminars.helpers import words

CHANGE = reverse("account_change_password")


def change_to(people: People, new: str) -> int:
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    return int(people.client("carol").post(CHANGE, sent).status_code)


def signs_in(password: str) -> bool:
    sent = {"login": "carol@example.org", "password": password}
    return Client().post(reverse("account_login"), sent).status_code == 302


@pytest.mark.parametrize(
    "new", ["x1 " * 42 + "end", "nothing but letters", "Ünïcode 密码 ✓ und so", "  spaces around  "]
)
def test_is_taken_and_asked_for_as_typed(people: People, new: str) -> None:
    assert change_to(people, new) == 302
    assert signs_in(new)
    assert not signs_in(new[:-1])
    assert not signs_in(new.swapcase())


@pytest.mark.parametrize(
    "new", ["colloquy2026", "Seminar-Reading", "localhost123", "password123", "qwertyuiop", "short"]
)
def test_is_refused(people: People, new: str) -> None:
    assert change_to(people, new) == 422


def test_says_why(people: People) -> None:
    sent = {"oldpassword": PASSWORD, "password1": "colloquy2026", "password2": "colloquy2026"}
    assert "everybody here would try" in words(people.client("carol").post(CHANGE, sent))


def test_session_has_another_key_once_one_said_who_one_is(people: People) -> None:
    client = people.client("carol")
    before = client.session.session_key or ""
    confirm(client)
    assert client.session.session_key != before
    old = Client()
    old.cookies["sessionid"] = before
    assert old.get("/").status_code == 302


def test_host_ends_sessions_of_one_and_of_all(people: People) -> None:
    carol, dan = people.client("carol"), people.client("dan")
    call_command("end_sessions", "Carol@example.org")
    assert [one.get("/").status_code for one in (carol, dan)] == [302, 200]
    call_command("end_sessions", "--all")
    assert dan.get("/").status_code == 302
    for wrong in ([], ["nobody@example.org"], ["carol@example.org", "--all"]):
        with pytest.raises(CommandError):
            call_command("end_sessions", *wrong)


def test_fields_let_password_managers_help(people: People) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
