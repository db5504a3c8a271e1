"""The main job by touch on a narrow screen: 390 px, taps alone, targets of at least 44 px."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from discussions.models import Comment, Report
from quizzes.models import Attempt
from seminars.audience import Audience
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, comment, expect_said, handle, paragraph, stored

pytestmark = pytest.mark.main_job

TARGET = 44  # px: what a finger hits (Apple's guideline; WCAG 2.5.5)
WIDTH = 390


# Where something else is hit at the four sides of a square of 44 px around the control's middle.
HIT = """(control, reach) => {
  control.scrollIntoView({ block: "center" });
  const box = control.getBoundingClientRect();
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return [[x - reach, y], [x + reach, y], [x, y - reach], [x, y + reach]]
    .filter(([x, y]) => !control.contains(document.elementFromPoint(x, y)));
}"""


def tap(control: Locator) -> None:
    """Tap what a finger cannot miss."""
    missed = control.evaluate(HIT, TARGET / 2 - 1)
    assert not missed, f"{control} is too small: {control.bounding_box()}, missed at {missed}"
    control.tap()


def tap_in_line(link: Locator) -> None:
    """Tap a link that stands in a line of text, which no rule can make taller than the line."""
    link.tap()


def expect_no_overflow(page: Page) -> None:
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def choose(scope: Locator, label: str) -> None:
    """Tap the row of a radio button or a box."""
    tap(scope.locator("label").filter(has_text=label))


def find_the_reading(page: Page, place: Place) -> None:
    tap(page.get_by_role("link", name="Colloquy"))
    tap(page.get_by_role("link", name="Open Two views"))
    tap(page.get_by_role("link", name="Start The reader's margin"))
    expect(page).to_have_url(re.compile(place.path))


def use_the_dock(page: Page) -> None:
    """Contents, display and the place, at the thumb."""
    dock = page.get_by_role("navigation", name="Reading tools")
    box = dock.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == page.evaluate("innerHeight")
    tap(dock.get_by_role("button", name="Contents"))
    contents = page.locator("#contents")
    expect(contents).to_be_visible()
    tap(contents.get_by_role("link", name="What the margin asks"))
    expect(
        page.locator("#text").get_by_role("heading", name="What the margin asks")
    ).to_be_in_viewport()
    expect(contents).to_be_hidden()
    tap(dock.get_by_role("button", name="Display"))
    menu = page.get_by_role("form", name="Display")
    with page.expect_response("**/display/"):
        choose(menu, "Dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    tap(dock.get_by_role("button", name="Display"))
    expect(menu).to_be_hidden()
    expect(dock.locator("[data-percent]")).to_have_text(re.compile(r"[1-9]\d? %"))
    tap_in_line(page.get_by_role("link", name="Note 1", exact=True))
    expect(page.get_by_role("note", name="Note 1")).to_contain_text("any diary of a reader")
    page.keyboard.press("Escape")


def annotate_words(page: Page, place: Place) -> None:
    """A long press selects, and the bar comes up from below."""
    steps.select_words(page, "Printers left it wide", "their doubts")
    bar = page.locator("selection-toolbar")
    expect(bar).to_be_visible()
    box = bar.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, WIDTH)
    assert round(box["y"] + box["height"]) == page.evaluate("innerHeight")
    tap(steps.toolbar(page, "Comment"))
    form = page.locator(".writing form")
    form.get_by_label("Your comment").fill("All of them?")
    audience = form.get_by_label("Who may read it")
    tap(audience)  # the list that it opens is the phone's own
    audience.select_option(label="My group (Monday)")
    tap(form.get_by_role("button", name="Post"))
    expect(comment(page, "All of them?")).to_be_visible()
    thread = steps.newest_thread()
    assert thread.audience == Audience.GROUP
    assert stored(place, thread) == [
        (3, "Printers left it wide, and readers filled it with their doubts")
    ]
    assert steps.marked(page, thread) == stored(place, thread)[0][1]

    steps.select_words(page, "beside it; it cannot", "for there is no room")
    tap(steps.toolbar(page, "Highlight"))
    expect_said(page, "Highlighted")
    expect(bar).to_be_hidden()
    highlight = steps.newest_thread()
    assert stored(place, highlight) == [
        (4, "beside it; it cannot explain at length, for there is no room")
    ]


def talk(page: Page) -> None:
    """A paragraph's chip opens its thread below it: answer, change, withdraw, report."""
    expect(comment(page, "My cat likes books.")).to_have_count(0)
    tap(handle(page, 5))
    said = comment(page, "My cat likes books.")
    expect(said).to_be_visible()
    below = paragraph(page, 5).locator("[data-text]").bounding_box()
    box = said.bounding_box()
    assert below is not None
    assert box is not None
    assert box["y"] > below["y"] + below["height"]

    tap(said.locator("> .acts").get_by_role("link", name="Reply"))
    said.get_by_label("Your reply").fill("Mine too.")
    tap(said.locator("> [data-slot]").get_by_role("button", name="Reply"))
    own = comment(page, "Mine too.")
    expect(own).to_be_visible()
    tap(own.get_by_role("link", name="Edit"))
    own.get_by_label("Your comment").fill("Mine too, the thick ones.")
    tap(own.get_by_role("button", name="Save"))
    own = comment(page, "Mine too, the thick ones.")
    tap(own.get_by_role("button", name="Withdraw"))
    tap(page.locator(".conversation > .notice").get_by_role("button", name="Undo"))
    expect(own).to_be_visible()

    tap(said.locator("> .acts").get_by_role("link", name="Report"))
    choose(said.locator("> [data-slot]"), "Off the topic")
    tap(said.locator("> [data-slot]").get_by_role("button", name="Report"))
    expect(said).to_contain_text("Staff will look at it.")
    expect_no_overflow(page)


