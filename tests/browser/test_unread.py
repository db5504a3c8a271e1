"""What is new in a reading: told, gone through, read, kept, and marked read."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from readings.setup import general_discussion_of
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import card, comment, handle, paragraph, shown
from tests.discussions.base import say
from tests.discussions.reads import been


def test_new_threads_are_gone_through_by_key_and_button(
    open_page: OpenPage, people: People
) -> None:
    place = steps.make_place(people)
    people.carol.user.set_display(annotations="all")
    been(place.reading, people.carol, ago=timedelta(hours=1))
    first, second = (
        steps.start(place, people.dan, n, words) for n, words in ((1, "A."), (4, "B."))
    )
    page = open_page(people.carol, place.path)
    bar = page.locator("unread-nav")
    expect(bar).to_contain_text("2 new")
    expect(page.locator(".reader > .toc")).to_contain_text("1 new")
    expect(page.locator("unread-nav:defined")).to_be_attached()
    handle(page, 2).focus()
    page.keyboard.press("n")
    expect(steps.line(page, second)).to_be_focused()
    expect(comment(page, "B.")).to_be_visible()
    expect(bar).to_contain_text("1 new")
    expect(paragraph(page, 4).locator(".handle .dot")).to_have_count(0)
    expect(handle(page, 4)).not_to_have_attribute("aria-label", "unread")
    card(page, second).get_by_role("button", name="Keep as new").click()
    expect(bar).to_contain_text("2 new")
    expect(card(page, second)).to_have_attribute("data-unread", "")
    card(page, second).get_by_role("button", name="Mark read").click()
    expect(bar).to_contain_text("1 new")
    bar.get_by_role("button", name="Next unread").click()
    expect(steps.line(page, first)).to_be_focused()
    expect(bar).to_be_hidden()


def test_all_is_marked_read_in_the_sheet_of_a_phone(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    people.carol.user.set_display(annotations="all")
    been(place.reading, people.carol, ago=timedelta(hours=1))
    thread = steps.start(place, people.dan, 1, "Said since.")
    page = open_page(people.carol, place.path, width=390, touch=True)
    expect(page.locator("unread-nav:defined")).to_be_attached()
    dock = page.locator(".dock")
    dock.get_by_role("button", name="1 new").click()
    sheet = page.locator("#new-sheet")
    expect(sheet).to_contain_text("Said since.")
    sheet.get_by_role("button", name="Mark all read").click()
    expect(sheet).to_contain_text("1 thread is marked read.")
    expect(dock.get_by_role("button", name="1 new")).to_be_hidden()
    sheet.get_by_role("button", name="Undo").click()
    expect(dock.get_by_role("button", name="1 new")).to_be_visible()
    sheet.locator(".thread-row a").first.click()
    expect(comment(page, "Said since.")).to_be_visible()
    expect(card(page, thread)).not_to_have_attribute("data-unread", "")


@pytest.mark.parametrize("js", [True, False])
@pytest.mark.parametrize("general", [True, False])
def test_the_list_shows_at_once_that_all_is_read(
    open_page: OpenPage, people: People, general: bool, js: bool
) -> None:
    place = steps.make_place(people)
    reading, path = place.reading, f"{place.path}threads/"
    if general:
        reading = general_discussion_of(by=people.alice)
        path = reading.get_absolute_url()
    else:
        been(reading, people.carol, ago=timedelta(hours=1))
    for words in ("One thing.", "Another thing."):
        say(reading, people.dan, words, block="" if general else place.block(1).key, quote="")
    page = open_page(people.carol, path, js=js)
    expect_new(page, 2)
    page.get_by_role("button", name="Mark all read").click()
    expect(shown(page, "2 threads are marked read.")).to_be_visible()
    expect_new(page, 0)
    expect(shown(page, "Another thing.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Mark all read")).to_be_visible()
    expect_new(page, 2)


def test_of_what_is_new_alone_nothing_is_left(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    been(place.reading, people.carol, ago=timedelta(hours=1))
    steps.start(place, people.dan, 1, "Said since.")
    page = open_page(people.carol, f"{place.path}threads/?show=new")
    page.get_by_role("button", name="Mark all read").click()
    expect(shown(page, "No threads of this kind.")).to_be_visible()
    expect(page.locator(".thread-row")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect_new(page, 1)


def expect_new(page: Page, number: int) -> None:
    """So many lines of the list have a dot, and say that something in them is new."""
    rows = page.locator(".thread-row")
    expect(rows.locator(".dot")).to_have_count(number)
    expect(rows.get_by_text("1 new")).to_have_count(number)
