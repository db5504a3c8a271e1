"""Somebody who has read no documentation writes three questions at a paragraph and publishes them.

Counted as the design counts: a press, a choice, a selection or a filled field is one action; Tab
and Enter within a form are none.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from quizzes.models import Question
from readings.guides import apply_guide
from readings.guides.draft_actions import begin_draft
from readings.models import GuideDraft, Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import drag_over, paragraph
from tests.browser.test_accessibility import check
from tests.quizzes.base import ALL_TYPES
from tests.readings.guide_drafts import URL, bodies

MOST_ACTIONS = 20
CHOICES = ["At different places", "At the end", "Nowhere"]
KINDS = ["one_choice", "short_answer", "passage"]
READING_URL = "/s/seminar/r/margins/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(people: People, reading: Reading) -> GuideDraft:
    return begin_draft(reading=reading, by=people.alice)


class FirstTimer:
    """Acts by what can be seen, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def choose_words(self, words: str) -> None:
        self.count += 1
        drag_over(self.page, words)

    def press(self, name: str, within: Locator | None = None) -> None:
        self.count += 1
        (within or self.page.locator("body")).get_by_role("button", name=name).click()

    def choose(self, kind: str) -> None:
        self.count += 1
        self.page.locator(".kinds label", has_text=kind).click()

    def fill(self, words: str) -> None:
        """Type into what has the focus."""
        self.count += 1
        self.page.keyboard.type(words)

    def next_field(self, name: str) -> None:
        """Go on with Tab, as far as that field."""
        tab_to(self.page, f"document.activeElement.name === {name!r}")

    def open_form(self, count: int) -> None:
        """Wait for an empty form below so many questions."""
        expect(self.page.locator(".draft-item .question")).to_have_count(count)
        expect(self.page.locator(".question-form [name=words]")).to_be_focused()


def tab_to(page: Page, condition: str) -> None:
    for _press in range(80):
        if page.evaluate(condition):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {condition}")


def assert_published(people: People, open_page: OpenPage) -> None:
    assert list(Question.objects.values_list("kind", flat=True)) == KINDS
    page = open_page(people.carol, READING_URL)
    asked = page.locator(".checkpoint .question")
    expect(asked).to_have_count(3)
    expect(asked.first).to_contain_text("Where do readers stop?")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_first_timer_writes_three_questions(
    people: People, draft: GuideDraft, open_page: OpenPage, width: int
) -> None:
    page = open_page(people.alice, URL, width=width)
    hand = FirstTimer(page)
    hand.choose_words("stops at another place")
    hand.press("Question", page.locator("selection-toolbar"))
    hand.open_form(0)
    hand.fill("Where do readers stop?")
    hand.next_field("line_0")
    for choice in CHOICES:
        hand.fill(choice)
        page.keyboard.press("Enter")
    hand.press("Another question here")
    hand.open_form(1)
    hand.choose("Short answer")
    hand.next_field("words")
    hand.fill("What is left wide?")
    hand.next_field("accepted")
    hand.fill("the margin")
    hand.press("Another question here")
    hand.open_form(2)
    hand.choose("Words in the text")
    hand.next_field("words")
    hand.fill("Which words say that it is old?")
    hand.press("Choose the words")
    hand.choose_words("no method is older")
    expect(page.locator("[name=places]")).to_have_value("¶ 2 “no method is older”")
    hand.press("Done")
    expect(page.locator(".question-form")).to_have_count(0)
    hand.press("Publish")
    hand.press("Add the guide")
    page.get_by_text("has been added to the text").first.wait_for()
    assert hand.count <= MOST_ACTIONS
    assert_published(people, open_page)


def test_by_keyboard_alone(people: People, draft: GuideDraft, open_page: OpenPage) -> None:
    page = open_page(people.alice, URL)
    keys, here = page.keyboard, "document.activeElement"

    def kind(name: str) -> None:
        """From the question back to the row of kinds, and along it by arrows."""
        page.keyboard.press("Shift+Tab")
        for _press in range(10):
            if name in page.evaluate(f"{here}.closest('label').textContent"):
                break
            keys.press("ArrowRight")
        keys.press("Tab")

    def button(name: str) -> None:
        tab_to(page, f"{here}.matches('button, summary') && {here}.textContent.includes({name!r})")
        keys.press("Enter")

    tab_to(page, f"{here}.dataset.add === 'question' && {here}.textContent.includes('¶ 2')")
    keys.press("Enter")
    hand = FirstTimer(page)
    hand.open_form(0)
    keys.type("Where do readers stop?")
    hand.next_field("line_0")
    for choice in [*CHOICES, "Everywhere", "At the fifth line"]:  # Enter makes one more
        keys.type(choice)
        keys.press("Enter")
    button("Another question here")
    hand.open_form(1)
    kind("Short answer")
    keys.type("What is left wide?")
    hand.next_field("accepted")
    keys.type("the margin")
    hand.next_field("attempt")
    keys.type("THE MARGIN.")
    keys.press("Enter")
    page.get_by_text("Right: counts in full.").first.wait_for()
    button("Another question here")
    hand.open_form(2)
    kind("Words in the text")
    keys.type("Which words say that it is old?")
    hand.next_field("places")
    keys.type("no method is older")
    keys.press("Control+Enter")
    expect(page.locator(".question-form")).to_have_count(0)
    assert page.evaluate(f"{here}.dataset.add") == "question"
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.locator("#draft-bar summary").focus()
    button("Publish")
    page.get_by_role("heading", name="Not added yet").wait_for()
    button("Add the guide")
    page.get_by_text("has been added to the text").first.wait_for()
    assert Question.objects.get(kind="one_choice").choices.count() == 5
    assert_published(people, open_page)


