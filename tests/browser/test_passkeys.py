"""Passkeys in a real browser, with an authenticator that the browser itself plays."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from seminars.models import Membership
from tests.accounts.second_factors import code_of, set_up_app
from tests.base import PASSWORD, People, sign_in
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/accounts/second-factor/webauthn/add/"


def authenticator(page: Page) -> tuple[Any, str]:
    """Plug a virtual authenticator in that has seen its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def add_passkey(page: Page, *, name: str = "My laptop", alone: bool = True) -> None:
    """From the page that asks who one is to the recovery codes that one is shown."""
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill(name)
    if not alone:
        page.get_by_label("Sign in with it alone").uncheck()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_passkey_is_made_and_signs_in_alone(people: People, open_page: OpenPage) -> None:
    page = open_page(people.carol, "/")
    authenticator(page)
    page.goto(ADD)
    add_passkey(page)
    kept = Authenticator.objects.get(user=people.carol.user, type="webauthn")
    assert kept.wrap().name == "My laptop"
    assert kept.wrap().is_passwordless
    sign_out(page)
    page.goto("/accounts/login/?next=/s/seminar/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile(r"^[^?]*/s/seminar/$"))
    kept.refresh_from_db()
    assert kept.last_used_at is not None


def test_key_is_asked_for_after_the_password(people: People, open_page: OpenPage) -> None:
    page = open_page(people.carol, "/")
    authenticator(page)
    page.goto(ADD)
    add_passkey(page, alone=False)
    sign_out(page)
    page.get_by_label("E-mail address").fill("carol@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="My seminars")).to_be_visible()


def test_no_key_no_way_in_and_other_ways_stay(people: People, open_page: OpenPage) -> None:
    """The key is on another device: the page says so, and the code of the app is taken."""
    page = open_page(people.carol, "/")
    session, key = authenticator(page)
    page.goto(ADD)
    add_passkey(page)
    secret, _codes = app_of(people.carol)  # which signs this browser out
    page.goto("/accounts/login/")
    session.send("WebAuthn.clearCredentials", {"authenticatorId": key})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("No passkey answered.").first).to_be_visible()
    page.get_by_label("E-mail address").fill("carol@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My seminars")).to_be_visible()


def app_of(member: Membership) -> tuple[str, list[str]]:
    """Turn an app on for somebody who has a passkey, as in another browser of theirs."""
    return set_up_app(sign_in(member.user), has_codes=True)


def test_removed_key_signs_nobody_in(people: People, open_page: OpenPage) -> None:
    page = open_page(people.carol, "/")
    authenticator(page)
    page.goto(ADD)
    add_passkey(page)
    page.goto("/accounts/second-factor/webauthn/")
    page.get_by_role("link", name="Rename My laptop").click()
    page.get_by_label("Name").fill("Old laptop")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove Old laptop").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    assert not Authenticator.objects.filter(user=people.carol.user).exists()
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This is not right").first).to_be_visible()


def test_without_scripts_the_page_says_so(people: People, open_page: OpenPage) -> None:
    page = open_page(None, "/accounts/login/", js=False)
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
