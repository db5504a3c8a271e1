"""A site that sends no mail offers none, and says what to do instead."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import QueuedMail
from tests.base import People
from tests.seminars.helpers import words

RESET = reverse("account_reset_password")
ASK = "whoever hosts"


@pytest.fixture(autouse=True)
def no_mail(settings: Any) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    settings.EMAIL_BACKEND = settings.MAIL_TRANSPORT


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_no_link_for_a_new_password_is_offered(db: None, name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer.status_code == 200
    assert ASK in words(answer)
    assert RESET not in answer.content.decode()


def test_nor_sent(people: People) -> None:
    answer = Client().post(RESET, {"email": "carol@example.org"})
    assert answer.status_code == 422
    assert ASK in words(answer)
    assert not QueuedMail.objects.exists()


def test_nor_in_the_way_of_a_link_that_is_used_up(db: None) -> None:
    url = reverse("account_reset_password_from_key", args=["1", "abcdef-0123456789"])
    answer = Client().get(url, follow=True)
    assert ASK in words(answer)
    assert RESET not in answer.content.decode()


def test_who_is_signed_in_is_sent_nowhere(people: People) -> None:
    page = people.client("carol").get(reverse("account_change_password"))
    assert RESET not in page.content.decode()


@pytest.mark.parametrize("act", ["action_add", "action_send"])
def test_no_address_waits_for_a_link_that_never_comes(people: People, act: str) -> None:
    client, url = people.client("carol"), reverse("account_email")
    page = client.get(url)
    assert ASK in words(page)
    assert act not in page.content.decode()
    answer = client.post(url, {"email": "new@example.org", act: ""}, follow=True)
    assert "This site sends no mail, so no link can go out." in answer.content.decode()
    assert not EmailAddress.objects.filter(email="new@example.org").exists()


def test_choices_of_mails_say_so(people: People) -> None:
    assert "This site sends no mail" in words(people.client("carol").get(reverse("mail_choices")))
