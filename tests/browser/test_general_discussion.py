"""The general discussion as people use it: from the seminar's page to a thread, and back."""

import pytest
from playwright.sync_api import expect

from readings.setup import general_discussion_of
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import shown
from tests.discussions.base import say


@pytest.mark.parametrize("js", [True, False])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_thread_is_found_started_and_answered(
    open_page: OpenPage, people: People, width: int, js: bool
) -> None:
    general = general_discussion_of(by=people.alice)
    say(general, people.alice, "Welcome, all of you.", block="")
    page = open_page(people.carol, "/s/seminar/", width=width, js=js)
    expect(shown(page, "1 thread with something new")).to_be_visible()
    page.get_by_role("link", name="Open the general discussion").click()
    expect(page.get_by_role("heading", level=1, name="General discussion")).to_be_visible()
    expect(page.locator(".thread-row")).to_contain_text("Welcome, all of you.")
    start = page.get_by_role("link", name="Start a thread")
    start.click()
    if js:  # in its place, as elsewhere; and put away again
        expect(page.get_by_label("Your comment")).to_be_focused()
        expect(page.locator("draft-form:defined")).to_be_attached()
        page.keyboard.press("Escape")
        expect(page.get_by_label("Your comment")).to_have_count(0)
        expect(start).to_be_focused()
        start.press("Enter")
    page.get_by_label("Your comment").fill("Where do we meet?")
    page.get_by_label("Who may read it").select_option(label="The whole seminar")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(shown(page, "Where do we meet?")).to_be_visible()
    if js:
        expect(page.locator(".thread-row")).to_have_count(2)
        expect(page.locator(".thread-row").first).to_contain_text("Where do we meet?")
        expect(page.locator(".notice")).to_be_focused()
        expect(page.get_by_role("status")).to_have_text("Comment posted")
        page.locator(".notice").get_by_role("link", name="Open the thread").click()
    page.get_by_label("Reply in this thread").fill("In room 4, I am told.")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(shown(page, "In room 4, I am told.")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="General discussion").first.click()
    rows = page.locator(".thread-row")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Where do we meet?")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
