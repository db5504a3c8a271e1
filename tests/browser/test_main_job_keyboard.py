"""The main job by keyboard alone: from the invitation to the answered checkpoint, and the desk.

Nothing here calls the mouse, and nothing is focused but by keys.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from discussions.models import Comment, Decision
from quizzes.models import Attempt
from tests.base import PASSWORD, People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, comment, expect_said, handle, stored

pytestmark = pytest.mark.main_job

FAR = 120  # presses of Tab: whoever needs more has lost the way


def has_focus(target: Locator) -> bool:
    return bool(target.evaluate("(element) => element === document.activeElement"))


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until `target` has the focus, and see that it can be seen there."""
    for _ in range(FAR):
        if has_focus(target):
            break
        page.keyboard.press(key)
    expect(target).to_be_focused()
    expect(target).to_be_in_viewport()


def enter(page: Page, target: Locator) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")


def write(page: Page, target: Locator, words: str) -> None:
    tab_to(page, target)
    page.keyboard.type(words)


def into_the_text(page: Page) -> None:
    """From the top of the reading page past all that stands before the text."""
    enter(page, page.get_by_role("link", name="Skip to the text"))
    expect(page.locator("#text")).to_be_focused()


def go_to(page: Page, number: int) -> None:
    """With the focus in the text: from block to block until this paragraph."""
    target = handle(page, number)
    for _ in range(30):
        if has_focus(target):
            break
        page.keyboard.press("j")
    expect(target).to_be_focused()


