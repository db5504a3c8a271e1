"""Every page of django-allauth that can be reached is in the site's own look."""

from pathlib import Path

import pytest
from allauth.account import urls as theirs
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from tests.base import People

PUBLIC = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
]
SIGNED_IN = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
]


def assert_ours(page: str) -> None:
    assert page.count("<h1>") == 1
    assert 'class="wordmark"' in page
    assert "· Colloquy</title>" in page
    assert "<p><label" not in page, "no form as paragraphs"


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page(db: None, name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer.status_code == 200
    assert_ours(answer.content.decode())


@pytest.mark.parametrize("name", SIGNED_IN)
def test_page_for_people_signed_in(people: People, name: str) -> None:
    answer = people.client("carol").get(reverse(name))
    assert answer.status_code == 200
    assert_ours(answer.content.decode())


def test_page_for_people_without_a_password(people: People) -> None:
    people.carol.user.set_unusable_password()
    people.carol.user.save()
    answer = people.client("carol").get(reverse("account_set_password"))
    assert "Choose a password" in answer.content.decode()
    assert_ours(answer.content.decode())


def test_no_page_is_forgotten() -> None:
    """What is neither above nor here is a page that django-allauth has added since."""
    seen = {
        "account_set_password",
        "account_confirm_email",
        "account_reset_password_from_key",
        "account_confirm_login_code",  # no codes here: it leads to signing in
    }
    names = {pattern.name for pattern in theirs.urlpatterns}
    assert names == seen | set(PUBLIC) | set(SIGNED_IN)


def test_codes_lead_to_signing_in(db: None) -> None:
    answer = Client().get(reverse("account_confirm_login_code"))
    assert answer.headers["Location"] == reverse("account_login")


def test_reauthentication_refuses_a_wrong_password(people: People) -> None:
    answer = people.client("carol").post(reverse("account_reauthenticate"), {"password": "no"})
    assert answer.status_code == 422
    assert "This is not your password." in answer.content.decode()


MAILS = [
    "account_already_exists",
    "email_changed",
    "email_confirm",
    "email_confirmation",
    "email_confirmation_signup",
    "email_deleted",
    "password_changed",
    "password_reset",
    "password_reset_key",
    "password_set",
    "unknown_account",
]
FACTOR_MAILS = [
    "recovery_code_used",
    "recovery_codes_generated",
    "totp_activated",
    "totp_deactivated",
    "webauthn_added",
    "webauthn_removed",
]


@pytest.mark.parametrize(
    "name", [f"account/email/{one}" for one in MAILS] + [f"mfa/email/{one}" for one in FACTOR_MAILS]
)
def test_mail_is_in_our_words(name: str) -> None:
    for part in ("subject", "message"):
        template = get_template(f"{name}_{part}.txt")
        origin = template.template.origin.name  # type: ignore[attr-defined]
        assert Path(origin).is_relative_to(settings.BASE_DIR / "templates")
    assert "Hello from" not in get_template(f"{name}_message.txt").render({"left": 2})
