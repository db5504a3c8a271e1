"""Rows of the reading page's interactions, by each hand, as the accessibility tree has them.

One reader goes through them on one page: with the mouse where threads stand in the margin
and where they open below their block, with a finger on a phone, and with the keyboard alone. What
a screen reader is given (roles, names, states, what is announced) is looked at after each step.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from discussions.models import Decision, Reaction
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, comment, handle, line, paragraph
from tests.discussions.reads import been


@dataclass(frozen=True)
class Hand:
    """How somebody presses things, and on what window."""

    name: str
    width: int
    press: Callable[[Locator], None]
    choose: Callable[[Page, str], None] = steps.drag_over
    touch: bool = False


def by_key(part: Locator) -> None:
    """A toggle is pressed by Space, all else by Enter."""
    part.focus()
    is_toggle = part.get_attribute("aria-pressed") or part.get_attribute("type") == "radio"
    part.press("Space" if is_toggle else "Enter")


HANDS = [
    Hand("mouse", 1440, Locator.click),
    Hand("mouse-inline", 1024, Locator.click),
    Hand("touch", 390, Locator.tap, steps.select_words, touch=True),
    Hand("keyboard", 1280, by_key, steps.select_words),
]


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_rows(open_page: OpenPage, people: People, hand: Hand) -> None:
    place = steps.make_place(people)
    people.carol.user.set_display(annotations="all")
    been(place.reading, people.carol, ago=timedelta(hours=1))
    steps.start(place, people.dan, 5, "My *cat* likes books.")
    page = open_page(people.carol, place.path, width=hand.width, touch=hand.touch)
    page.wait_for_load_state("load")
    annotate_words(page, place, hand)
    comment_on_a_paragraph(page, hand)
    reply(page, hand)
    react(page, hand)
    answer_a_checkpoint(page, place, hand)
    # All of that was said in one place; what came of a checkpoint has the focus besides.
    said = page.locator("[aria-live], output, [role=log], [role=status]:not(.result)")
    expect(said).to_have_count(1)


@pytest.mark.parametrize("hand", [HANDS[0], HANDS[2], HANDS[3]], ids=lambda hand: hand.name)
def test_moderating_beside_the_text(open_page: OpenPage, people: People, hand: Hand) -> None:
    """Staff have buttons below the words; under a finger they wait behind one."""
    place = steps.make_place(people)
    people.alice.user.set_display(annotations="all")
    thread = steps.start(place, people.dan, 5, "Only fools read this.")
    page = open_page(people.alice, f"{place.path}#t{thread.pk}", width=hand.width, touch=hand.touch)
    said = comment(page, "Only fools read this.")
    expect(said).to_be_visible()
    hide = said.get_by_role("link", name="Hide", exact=True)
    if hand.touch:
        expect(hide).to_be_hidden()
        hand.press(said.locator("summary", has_text="More"))
        size = hide.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    else:
        expect(said.locator("summary", has_text="More")).to_be_hidden()
    dialog = said.get_by_role("dialog", name=re.compile("Hide the comment of"))
    hand.press(hide)
    expect(dialog.locator("[tabindex]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(hide).to_be_focused()
    hand.press(hide)
    expect(dialog).to_match_aria_snapshot(
        """
        - dialog /^Hide the comment of/:
          - combobox /^Reason/
          - textbox /^Note to the author/
          - button "Hide"
          - button "Cancel"
        """
    )
    dialog.get_by_role("combobox").select_option(label="Unkind or insulting")
    hand.press(dialog.get_by_role("button", name="Hide"))
    says(page, re.compile("The comment of .+ is hidden"))
    expect(page.get_by_role("article", name="Hidden comment")).to_be_focused()
    assert Decision.objects.get().action == "hide"


def says(page: Page, words: str | re.Pattern[str]) -> None:
    """The page says this to who listens."""
    expect(page.get_by_role("status").and_(page.locator("#live"))).to_have_text(words)


def annotate_words(page: Page, place: Place, hand: Hand) -> None:
    hand.choose(page, "readers filled it")
    bar = page.get_by_role("toolbar", name="Selected words")
    expect(bar).to_match_aria_snapshot(
        """
        - toolbar "Selected words":
          - button "Highlight"
          - button "Comment"
          - button "Copy link"
          - button "Copy with source"
        """
    )
    says(page, "Words selected. Press A to comment, Escape to dismiss.")
    stands_at_the_words(page, bar, hand)
    if hand.name == "keyboard":
        page.keyboard.press("a")
    else:
        hand.press(bar.get_by_role("button", name="Comment"))
    expect(bar).to_be_hidden()
    form = paragraph(page, 3).locator(".writing")
    expect(form).to_match_aria_snapshot(
        """
        - blockquote: readers filled it
        - textbox "Your comment, in a new thread here"
        - checkbox "Question"
        - combobox "Who may read it"
        - button "Post"
        - button "Preview"
        - button "Cancel"
        """
    )
    box = form.get_by_role("textbox", name=re.compile("^Your comment"))
    expect(box).to_be_focused()
    box.fill("Why so wide?")
    post(form, box, hand)
    says(page, "Comment posted")
    thread = steps.newest_thread()
    expect(line(page, thread)).to_be_focused()
    # A screen reader hears once that there is more about these words.
    mark = page.locator(f'mark[data-threads="{thread.pk}"]')
    expect(mark).to_have_attribute("aria-details", f"t{thread.pk}")
    expect(comment(page, "Why so wide?")).to_match_aria_snapshot('- article "Carol"')
    # Without a selection, the block's button opens the sentences.
    handle(page, 4).press("a")
    picker = page.get_by_role("dialog", name="Comment on words")
    expect(picker).to_match_aria_snapshot(
        """
        - heading "Comment on ¶ 4" [level=2]
        - group "Which words?":
          - checkbox /A note in a margin is short/
          - checkbox /It cannot quote/
          - checkbox /It says yes/
        - textbox "Or paste or type the words"
        - textbox "Your comment"
        - button "Post"
        """
    )
    expect(picker.get_by_role("checkbox").first).to_be_focused()
    picker.press("Escape")
    expect(handle(page, 4)).to_be_focused()


def stands_at_the_words(page: Page, bar: Locator, hand: Hand) -> None:
    """Ten pixels below the words; on a phone at the foot of the window, with room for a finger."""
    box = bar.bounding_box()
    assert box is not None
    if hand.touch:
        assert round(box["y"] + box["height"]) == page.evaluate("innerHeight")
        sizes = [each.bounding_box() for each in bar.get_by_role("button").all()]
        assert all(size and size["height"] >= 44 for size in sizes)
        return
    words = page.evaluate(
        "(({ bottom, left, right }) => [bottom, left, right])"
        "([...getSelection().getRangeAt(0).getClientRects()].at(-1))"
    )
    assert 8 <= box["y"] - words[0] <= 12
    assert box["x"] < words[2]
    assert box["x"] + box["width"] > words[1]


def post(form: Locator, box: Locator, hand: Hand, name: str = "Post") -> None:
    """Ctrl+Enter with the keyboard, else the button."""
    if hand.name == "keyboard":
        box.press("Control+Enter")
    else:
        hand.press(form.get_by_role("button", name=name, exact=True))


def comment_on_a_paragraph(page: Page, hand: Hand) -> None:
    button = page.get_by_role("button", name="Comment on paragraph 4", exact=True)
    if hand.name == "keyboard":
        handle(page, 3).focus()
        page.keyboard.press("j")  # the heading between them
        page.keyboard.press("j")
        expect(button).to_be_focused()
        page.keyboard.press("Space")  # as a button is pressed; Enter does the same
        expect(paragraph(page, 4).locator(".writing")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
    elif not hand.touch:
        paragraph(page, 4).hover()
    hand.press(button)
    box = paragraph(page, 4).get_by_role("textbox", name=re.compile("^Your comment"))
    expect(box).to_be_focused()
    box.fill("Too narrow.")
    post(paragraph(page, 4).locator(".writing"), box, hand)
    says(page, "Comment posted")
    expect(handle(page, 4)).to_have_accessible_name("Comment on paragraph 4, 1 thread")


def reply(page: Page, hand: Hand) -> None:
    """The paragraph's button opens its threads, with a field below them."""
    button = handle(page, 5)
    expect(button).to_have_accessible_name("Comment on paragraph 5, 1 thread, 1 unread")
    if not hand.touch:
        paragraph(page, 5).hover()
    hand.press(button)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_have_accessible_name("Comment on paragraph 5, 1 thread")  # read
    field = page.get_by_role("textbox", name="Reply in this thread")
    field.fill("So does mine.")
    post(paragraph(page, 5).locator(".conversation"), field, hand, "Reply")
    says(page, "Reply posted")
    expect(comment(page, "So does mine.")).to_be_visible()
    expect(field).to_have_value("")
    if hand.name == "keyboard":
        expect(field).to_be_focused()


