"""What is typed into the draft of a guide is kept as it is typed, and stands there as not ready."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from readings.guides.draft_actions import begin_draft
from readings.models import GuideDraft, GuideDraftStep, Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import check
from tests.quizzes.unfinished import unready, words_of
from tests.readings.guide_drafts import URL, bodies

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(people: People, reading: Reading) -> GuideDraft:
    return begin_draft(reading=reading, by=people.alice)


def begin(page: Page, words: str, paragraph: int = 2) -> None:
    """Open the form of a question at a paragraph, and type into it."""
    page.locator("[data-add=question]").nth(paragraph - 1).click()
    expect(page.locator(".question-form [name=words]").last).to_be_focused()
    page.keyboard.type(words)


def state(page: Page) -> Locator:
    return page.locator("[data-kept-state]")


def card(page: Page) -> Locator:
    return page.locator(".not-ready")


def go_on(page: Page) -> None:
    card(page).get_by_role("link", name="Go on").click()
    expect(page.locator(".question-form [name=words]")).to_be_focused()


def test_a_closed_tab_costs_nothing(people: People, draft: GuideDraft, open_page: OpenPage) -> None:
    page = open_page(people.alice, URL)
    begin(page, "Where do readers stop?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Nowhere")
    page.close(run_before_unload=True)
    other = open_page(people.alice, URL)  # another device
    for _ in range(40):
        if card(other).count():
            break
        other.wait_for_timeout(100)
        other.reload()
    expect(card(other)).to_contain_text("Where do readers stop?")
    expect(other.locator("#draft-bar summary")).to_contain_text("1 not ready")
    go_on(other)
    expect(other.locator("[name=words]")).to_have_value("Where do readers stop?")
    expect(other.locator("[name=line_0]")).to_have_value("Nowhere")
    other.locator("[name=line_1]").fill("At different places")
    other.get_by_role("button", name="Done").click()
    expect(card(other)).to_have_count(0)
    expect(other.locator(".draft-item .question")).to_have_count(1)
    assert "### Where do readers stop?" in bodies()[0]
    assert unready() == []


def test_it_says_where_the_words_are(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL)
    begin(page, "Why")
    expect(state(page)).to_have_text("Kept")
    expect(page.locator("#draft-bar summary")).to_contain_text("1 not ready")
    page.context.set_offline(True)
    page.keyboard.type(" so")
    expect(state(page)).to_have_text("Kept on this device")
    page.context.set_offline(False)
    expect(state(page)).to_have_text("Kept")
    assert [words_of(one) for one in unready()] == ["Why so"]
    page.keyboard.type(" wide?")
    page.keyboard.press("Escape")  # at once: nothing waits for the next rest
    expect(card(page)).to_contain_text("Why so wide?")
    expect(page.locator(".question-form")).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.add") == "question"
    assert GuideDraftStep.objects.count() == 1
    page.keyboard.press("Control+z")
    expect(card(page)).to_have_count(0)
    assert unready() == []


def test_an_empty_form_is_closed_and_nothing_is_there(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL)
    page.locator("[data-add=question]").nth(1).click()
    page.locator(".kinds label", has_text="Open answer").click()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".question-form")).to_have_count(0)
    page.locator("[data-add=note]").nth(1).click()
    page.locator("[name=body]").fill("A note")
    page.get_by_role("button", name="Close").click()
    expect(card(page)).to_contain_text("A note")
    assert [one.place.of for one in unready()] == ["note"]


def test_of_two_tabs_the_second_is_told_and_sees_both(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL)
    begin(page, "First")
    page.keyboard.press("Escape")
    expect(card(page)).to_contain_text("First")
    other = page.context.new_page()
    other.goto(URL)
    for one in (page, other):
        go_on(one)
    page.locator("[name=words]").fill("Mine?")
    expect(state(page)).to_have_text("Kept")
    other.locator("[name=words]").fill("Theirs?")
    told = other.locator(".draft-state", has_text="has written here too")
    expect(told).to_be_visible()
    expect(state(other)).to_have_text("Kept on this device")
    assert words_of(unready()[0]) == "Mine?"
    for i, choice in enumerate(("a", "b")):
        other.locator(f"[name=line_{i}]").fill(choice)
    other.get_by_role("button", name="Done").click()
    expect(other.locator(".question-form")).to_contain_text("Mine?")
    expect(other.locator("[name=words]")).to_have_value("Theirs?")
    assert bodies() == []
    other.get_by_role("button", name="Done").click()
    expect(other.locator(".draft-item .question")).to_have_count(1)
    assert "### Theirs?" in bodies()[0]


def test_a_change_waits_beside_what_stands_there(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL, width=390)
    begin(page, "First?")
    for i, choice in enumerate(("a", "b")):
        page.locator(f"[name=line_{i}]").fill(choice)
    page.get_by_role("button", name="Done").click()
    page.locator(".question").get_by_role("link", name="Edit").click()
    page.locator(".question [name=words]").fill("")
    page.get_by_role("button", name="Close").click()
    expect(card(page)).to_contain_text("Question: This field is required.")
    expect(page.locator(".question > .draft-top .asked")).to_have_text("First?")
    page.evaluate("scrollTo(0, 0)")  # what is half below the bar is no small target
    assert not check(page, "a draft with what is not ready")
    page.get_by_role("button", name="Take these changes back").click()
    expect(card(page)).to_have_count(0)
    assert unready() == []
    assert "### First?" in bodies()[0]


def test_a_session_that_ended_leaves_the_words_on_this_device(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL)
    begin(page, "Half")
    cookies: list[Any] = page.context.cookies()
    page.context.clear_cookies()
    page.keyboard.type(" a question")
    expect(state(page)).to_have_text("Kept on this device")
    assert unready() == []
    page.context.add_cookies(cookies)  # signed in again, in another tab
    page.reload()
    page.locator("[data-add=question]").nth(1).click()
    expect(page.locator("[name=words]")).to_have_value("Half a question")
    expect(state(page)).to_have_text("Kept")
    assert [words_of(one) for one in unready()] == ["Half a question"]


def test_another_form_that_was_opened_meanwhile_stays(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL)
    begin(page, "First")
    page.keyboard.press("Escape")
    page.locator("[data-add=prompt]").nth(1).click()
    expect(page.locator("[name=body]")).to_be_visible()
    page.locator("[name=body]").fill("A prompt")
    expect(card(page)).to_contain_text("First")
    expect(page.locator("#draft-bar summary")).to_contain_text("2 not ready")
    expect(page.locator("[name=body]")).to_have_value("A prompt")
    assert sorted(one.place.of for one in unready()) == ["prompt", "question"]


def test_without_scripts_a_button_keeps_it(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL, js=False)
    page.locator("[data-add=question]").nth(1).click()
    page.get_by_label("Question", exact=True).fill("Half a question")
    page.get_by_role("button", name="Keep it unfinished").click()
    expect(card(page)).to_contain_text("Half a question")
    expect(card(page)).to_contain_text("Line 1: Write at least two of them.")
    card(page).get_by_role("link", name="Go on").click()
    expect(page.get_by_text("Not ready: Line 1: Write at least two of them.")).to_be_visible()
    page.get_by_label("Line 1", exact=True).fill("a")
    page.get_by_label("Line 2", exact=True).fill("b")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".draft-item .question")).to_have_count(1)
    expect(card(page)).to_have_count(0)