def comment_on_a_paragraph(page: Page, place: Place) -> None:
    """The chip of a paragraph without threads opens the form at once."""
    tap(handle(page, 9))
    form = paragraph(page, 9).locator(".writing form")
    form.get_by_label("Your comment").fill("Who puts it away?")
    choose(form, "Question")
    expect(form.get_by_label("Question")).to_be_checked()
    tap(form.get_by_role("button", name="Post"))
    expect(comment(page, "Who puts it away?")).to_be_visible()
    assert stored(place, steps.newest_thread()) == [(9, "")]
    tap(steps.line(page, steps.newest_thread()))


def answer_the_checkpoint(page: Page, place: Place) -> None:
    quiz = steps.checkpoint(page, place)
    steps.expect_no_key(page)
    choose(quiz, "A quarrel")
    tap(quiz.get_by_role("button", name="Check answer"))
    expect(quiz.get_by_role("status")).to_contain_text("Not yet")
    steps.follow_back(page, place, tap_in_line)
    tap(quiz.get_by_role("link", name="Try again"))
    choose(quiz, "A conversation")
    tap(quiz.get_by_role("button", name="Check answer"))
    expect(quiz.get_by_role("status")).to_contain_text("Try 2, for practice: 1 of 1 right.")


def test_the_main_job_by_touch(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    steps.start(place, people.dan, 5, "My cat likes books.")
    page = open_page(None, steps.invite(place), width=WIDTH, height=844, touch=True)
    steps.join_by_account(page, "Nora", tap)
    find_the_reading(page, place)
    expect_no_overflow(page)
    use_the_dock(page)
    answer_the_checkpoint(page, place)
    annotate_words(page, place)
    talk(page)
    comment_on_a_paragraph(page, place)

    assert [one.body for one in Comment.objects.order_by("pk")[1:]] == [
        "All of them?",
        "Mine too, the thick ones.",
        "Who puts it away?",
    ]
    assert Report.objects.get().comment.body == "My cat likes books."
    assert list(Attempt.objects.order_by("number").values_list("score", flat=True)) == [0, 1]