def join(page: Page) -> None:
    enter(page, page.get_by_role("link", name="Create an account"))
    write(page, page.get_by_label("Your name"), "Nora")
    write(page, page.get_by_label("E-mail address"), "nora@example.org")
    write(page, page.get_by_label("Password"), PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Two views")


def find_the_reading(page: Page, place: Place) -> None:
    enter(page, page.get_by_role("link", name="Colloquy"))
    enter(page, page.get_by_role("link", name="Two views", exact=True))
    enter(page, page.get_by_role("link", name="The reader's margin", exact=True))
    expect(page).to_have_url(re.compile(place.path))


def look_around(page: Page) -> None:
    """The display menu, the contents, a note, the keys: each gives the focus back."""
    button = page.locator("header").get_by_role("button", name="Display")
    enter(page, button)
    tab_to(page, page.get_by_role("radio", name="Device"))
    with page.expect_response("**/display/"):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    enter(page, page.locator("nav.toc").get_by_role("link", name="What the margin asks"))
    expect(
        page.locator("#text").get_by_role("heading", name="What the margin asks")
    ).to_be_in_viewport()

    page.keyboard.press("Control+Home")
    page.reload()
    into_the_text(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(handle(page, 1)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(handle(page, 1)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys in the text")).to_be_visible()
    page.keyboard.press("Escape")
    expect(handle(page, 1)).to_be_focused()
    reference = page.get_by_role("link", name="Note 1", exact=True)
    tab_to(page, reference, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("note", name="Note 1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(reference).to_be_focused()


def comment_on_a_paragraph(page: Page, place: Place) -> None:
    """Enter on a paragraph, a change of mind, and the words that were kept."""
    go_to(page, 3)
    page.keyboard.press("Enter")
    box = page.locator(".writing").get_by_label("Your comment")
    expect(box).to_be_focused()
    page.keyboard.type("A just doubt")
    page.keyboard.press("Escape")
    expect(handle(page, 3)).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    expect(box).to_have_value("A just doubt")
    page.keyboard.press("Control+End")
    page.keyboard.type("?")
    page.keyboard.press("Control+Enter")
    expect(comment(page, "A just doubt?")).to_be_visible()
    thread = steps.newest_thread()
    expect(steps.line(page, thread)).to_be_focused()
    assert stored(place, thread) == [(3, "")]


def pick_sentences(page: Page, place: Place) -> None:
    """`a` on a paragraph: sentences to tick, then the comment."""
    page.keyboard.press("k")
    page.keyboard.press("j")
    go_to(page, 4)
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog", name="Comment on words")
    sentence = dialog.get_by_role("checkbox")
    expect(sentence.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(handle(page, 4)).to_be_focused()
    page.keyboard.press("a")
    expect(sentence.first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(sentence.nth(1)).to_be_checked()
    write(page, dialog.get_by_label("Your comment"), "Where is the best of them.")
    audience = dialog.get_by_label("Who may read it")
    tab_to(page, audience)
    page.keyboard.type("My gr")
    expect(audience.locator("option:checked")).to_have_text("My group (Monday)")
    tab_to(page, dialog.get_by_label("Your comment"), "Shift+Tab")
    page.keyboard.press("Control+Enter")
    expect(comment(page, "Where is the best of them.")).to_be_visible()
    expect(dialog).to_be_hidden()
    thread = steps.newest_thread()
    text = place.block(4).text
    words = text[text.index("It cannot quote") : text.index(" It says yes")]
    assert stored(place, thread) == [(4, words)]
    assert steps.marked(page, thread) == words
    expect(steps.line(page, thread)).to_be_focused()


def reply_edit_withdraw(page: Page) -> None:
    """In the thread that has just been opened."""
    opening = comment(page, "Where is the best of them.")
    enter(page, opening.locator("> .acts").get_by_role("link", name="Reply"))
    expect(opening.get_by_label("Your reply")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opening.locator("> .acts").get_by_role("link", name="Reply")).to_be_focused()
    page.keyboard.press("Enter")
    expect(opening.get_by_label("Your reply")).to_be_focused()
    page.keyboard.type("And no the shortest.")
    page.keyboard.press("Control+Enter")
    own = comment(page, "And no the shortest.")
    expect(own).to_be_visible()
    expect_said(page, "Reply posted")

    enter(page, own.locator("> .acts").get_by_role("link", name="Edit"))
    expect(own.get_by_label("Your comment")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("And “no” the shortest.")
    page.keyboard.press("Control+Enter")
    changed = comment(page, "And “no” the shortest.")
    expect(changed).to_be_visible()

    enter(page, opening.locator("> .acts").get_by_role("button", name="Withdraw"))
    undo = page.locator(".conversation > .notice").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(page.locator(".comment.stub > p")).to_have_text("Withdrawn by its author.")
    page.keyboard.press("Enter")
    expect(opening).to_be_visible()


def report(page: Page, words: str) -> None:
    """Another member's comment, from its paragraph's button on."""
    page.keyboard.press("Escape")
    into_the_text(page)
    go_to(page, 5)
    page.keyboard.press("Enter")
    said = comment(page, words)
    enter(page, said.locator("> .acts").get_by_role("link", name="Report"))
    reason = said.get_by_label("Off the topic")
    tab_to(page, reason)
    page.keyboard.press("Space")
    enter(page, said.get_by_role("button", name="Report"))
    expect(said).to_contain_text("Staff will look at it.")


def answer_the_checkpoint(page: Page, place: Place) -> None:
    quiz = steps.checkpoint(page, place)
    steps.expect_no_key(page)
    tab_to(page, quiz.get_by_label("A quarrel"))
    page.keyboard.press("Space")
    enter(page, quiz.get_by_role("button", name="Check answer"))
    verdict = quiz.get_by_role("status")
    expect(verdict).to_be_focused()
    expect(verdict).to_contain_text("Not yet")
    steps.follow_back(page, place, lambda link: enter(page, link))
    expect(quiz.get_by_role("link", name="Read ¶ 2 again")).to_be_focused()
    enter(page, quiz.get_by_role("link", name="Try again"))
    tab_to(page, quiz.get_by_label("A quarrel"))
    page.keyboard.press("ArrowDown")
    expect(quiz.get_by_label("A conversation")).to_be_checked()
    enter(page, quiz.get_by_role("button", name="Check answer"))
    expect(quiz.get_by_role("status")).to_contain_text("Try 2, for practice: 1 of 1 right.")
    expect(quiz.get_by_role("status")).to_be_focused()


def decide(page: Page) -> None:
    """The instructor's part, from the seminar's page on, by the keys of the queue."""
    enter(page, page.get_by_role("link", name="Desk"))
    enter(page, steps.to_review(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("To review")
    page.wait_for_load_state()
    page.keyboard.press("h")
    page.keyboard.press("1")
    expect(page.get_by_label("Off the topic")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#queue .empty")).to_be_focused()


def test_the_main_job_by_keyboard_alone(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    steps.start(place, place.people.dan, 5, "My cat likes books.")
    page = open_page(None, steps.invite(place))
    join(page)
    find_the_reading(page, place)
    look_around(page)
    answer_the_checkpoint(page, place)
    page.reload()
    into_the_text(page)
    comment_on_a_paragraph(page, place)
    pick_sentences(page, place)
    reply_edit_withdraw(page)
    page.reload()
    report(page, "My cat likes books.")
    decide(open_page(people.alice, people.seminar.get_absolute_url()))

    assert list(Attempt.objects.order_by("number").values_list("score", flat=True)) == [0, 1]
    assert [one.body for one in Comment.objects.order_by("pk")[1:]] == [
        "A just doubt?",
        "Where is the best of them.",
        "And “no” the shortest.",
    ]
    assert Decision.objects.get().comment == Comment.objects.get(body="My cat likes books.")
