"""The main job with a mouse: from an instructor's invitation to an answered checkpoint."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from discussions.models import Comment
from quizzes.models import Attempt
from seminars.audience import Audience
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, expect_said

pytestmark = pytest.mark.main_job


def invitation_made_by(page: Page) -> str:
    """What the instructor copies from the page, without the site's own address."""
    page.get_by_role("link", name="Two views", exact=True).click()
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Invite people").click()
    page.get_by_role("combobox", name="Group").select_option(label="Monday")
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_role("textbox", name="Link").input_value()
    return re.sub(r"^https?://[^/]+", "", link)


def find_the_reading(page: Page, place: Place) -> None:
    """From wherever one is, by way of one's seminars."""
    page.get_by_role("link", name="Colloquy").first.click()
    expect(page.get_by_role("heading", name="My seminars")).to_be_visible()
    page.get_by_role("link", name="Two views", exact=True).click()
    page.get_by_role("link", name="The reader's margin", exact=True).click()
    expect(page).to_have_url(re.compile(place.path))


def look_around(page: Page) -> None:
    """Contents, a note and the way back, a permalink."""
    page.wait_for_load_state("load")  # until its script is there, a note's number leads to the list
    page.locator("nav.toc").get_by_role("link", name="What the margin asks").click()
    heading = page.locator("#text").get_by_role("heading", name="What the margin asks")
    expect(heading).to_be_in_viewport()
    page.get_by_role("link", name="Note 1", exact=True).click()
    note = page.get_by_role("note", name="Note 1")
    expect(note).to_contain_text("any diary of a reader")
    note.get_by_role("link", name="In the list of notes").click()
    expect(page.locator("#note-1")).to_be_in_viewport()
    page.get_by_role("link", name="Back to note 1 in the text").click()
    expect(page.locator("#ref-1")).to_be_in_viewport()
    steps.paragraph(page, 6).hover()
    page.get_by_role("link", name="Paragraph 6", exact=True).click()
    expect(page).to_have_url(re.compile(r"#p6$"))
    page.reload()
    expect(steps.paragraph(page, 6)).to_be_in_viewport()


def highlight_words(page: Page, place: Place) -> None:
    thread = steps.highlight(page, "filled it with their doubts")
    expect_said(page, "Highlighted")
    assert steps.stored(place, thread) == [(3, "filled it with their doubts")]
    assert (thread.audience, thread.is_highlight) == (Audience.ME, True)
    expect(page.locator(f'mark[data-threads~="{thread.pk}"]').first).to_be_visible()
    assert steps.marked(page, thread) == "filled it with their doubts"


def comment_for_the_group(page: Page, place: Place) -> None:
    steps.drag_over(page, "🖋🖋 stop", "a conversation")
    steps.toolbar(page, "Comment").click()
    form = page.locator(".writing form")
    words = "🖋🖋 stop at the same words, a conversation"
    expect(form.locator("[data-quote]")).to_have_text(words)
    form.get_by_label("Your comment").fill("Is it a *conversation* if nobody answers?")
    form.get_by_label("Who may read it").select_option(label="My group (Monday)")
    form.get_by_role("button", name="Post").click()
    expect_said(page, "Comment posted")
    thread = steps.newest_thread()
    assert steps.stored(place, thread) == [(2, words)]
    assert (thread.audience, thread.group) == (Audience.GROUP, place.people.monday)
    assert steps.marked(page, thread) == words
    expect(steps.card(page, thread).locator(".prose em")).to_have_text("conversation")


def answer_the_checkpoint(page: Page, place: Place) -> None:
    quiz = steps.checkpoint(page, place)
    steps.expect_no_key(page)
    quiz.get_by_label("A quarrel").check()
    quiz.get_by_role("button", name="Check answer").click()
    verdict = quiz.get_by_role("status")
    expect(verdict).to_contain_text("Not yet")
    expect(verdict).to_be_focused()
    expect(quiz).to_contain_text("Feedback-wrong")
    steps.follow_back(page, place, lambda link: link.click())
    expect(quiz).to_be_in_viewport()
    quiz.get_by_role("link", name="Try again").click()
    quiz.get_by_label("A conversation").check()
    quiz.get_by_role("button", name="Check answer").click()
    expect(quiz.get_by_role("status")).to_contain_text("Try 2, for practice: 1 of 1 right.")
    expect(quiz).to_contain_text("Feedback-right")


def test_from_an_invitation_to_an_answered_checkpoint(open_page: OpenPage, people: People) -> None:
    place = steps.make_place(people)
    link = invitation_made_by(open_page(people.alice))
    page = open_page(None, link)
    steps.join_by_account(page, "Nora", lambda control: control.click())
    find_the_reading(page, place)
    look_around(page)
    highlight_words(page, place)
    comment_for_the_group(page, place)
    answer_the_checkpoint(page, place)

    nora = User.objects.get(email="nora@example.org").memberships.get()
    assert (nora.name, nora.role, nora.group) == ("Nora", "participant", people.monday)
    assert Comment.objects.get().author == nora
    scores = Attempt.objects.filter(membership=nora).order_by("number").values_list("score")
    assert [score for (score,) in scores] == [0, 1]
