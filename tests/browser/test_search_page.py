"""From "/" over the search to the words in the text, with and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.base import People, make_reading
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import wait_until
from tests.browser.test_accessibility import check
from tests.discussions.base import say

PAINTED = "[...(CSS.highlights.get('found') ?? [])].map(String)"


def test_from_a_key_to_the_words_in_the_text(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    page = open_page(people.carol, place.path)
    page.wait_for_load_state("networkidle")
    page.locator("#text").focus()
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.fill("printers")
    field.press("Enter")
    page.locator(".found .text a").first.click()
    page.wait_for_url("**words=*")
    wait_until(page, f"{PAINTED}.length")
    assert {one.lower() for one in page.evaluate(PAINTED)} == {"printers"}


def test_the_key_goes_to_the_field_where_there_is_one(open_page: OpenPage, people: People) -> None:
    steps.make_place(people)
    page = open_page(people.carol, people.seminar.get_absolute_url())
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    field = page.locator(".top-search input")
    expect(field).to_be_focused()
    # It is written, where one writes.
    page.keyboard.press("/")
    expect(field).to_have_value("/")


def test_without_javascript_and_on_a_phone(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    page = open_page(people.carol, place.path, width=390, js=False)
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("printers")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("Filters").click()
    page.locator(".found .text a").first.click()
    assert "#p" in page.url


@pytest.mark.parametrize("query", ["?q=margin", "?q=nowhere", "?q=a"])
def test_axe_finds_nothing(open_page: OpenPage, people: People, query: str) -> None:
    reading = make_reading(people)
    say(reading, people.alice, "About the margin.", kind="question")
    page = open_page(people.carol, reverse("search", args=[people.seminar.slug]) + query)
    troubles = check(page, query)
    assert not troubles, "\n".join(troubles)
