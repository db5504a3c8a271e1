"""What is written in the form of a question is lost by no session that ends, and by no page."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from readings.guides.draft_actions import begin_draft
from readings.models import GuideDraft, Reading
from tests.base import PASSWORD, People
from tests.browser.conftest import OpenPage
from tests.browser.steps import wait_until
from tests.browser.test_drafts import kept, sign_in_elsewhere
from tests.readings.guide_drafts import URL, bodies

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(people: People, reading: Reading) -> GuideDraft:
    return begin_draft(reading=reading, by=people.alice)


def fill_short_answer(page: Page) -> None:
    page.locator(".kinds label", has_text="Short answer").click()
    page.locator("[name=words]").fill("What is left wide?")
    page.locator("[name=accepted]").fill("the margin\nthe blank edge")


def test_an_ended_session_costs_no_word_of_a_question(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL)
    page.locator("[data-add=question]").nth(1).click()
    expect(page.locator(".question-form [name=words]")).to_be_focused()
    fill_short_answer(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Done").click()
    told = page.locator(".question-form").get_by_role("alert")
    expect(told).to_contain_text("You are signed out: nothing was sent.")
    assert bodies() == []
    expect(page.locator("[name=accepted]")).to_have_value("the margin\nthe blank edge")
    sign_in_elsewhere(page, people.alice)
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".draft-item .question")).to_have_count(1)
    expect(page.locator(".question-form")).to_have_count(0)
    assert "Answer: the margin | the blank edge" in bodies()[0]
    assert kept(page) == 0


def test_nor_where_the_page_is_left_for_signing_in(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL)
    question = page.locator("[data-add=question]").nth(1)
    question.click()
    expect(page.locator(".question-form [name=words]")).to_be_focused()
    fill_short_answer(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(URL)
    page.get_by_label("E-mail address").fill(people.alice.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{URL}")
    question.click()
    page.get_by_text("Your draft, kept on this device.").wait_for()
    expect(page.locator("[name=words]")).to_have_value("What is left wide?")
    expect(page.locator("[name=accepted]")).to_have_value("the margin\nthe blank edge")
    expect(page.get_by_role("radio", name="Short answer")).to_be_checked()


def test_without_scripts_the_words_of_a_question_are_on_the_page_that_refuses(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL, js=False)
    page.locator("[data-add=question]").nth(1).click()
    fill_short_answer(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Not sent, and nothing is lost")).to_be_visible()
    fields = page.locator("textarea")
    held = [fields.nth(at).input_value() for at in range(fields.count())]
    assert "What is left wide?" in held
    assert "the margin\nthe blank edge" in held
    assert bodies() == []
    sign_in_elsewhere(page, people.alice)
    # The token of the page is of before; with that of the answer it is taken.
    for _press in range(2):
        page.get_by_role("button", name="Send again").click()
    expect(page.locator(".draft-item .question")).to_have_count(1)
    assert "Answer: the margin | the blank edge" in bodies()[0]


def test_on_a_page_of_its_own_what_was_done_is_no_draft_any_more(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    """As in a tab that was opened for it."""
    page = open_page(people.alice, URL)
    address = page.locator("[data-add=question]").nth(1).get_attribute("href") or ""
    page.goto(address)
    fill_short_answer(page)
    page.get_by_role("button", name="Another question here").click()
    expect(page.locator("[name=words]")).to_have_value("")
    page.locator("[name=words]").fill("And who filled it?")
    page.locator(".kinds label", has_text="True or false").click()
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".draft-item .question")).to_have_count(2)
    page.goto(address)
    expect(page.locator("[name=words]")).to_have_value("")
    wait_until(page, "Boolean(customElements.get('draft-form'))")
    expect(page.locator("[name=words]")).to_have_value("")
    assert kept(page) == 0
