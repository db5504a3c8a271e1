"""The main job where scripting is off: everything by links and forms."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from discussions.models import Comment, CommentState, Decision
from quizzes.models import Attempt
from readings.models import Reading
from seminars.audience import Audience
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, comment, handle, shown, stored

pytestmark = pytest.mark.main_job


def click(control: Locator) -> None:
    control.click()


def find_the_reading(page: Page, place: Place) -> None:
    page.get_by_role("link", name="Colloquy").click()
    page.get_by_role("link", name="Two views", exact=True).click()
    page.get_by_role("link", name="The reader's margin", exact=True).click()
    expect(page).to_have_url(re.compile(place.path))


def look_around(page: Page) -> None:
    page.locator("nav.toc").get_by_role("link", name="What the margin asks").click()
    expect(
        page.locator("#text").get_by_role("heading", name="What the margin asks")
    ).to_be_in_viewport()
    page.get_by_role("link", name="Note 1", exact=True).click()
    expect(page.locator("#note-1")).to_be_in_viewport()
    page.get_by_role("link", name="Back to note 1 in the text").click()
    expect(page.locator("#ref-1")).to_be_in_viewport()
    page.get_by_role("button", name="Display").first.click()
    menu = page.get_by_role("form", name="Display")
    menu.get_by_text("Dark", exact=True).click()
    menu.locator(".segments").filter(has_text="Guide, mine").get_by_text("All").click()
    menu.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(re.compile(r"/r/margin/"))


def annotate_words(page: Page, place: Place) -> None:
    """Words pasted into the form; first wrong ones, which lose nothing."""
    handle(page, 3).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comment on ¶ 3")
    page.get_by_label("Or paste or type the words").fill("words that stand elsewhere")
    page.get_by_label("Your comment").fill("With *doubts* alone?")
    audience = page.get_by_label("Who may read it")
    audience.select_option(label="My group (Monday)")
    page.get_by_role("button", name="Post").click()
    expect(shown(page, "These words are not in this paragraph")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("With *doubts* alone?")
    expect(audience.locator("option:checked")).to_have_text("My group (Monday)")
    page.get_by_label("Or paste or type the words").fill("filled it with\n their doubts")
    page.get_by_role("button", name="Post").click()
    thread = steps.newest_thread()
    expect(page).to_have_url(re.compile(rf"#t{thread.pk}$"))
    assert thread.audience == Audience.GROUP
    assert stored(place, thread) == [(3, "filled it with their doubts")]
    assert steps.marked(page, thread) == "filled it with their doubts"

    handle(page, 4).click()
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("checkbox").nth(2).check()
    page.get_by_role("button", name="Highlight only").click()
    highlight = steps.newest_thread()
    text = place.block(4).text
    assert stored(place, highlight) == [(4, text[text.index("It cannot quote") :])]
    assert steps.marked(page, highlight) == stored(place, highlight)[0][1]
    steps.line(page, highlight).click()
    steps.card(page, highlight).get_by_role("link", name="About this highlight").click()
    page.get_by_role("button", name="Remove highlight").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.goto(place.path)
    expect(steps.card(page, highlight)).to_have_count(0)


def talk(page: Page) -> None:
    """Answer another's comment, change one's words, withdraw them and put them back; report."""
    page.locator(".thread").filter(has_text="My cat likes books.").locator("> summary").click()
    page.get_by_role("link", name="Open the thread").locator("visible=true").click()
    comment(page, "My cat likes books.").get_by_role("link", name="Reply to Dan").click()
    page.get_by_label("Your reply").fill("Mine too.")
    page.get_by_role("button", name="Reply").first.click()
    own = comment(page, "Mine too.")
    expect(own).to_be_visible()
    own.get_by_role("link", name="Edit").click()
    page.get_by_label("Your comment").fill("Mine too, the thick ones.")
    page.get_by_role("button", name="Save").click()
    own = comment(page, "Mine too, the thick ones.")
    own.get_by_role("button", name="Withdraw").click()
    expect(shown(page, "Your comment is withdrawn.")).to_be_visible()
    expect(own).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(own).to_be_visible()

    comment(page, "My cat likes books.").locator("> .acts").get_by_role(
        "link", name="Report"
    ).click()
    page.get_by_label("Off the topic").check()
    page.get_by_role("button", name="Report").click()
    expect(shown(page, "Staff will look at it.")).to_be_visible()


def answer_the_checkpoint(page: Page, place: Place) -> None:
    page.goto(place.path)
    quiz = steps.checkpoint(page, place)
    steps.expect_no_key(page)
    quiz.get_by_role("button", name="Check answer").click()
    expect(shown(page, "Not checked yet.")).to_be_visible()
    steps.expect_no_key(page)
    quiz.get_by_label("A quarrel").check()
    quiz.get_by_role("button", name="Check answer").click()
    expect(quiz.locator(".result")).to_contain_text("Not yet")
    expect(quiz).to_contain_text("Feedback-wrong")
    quiz.get_by_role("link", name="Read ¶ 2 again").click()
    expect(steps.paragraph(page, 2)).to_be_in_viewport()
    page.go_back()
    expect(quiz).to_be_in_viewport()
    quiz.get_by_role("link", name="Try again").click()
    quiz.get_by_label("A conversation").check()
    quiz.get_by_role("button", name="Check answer").click()
    expect(quiz.locator(".result")).to_contain_text("Try 2, for practice: 1 of 1 right.")


def hide_it(page: Page) -> None:
    """The instructor's part."""
    page.get_by_role("link", name="Desk").click()
    steps.to_review(page).click()
    page.get_by_text("Hide", exact=True).click()
    page.get_by_role("button", name="Hide it").click()
    expect(shown(page, "Choose the reason that members will see.")).to_be_visible()
    steps.hide(page, "Off the topic")
    expect(page.get_by_role("heading", name="All done.")).to_be_visible()


def see_it_hidden(page: Page, reading: Reading) -> None:
    page.goto(f"/s/seminar/r/{reading.slug}/threads/")
    page.get_by_role("link", name="Hidden comment").click()
    expect(page.locator(".comment.stub > p")).to_have_text("Hidden by staff: Off the topic")
    assert "My cat likes books." not in page.content()
    expect(comment(page, "Mine too, the thick ones.")).to_be_visible()


def test_the_main_job_without_javascript(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    steps.start(place, people.dan, 5, "My cat likes books.")
    page = open_page(None, steps.invite(place), js=False)
    steps.join_by_account(page, "Nora", click)
    find_the_reading(page, place)
    look_around(page)
    annotate_words(page, place)
    talk(page)
    answer_the_checkpoint(page, place)
    hide_it(open_page(people.alice, people.seminar.get_absolute_url(), js=False))
    see_it_hidden(page, place.reading)

    said = Comment.objects.order_by("pk")
    assert [(one.body, one.state) for one in said] == [
        ("My cat likes books.", CommentState.HIDDEN),
        ("With *doubts* alone?", CommentState.PUBLISHED),
        ("Mine too, the thick ones.", CommentState.PUBLISHED),
    ]
    assert Decision.objects.get().comment == said[0]
    assert list(Attempt.objects.order_by("number").values_list("score", flat=True)) == [0, 1]