def react(page: Page, hand: Hand) -> None:
    said = comment(page, "likes books")
    hand.press(said.locator("details > summary", has_text="React"))
    offered = said.get_by_role("button", pressed=False)
    expect(offered).to_have_text(["Agree", "Question", "Insight", "Evidence", "Thanks"])
    hand.press(offered.first)
    pressed = said.get_by_role("button", name="Agree 1", pressed=True)
    expect(pressed).to_be_focused()
    says(page, "Agree: added")
    assert Reaction.objects.count() == 1
    hand.press(said.get_by_role("link", name="Who reacted"))
    who = said.get_by_role("group").filter(has_text="Who reacted")
    expect(who.get_by_role("listitem")).to_have_text(re.compile(r"Agree\s+You"))
    expect(who.locator("summary")).to_be_focused()
    if hand.touch:
        size = pressed.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    hand.press(pressed)
    expect(said.get_by_role("button", name="Agree", exact=True)).to_be_focused()
    says(page, "Agree: taken back")
    assert not Reaction.objects.exists()


def answer_a_checkpoint(page: Page, place: Place, hand: Hand) -> None:
    quiz = steps.checkpoint(page, place)
    question = quiz.get_by_role("group", name=re.compile("What begins where two readers stop"))
    expect(question).to_match_aria_snapshot(
        """
        - group /What begins where two readers stop/:
          - radio "A quarrel"
          - radio "A conversation"
        """
    )
    rows = [row.bounding_box() for row in question.locator("label").all()]
    assert all(row and row["height"] >= (44 if hand.touch else 24) for row in rows)
    hand.press(question.get_by_role("radio", name="A quarrel"))
    hand.press(quiz.get_by_role("button", name="Check answer"))
    verdict = quiz.get_by_role("status")
    expect(verdict).to_contain_text("Not yet")
    expect(verdict).to_be_focused()
