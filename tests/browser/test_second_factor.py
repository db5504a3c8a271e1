"""Setting up an authenticator app and signing in with it, by keyboard, with and without scripts."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.accounts.second_factors import code_of
from tests.base import PASSWORD, People
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import check

pytestmark = pytest.mark.django_db(transaction=True)
SET_UP = "/accounts/second-factor/totp/activate/"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")


def confirm(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Go on")


def set_up(page: Page) -> str:
    """From the page with the code for a camera to the recovery codes; returns the app's secret."""
    page.get_by_text("I cannot read it with a camera").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_role("textbox", name="Code").fill(code_of(secret))
    press(page, "Turn it on")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    return secret


def first_step(page: Page) -> None:
    page.get_by_label("E-mail address").fill("carol@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()


@pytest.mark.parametrize("js", [True, False])
def test_from_setting_up_to_signing_in(people: People, open_page: OpenPage, js: bool) -> None:
    page = open_page(people.carol, SET_UP, js=js)
    confirm(page)
    secret = set_up(page)
    codes = page.locator(".codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.path().read_text().split() == codes
    cache.clear()  # half a minute goes by
    other = open_page(None, "/accounts/login/?next=/s/seminar/", js=js)
    first_step(other)
    other.get_by_role("textbox", name="Code").fill("000000")
    press(other, "Sign in")
    expect(other.get_by_text("This is not right, or it was used already.").first).to_be_visible()
    other.get_by_role("textbox", name="Code").fill(code_of(secret))
    press(other, "Sign in")
    expect(other).to_have_url(re.compile(r"^[^?]*/s/seminar/$"))


def test_each_page_on_the_way_is_for_everybody(people: People, open_page: OpenPage) -> None:
    page = open_page(people.carol, SET_UP)
    troubles = check(page, "confirm")
    confirm(page)
    expect(page.get_by_text("I cannot read it with a camera")).to_be_visible()
    troubles += check(page, "set up")
    set_up(page)
    troubles += check(page, "codes")
    for path in (
        "recovery-codes/generate/",
        "totp/deactivate/",
        "webauthn/add/",
        "reauthenticate/",
    ):
        page.goto(f"/accounts/second-factor/{path}")
        troubles += check(page, path)
    other = open_page(None, "/accounts/login/")
    first_step(other)
    troubles += check(other, "second step")
    press(other, "Sign in")
    expect(other.get_by_text("This field is required.").first).to_be_visible()
    troubles += check(other, "second step with an error")
    assert not troubles, "\n".join(troubles)
