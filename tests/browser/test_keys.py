"""What the keys of the text do with its threads."""

from playwright.sync_api import expect

from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import card, comment, handle, paragraph


def test_what_keys_open_is_in_view_and_escape_closes_it(
    open_page: OpenPage, people: People
) -> None:
    place = steps.make_place(people)
    people.carol.user.set_display(annotations="all")
    for _ in range(12):
        steps.start(place, people.dan, 1, "What stands above pushes down what is below. " * 4)
    first, second = (steps.start(place, people.dan, 2, words) for words in ("One.", "Two."))
    page = open_page(people.carol, place.path)
    expect(card(page, second)).to_be_attached()
    handle(page, 2).press("Enter")
    line = card(page, first).locator("summary")
    expect(line).to_be_focused()
    expect(paragraph(page, 2).locator(".writing")).to_be_attached()
    expect(line).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(paragraph(page, 2).locator(".writing")).to_have_count(0)
    expect(handle(page, 2)).to_be_focused()
    line.press("Enter")
    expect(comment(page, "One.")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(comment(page, "One.")).to_be_hidden()
    expect(line).to_be_focused()
