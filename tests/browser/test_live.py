"""Two readers side by side: what one writes reaches the other, and nothing of theirs is lost."""

import time

from playwright.sync_api import expect

from discussions.comments.actions import reply
from discussions.models import Thread
from readings.page import forget_presence
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import card, comment, handle, paragraph
from tests.discussions.base import answer

SOON = 3_000  # ms, within which a reply is to be seen


def test_a_reply_comes_within_seconds_and_leaves_what_is_written(
    open_page: OpenPage, people: People
) -> None:
    place = steps.make_place(people)
    for member in (people.carol, people.dan):
        member.user.set_display(annotations="all")
    thread = steps.start(place, people.bob, 1, "Who begins?")
    hers, his = open_page(people.carol, place.path), open_page(people.dan, place.path)
    for page in (hers, his):
        expect(page.locator("live-hints:defined")).to_be_attached()
        steps.line(page, thread).click()
        expect(comment(page, "Who begins?")).to_be_visible()
    field = card(hers, thread).get_by_label("Reply in this thread")
    field.fill("Half a thou")
    scrolled = hers.evaluate("scrollY")
    card(his, thread).get_by_label("Reply in this thread").fill("I do.")
    card(his, thread).get_by_role("button", name="Reply", exact=True).last.click()
    expect(comment(his, "I do.")).to_be_visible()
    button = card(hers, thread).get_by_role("button", name="1 new reply")
    expect(button).to_be_visible(timeout=SOON)
    expect(hers.locator("unread-nav")).to_contain_text("1 new")
    expect(hers.locator("#live")).to_contain_text("1 new reply")
    expect(comment(hers, "I do.")).to_have_count(0)
    expect(field).to_be_focused()
    assert hers.evaluate("scrollY") == scrolled
    button.click()
    said = comment(hers, "I do.")
    expect(said).to_be_visible()
    expect(said).to_be_focused()
    expect(button).to_have_count(0)
    expect(field).to_have_value("Half a thou")
    expect(hers.locator("unread-nav")).to_be_hidden()
    # What was half-written is posted whole, and stands where it belongs.
    field.fill("Half a thought, finished.")
    field.press("Control+Enter")
    expect(comment(hers, "Half a thought, finished.")).to_be_visible()
    assert thread.comments.count() == 3


def test_a_new_thread_is_told_at_its_block_and_moves_nothing(
    open_page: OpenPage, people: People
) -> None:
    place = steps.make_place(people)
    people.carol.user.set_display(annotations="all")
    forget_presence()
    page = open_page(people.carol, place.path, width=390, touch=True)
    expect(page.locator("live-hints:defined")).to_be_attached()
    top = paragraph(page, 3).bounding_box()
    steps.start(place, people.dan, 2, "Begun meanwhile.")
    expect(handle(page, 2).locator(".dot")).to_be_visible(timeout=SOON + 1000)
    assert paragraph(page, 3).bounding_box() == top
    expect(page.locator(".dock").get_by_role("button", name="1 new")).to_be_visible()
    handle(page, 2).click()
    expect(card(page, Thread.objects.get())).to_be_visible()


def test_what_is_not_for_the_reader_is_not_told(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    people.carol.user.set_display(annotations="all")
    page = open_page(people.carol, place.path)
    expect(page.locator("live-hints:defined")).to_be_attached()
    steps.start(place, people.dan, 2, "For Thursday.", audience="group")
    steps.start(place, people.dan, 2, "For himself.", audience="me")
    time.sleep(SOON / 1000)
    expect(handle(page, 2).locator(".dot")).to_have_count(0)
    expect(page.locator("unread-nav")).to_be_hidden()


def test_a_new_mark_comes_under_the_words_and_leaves_what_is_chosen(
    open_page: OpenPage, people: People
) -> None:
    place = steps.make_place(people)
    people.carol.user.set_display(annotations="all")
    forget_presence()
    page = open_page(people.carol, place.path)
    expect(page.locator("live-hints:defined")).to_be_attached()
    page.evaluate("scrollTo(0, 300)")
    steps.select_words(page, "Printers left it wide")
    top = paragraph(page, 3).bounding_box()
    begun = steps.start(place, people.dan, 2, "Begun meanwhile.", quote="No method is older")
    theirs = steps.start(place, people.dan, 3, "And here.", quote="filled it")
    mark = page.locator(f'mark[data-threads="{begun.pk}"]')
    expect(mark).to_have_text("No method is older", timeout=SOON + 1000)
    assert paragraph(page, 3).bounding_box() == top
    # Where words are chosen it waits until they are let go.
    expect(handle(page, 3).locator(".dot")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == "Printers left it wide"
    expect(page.locator(f'mark[data-threads="{theirs.pk}"]')).to_have_count(0)
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator(f'mark[data-threads="{theirs.pk}"]')).to_have_text("filled it")
    mark.click()
    expect(comment(page, "Begun meanwhile.")).to_be_visible()
    expect(mark).to_have_attribute("aria-details", f"t{begun.pk}")


def test_a_page_of_one_thread_offers_what_came(open_page: OpenPage, people: People) -> None:
    """Also to who was never on the reading's page, and in the thread alone."""
    place = steps.make_place(people)
    thread = steps.start(place, people.bob, 1, "Who begins?")
    other = steps.start(place, people.bob, 2, "Elsewhere.")
    forget_presence()
    page = open_page(people.carol, thread.get_absolute_url())
    expect(page.locator("thread-hints:defined")).to_be_attached()
    field = page.get_by_label("Reply in this thread")
    field.fill("Half a thou")
    reply(thread=other, parent=None, body="Not here.", by=people.dan)
    reply(thread=thread, parent=thread.comments.get(), body="I do.", by=people.dan)
    button = page.get_by_role("button", name="1 new reply")
    expect(button).to_be_visible(timeout=SOON + 1000)
    expect(page.locator("#live")).to_contain_text("1 new reply in this thread")
    expect(comment(page, "I do.")).to_have_count(0)
    expect(field).to_be_focused()
    button.click()
    expect(comment(page, "I do.")).to_be_focused()
    expect(button).to_have_count(0)
    expect(field).to_have_value("Half a thou")
    expect(comment(page, "Who begins?").locator("> .replies")).to_contain_text("I do.")
    field.press("Control+Enter")
    expect(comment(page, "Half a thou")).to_be_visible()
    reply(thread=thread, parent=None, body="And I.", by=people.dan)
    expect(button).to_be_visible(timeout=SOON + 1000)


def test_the_bell_counts_on(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    thread = steps.start(place, people.carol, 1, "Who begins?")
    page = open_page(people.carol, place.path)
    expect(page.locator("live-hints:defined")).to_be_attached()
    bell = page.locator(".bell")
    expect(bell).to_have_accessible_name("News")
    answer(thread, people.dan)
    expect(bell).to_have_accessible_name("News: 1 new", timeout=SOON)
    expect(bell.locator(".count")).to_have_text("1")
