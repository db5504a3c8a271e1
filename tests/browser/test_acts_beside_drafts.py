"""What is half written in a thread outlives the acts that stand beside its form."""

import pytest
from playwright.sync_api import Page, expect

from discussions.moderation.actions import RETURNED, take
from discussions.moderation.thread_actions import lock
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.discussions.base import answer, first_of

WORDS = "A thought that took an hour"


def open_talk(open_page: OpenPage, people: People, *, answered: bool, back: bool) -> Page:
    """Carol's thread beside the text; with an answer of Dan, and her words sent `back`."""
    place = steps.make_place(people)
    people.carol.user.set_display(annotations="all")
    thread = steps.start(place, people.carol, 2, "First words of mine.")
    if answered:
        answer(thread, people.dan, "An answer of Dan.")
    if back:
        first = first_of(thread)
        take(how=RETURNED, comment=first, reason="Unkind", by=people.alice, version=first.version)
    page = open_page(people.carol, f"{place.path}#t{thread.pk}")
    expect(page.locator(".conversation")).to_be_visible()
    return page


def withdraw_and_undo(page: Page) -> None:
    page.get_by_role("button", name="Withdraw", exact=True).click()
    undo = page.locator(".conversation > .notice").get_by_role("button", name="Undo")
    undo.click()
    expect(undo).to_have_count(0)


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize(("back", "name"), [(True, "Revise and send again"), (False, "Edit")])
@pytest.mark.parametrize("label", ["Your comment", "Why you change it (optional)"])
def test_a_revision_outlives_a_withdrawal(
    open_page: OpenPage, people: People, label: str, name: str, back: bool, answered: bool
) -> None:
    page = open_talk(open_page, people, answered=answered, back=back)
    link = page.get_by_role("link", name=name)
    link.click()
    page.get_by_label(label, exact=True).fill(WORDS)
    withdraw_and_undo(page)
    expect(page.locator(".comment > .acts .tag", has_text="Draft kept")).to_be_visible()
    link.click()
    expect(page.get_by_label(label, exact=True)).to_have_value(WORDS)
    expect(page.get_by_text("Draft kept")).to_have_count(0)


def test_a_reply_outlives_a_withdrawal(open_page: OpenPage, people: People) -> None:
    page = open_talk(open_page, people, answered=True, back=False)
    link = page.get_by_role("link", name="Reply to Carol")
    link.click()
    page.get_by_label("Your reply").fill(WORDS)
    withdraw_and_undo(page)
    expect(page.get_by_text("Draft kept").first).to_be_visible()
    link.click()
    expect(page.get_by_label("Your reply")).to_have_value(WORDS)


def test_a_note_to_whose_words_are_hidden_outlives_another_act(
    open_page: OpenPage, people: People
) -> None:
    place = steps.make_place(people)
    people.alice.user.set_display(annotations="all")
    thread = steps.start(place, people.carol, 2, "First words.")
    answer(thread, people.dan, "An answer of Dan.")
    page = open_page(people.alice, f"{place.path}#t{thread.pk}")
    said = page.locator(f"#c{first_of(thread).pk}")
    said.get_by_role("link", name="Hide").first.click()
    note = said.locator("[name=note_to_member]")
    note.fill(WORDS)
    page.get_by_role("button", name="Lock thread").click()
    expect(page.get_by_role("button", name="Unlock thread")).to_be_visible()
    said.get_by_role("link", name="Hide").first.click()
    expect(note).to_have_value(WORDS)


def test_a_revision_that_cannot_be_sent_any_more_can_be_copied(
    open_page: OpenPage, people: People
) -> None:
    page = open_talk(open_page, people, answered=True, back=False)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Your comment", exact=True).fill(WORDS)
    thread = steps.newest_thread()
    lock(thread=thread, by=people.alice)
    page.reload()
    expect(page.get_by_label("Your draft")).to_have_value(WORDS)
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_label("Your draft")).to_have_count(0)
