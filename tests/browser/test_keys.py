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
    line = steps.line(page, first)
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


def test_escape_among_the_reactions_closes_them_alone(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    steps.start(place, people.dan, 2, "One.")
    page = open_page(people.carol, place.path)
    handle(page, 2).press("Enter")
    form = paragraph(page, 2).locator(".writing").get_by_label("Your comment")
    form.fill("Half a thought")
    react = comment(page, "One.").locator("summary", has_text="React")
    react.press("Enter")
    page.keyboard.press("Tab")
    insight = comment(page, "One.").locator("details button").first
    expect(insight).to_be_focused()
    page.keyboard.press("Escape")
    expect(insight).to_be_hidden()
    expect(react).to_be_focused()
    expect(form).to_have_value("Half a thought")
    page.keyboard.press("Escape")
    expect(comment(page, "One.")).to_be_hidden()
    expect(form).to_have_count(0)
    expect(handle(page, 2)).to_be_focused()


def test_keys_are_there_as_soon_as_the_page_is(open_page: OpenPage, people: People) -> None:
    page = open_page(people.carol, steps.make_place(people).path)
    handles = page.locator(".block > .handle:visible")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(handles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(handles.first).to_be_focused()
    page.reload()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys in the text")).to_be_visible()


def test_keys_begin_where_the_reader_is(open_page: OpenPage, people: People) -> None:
    page = open_page(people.carol, steps.make_place(people).path, height=320)
    paragraph(page, 3).evaluate("one => scrollTo(0, one.getBoundingClientRect().top - 90)")
    page.keyboard.press("j")
    expect(handle(page, 3)).to_be_focused()


def test_other_controls_have_their_keys_for_themselves(open_page: OpenPage, people: People) -> None:
    page = open_page(people.carol, steps.make_place(people).path)
    page.locator("header a:visible").first.focus()
    page.keyboard.press("?")
    page.keyboard.press("j")
    expect(page.locator(".handle:focus")).to_have_count(0)
    expect(page.get_by_role("dialog", name="Keys in the text")).to_be_hidden()
    handle(page, 1).press("Enter")
    words = paragraph(page, 1).locator("textarea")
    expect(words).to_be_focused()
    page.keyboard.type("j?")
    expect(words).to_have_value("j?")
