"""The list of people that opens after an “@”: by key, by pointer, and for who is out of reach."""

import pytest
from playwright.sync_api import expect

from discussions.models import Mention
from readings.models import Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import expect_said
from tests.discussions.base import say


@pytest.mark.parametrize("width", [1440, 390])
def test_a_name_is_chosen_by_key(
    open_page: OpenPage, people: People, reading: Reading, width: int
) -> None:
    people.carol.user.set_display(annotations="all")
    page = open_page(people.carol, reading.get_absolute_url(), width=width)
    page.locator("#b-p2 > .handle").press("Enter")
    body = page.locator("#b-p2 .writing textarea")
    body.press_sequentially("See @")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text(["Alice Instructor", "Bob Assistant"])
    expect(page.locator("#live")).to_contain_text("2 people")
    body.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(body).to_have_attribute("aria-activedescendant", str(options.nth(1).get_attribute("id")))
    body.press("Enter")
    expect(body).to_have_value("See @Bob ")
    expect(options).to_have_count(0)
    body.press_sequentially("@x")
    expect(options).to_have_count(0)
    body.press("Control+Enter")
    expect_said(page, "Comment posted")
    expect(page.locator("#b-p2 .thread[open] .mention")).to_have_text("@Bob")
    assert Mention.objects.get().member == people.bob


def test_a_name_is_chosen_by_pointer_and_escape_closes_the_list_alone(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    thread = say(reading, people.dan)
    page = open_page(people.carol, thread.get_absolute_url())
    body = page.locator("draft-form:defined textarea")
    body.press_sequentially("@d")
    page.get_by_role("listbox").get_by_role("option").click()
    expect(body).to_have_value("@Dan ")
    expect(body).to_be_focused()
    body.press_sequentially("@a")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    body.press("Escape")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(0)
    expect(body).to_be_focused()


def test_whom_the_words_do_not_reach_is_told_beside_them(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    page.locator("#b-p2 > .handle").press("Enter")
    body = page.locator("#b-p2 .writing textarea")
    body.press_sequentially("@Dan, come.")
    body.press("Control+Enter")
    expect(page.locator("#b-p2 .error")).to_contain_text("Dan does not see this thread")
    body = page.locator("#b-p2 .writing textarea")
    expect(body).to_have_value("@Dan, come.")
    body.press("Control+Enter")
    expect(page.locator("#b-p2 .thread[open] .prose")).to_have_text("@Dan, come.")
