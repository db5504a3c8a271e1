"""Marks under the words of the text: what they lead to, and taken off and put back."""

import re

from playwright.sync_api import expect

from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import card, line, marked, paragraph, stored


def test_overlapping_marks_list_their_threads(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    page = open_page(place.people.carol, place.path)
    short = steps.highlight(page, "No method is older")
    long = steps.highlight(page, "conversation begins", "and none has")
    page.locator(f'mark[data-threads="{short.pk} {long.pk}"]').first.click()
    menu = page.get_by_role("dialog", name="Threads on these words")
    expect(menu.get_by_role("button")).to_have_text(
        [re.compile("No method is older$"), re.compile("and none has$")]
    )
    expect(menu.get_by_role("button").first).to_be_focused()
    menu.get_by_role("button").last.click()
    expect(card(page, long)).to_have_attribute("open", "")
    expect(line(page, long)).to_be_focused()
    card(page, long).get_by_role("button", name="Remove highlight").click()
    expect(card(page, long)).to_have_count(0)
    assert marked(page, long) == ""
    assert marked(page, short) == "No method is older"
    undo = paragraph(page, 2).locator(".notice").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(line(page, long)).to_be_focused()
    expect(undo).to_have_count(0)
    assert marked(page, long) == stored(place, long)[0][1]
