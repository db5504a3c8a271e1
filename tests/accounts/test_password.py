"""Choosing a new password: by a link in the mail, or knowing the old one."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.password_links import password_link
from tests.base import PASSWORD, People
from tests.seminars.helpers import words

RESET = reverse("account_reset_password")
CHANGE = reverse("account_change_password")
NEW = "quite another phrase"


def link_in_mail() -> str:
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert found
    return found[1]


def can_sign_in(password: str, login: str = "carol@example.org") -> bool:
    answer = Client().post(reverse("account_login"), {"login": login, "password": password})
    return answer.status_code == 302


def test_by_a_link_in_the_mail(people: People) -> None:
    client = Client()
    assert "Send me the link" in words(client.get(RESET))
    sent = client.post(RESET, {"email": "Carol@example.org"}, follow=True)
    assert "Look into your mail" in words(sent)
    (message,) = mail.outbox
    assert message.to == ["carol@example.org"]
    assert message.subject == "Colloquy: Choose a new password"
    assert "account of carol@example.org" in message.body
    assert message.message().get_content_type() == "text/plain"
    form = client.get(link_in_mail(), follow=True)
    assert "Choose a new password" in words(form)
    address = form.redirect_chain[-1][0]
    assert link_in_mail() != address, "the key leaves the address before the page is shown"
    done = client.post(address, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is changed" in words(done)
    assert mail.outbox[1].subject == "Colloquy: Your password was changed"
    assert can_sign_in(NEW)
    assert not can_sign_in(PASSWORD)


def test_link_works_once(people: People) -> None:
    client = Client()
    client.post(RESET, {"email": "carol@example.org"})
    address = client.get(link_in_mail(), follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": NEW, "password2": NEW})
    assert "This link is no longer valid" in words(Client().get(link_in_mail(), follow=True))


def test_who_had_no_password_is_let_in_at_once(people: People) -> None:
    """The first instructor of a new site, say; the link works once for them, too."""
    people.carol.user.set_unusable_password()
    people.carol.user.save()
    link = password_link(people.carol.user).removeprefix(settings.SITE_URL)
    client = Client()
    form = client.get(link, follow=True)
    assert "Choose a password" in words(form)
    assert "carol@example.org" in words(form)
    address = form.redirect_chain[-1][0]
    refused = client.post(address, {"password1": NEW, "password2": "another"})
    assert refused.status_code == 422
    assert "Choose a password" in words(refused)
    done = client.post(address, {"password1": NEW, "password2": NEW}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("home")
    assert "My seminars" in words(done)
    assert can_sign_in(NEW)
    assert "This link is no longer valid" in words(Client().get(link, follow=True))


def test_forged_link_is_refused(people: People) -> None:
    url = reverse("account_reset_password_from_key", args=["1", "abcdef-0123456789"])
    assert "This link is no longer valid" in words(Client().get(url, follow=True))


def test_tells_nobody_who_has_an_account(people: People) -> None:
    """The same answer for an unknown address; only the mail differs."""
    known = Client().post(RESET, {"email": "carol@example.org"}, follow=True)
    unknown = Client().post(RESET, {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert words(known) == words(unknown)
    assert [message.to for message in mail.outbox] == [
        ["carol@example.org"],
        ["nobody@example.org"],
    ]
    assert "There is no account with it here." in mail.outbox[1].body
    assert "password/reset/key" not in mail.outbox[1].body


def test_bad_address_comes_back(people: People) -> None:
    answer = Client().post(RESET, {"email": "carol at home"})
    assert answer.status_code == 422
    assert 'value="carol at home"' in answer.content.decode()
    assert not mail.outbox


def test_many_requests_are_refused(people: People) -> None:
    client = Client()
    answers = [client.post(RESET, {"email": "carol@example.org"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Too many tries" in words(answers[-1])
    assert len(mail.outbox) == 5


def test_change_keeps_this_browser_and_signs_out_the_others(people: People) -> None:
    here, elsewhere = people.client("carol"), people.client("carol")
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    answer = here.post(CHANGE, fields, follow=True)
    assert "Your password is changed." in answer.content.decode()
    assert here.get(reverse("home")).status_code == 200
    assert elsewhere.get(reverse("home")).status_code == 302
    assert [one.subject for one in mail.outbox] == ["Colloquy: Your password was changed"]
    assert can_sign_in(NEW)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"oldpassword": "not it"}, "This is not your password now."),
        ({"password2": "something else here"}, "You must type the same password each time."),
        ({"password1": "short", "password2": "short"}, "too short"),
    ],
)
def test_change_refuses(people: People, wrong: dict[str, str], says: str) -> None:
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | wrong
    answer = people.client("carol").post(CHANGE, fields)
    assert answer.status_code == 422
    assert says in words(answer)
    assert can_sign_in(PASSWORD)


def test_change_is_for_people_signed_in(db: None) -> None:
    assert Client().get(CHANGE).headers["Location"] == f"{reverse('account_login')}?next={CHANGE}"