def test_without_scripts(people: People, draft: GuideDraft, open_page: OpenPage) -> None:
    page = open_page(people.alice, URL, width=390, js=False)
    page.locator("[data-add=question]").nth(1).click()
    page.get_by_label("Question", exact=True).fill("Where do readers stop?")
    for i, choice in enumerate(CHOICES):
        page.get_by_label(f"Line {i + 1}", exact=True).fill(choice)
    page.get_by_role("button", name="More lines").click()
    page.get_by_label("Line 7", exact=True).fill("The seventh")
    page.locator("label", has_text="Several choices").click()
    page.get_by_role("checkbox", name="Line 7 is right").check()
    page.get_by_role("button", name="Another question here").click()
    page.locator("label", has_text="True or false").click()
    page.get_by_label("Question", exact=True).fill("The margin is wide.")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".draft-item .question")).to_have_count(2)
    page.get_by_role("button", name="Take off this question").first.click()
    expect(page.locator(".draft-item .question")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".draft-item .question")).to_have_count(2)
    assert "- [x] The seventh" in bodies()[0]


def test_what_is_typed_is_kept_and_there_again(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL)
    question = page.locator("[data-add=question]").nth(1)
    question.click()
    hand = FirstTimer(page)
    hand.open_form(0)
    page.keyboard.type("Half a question")
    hand.next_field("line_0")
    for line in range(6):
        page.keyboard.type(f"Choice {line}")
        page.keyboard.press("Enter")
    page.reload()
    question.click()
    page.get_by_text("Your draft, kept on this device.").wait_for()
    expect(page.locator("[name=words]")).to_have_value("Half a question")
    expect(page.locator("[name=line_5]")).to_have_value("Choice 5")
    page.keyboard.press("Escape")
    expect(page.locator(".question-form")).to_have_count(0)
    page.get_by_role("link", name="Go on").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Done").click()
    page.get_by_text("You are offline. Your words are kept on this device").first.wait_for()
    expect(page.locator("[name=line_5]")).to_have_value("Choice 5")
    page.context.set_offline(False)
    expect(page.locator(".draft-item .question")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".draft-item .question")).to_have_count(0)


def test_a_note_on_chosen_words_and_a_question_changed_in_its_place(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL)
    hand = FirstTimer(page)
    hand.choose_words("Printers left it wide")
    hand.press("Note", page.locator("selection-toolbar"))
    expect(page.locator("[name=quote]")).to_have_value("Printers left it wide")
    page.locator("[name=body]").fill("Paper was dear.")
    page.get_by_role("button", name="Save in the draft").click()
    expect(paragraph(page, 3).locator(".draft-item")).to_contain_text("Paper was dear.")
    page.locator("[data-add=question]").nth(2).click()
    hand.open_form(0)
    page.keyboard.type("Why?")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("[name=line_0]")).to_have_attribute("aria-invalid", "true")
    for i, choice in enumerate(CHOICES):
        page.locator(f"[name=line_{i}]").fill(choice)
    page.get_by_role("button", name="Done").click()
    page.locator(".question").get_by_role("link", name="Edit").click()
    page.locator(".question [name=words]").fill("Why so wide?")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".draft-item .asked")).to_have_text("Why so wide?")


def test_axe_finds_nothing(people: People, draft: GuideDraft, open_page: OpenPage) -> None:
    page = open_page(people.alice, URL)
    page.locator("[data-add=question]").nth(1).click()
    hand = FirstTimer(page)
    hand.open_form(0)
    page.get_by_role("button", name="Done").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    troubles = []
    for kind in ("Several choices", "Match", "Number", "Gaps", "Words in the text", "Open answer"):
        hand.choose(kind)
        page.locator(".question-form details").evaluate_all("all => all.map(e => e.open = true)")
        troubles += check(page, kind)
    assert not troubles


def test_the_preview_asks_every_type_and_works_without_being_kept(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    apply_guide(reading=reading, text=ALL_TYPES, by=people.alice)
    begin_draft(reading=reading, by=people.alice)
    page = open_page(people.alice, URL)
    page.get_by_role("link", name="Preview").click()
    page.get_by_label("At different places.").check()
    page.locator("select").first.select_option(index=1)
    expect(page.locator(".question")).to_have_count(10)
    assert not check(page, "preview of a draft")
