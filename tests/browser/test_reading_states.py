"""The states of the reading page: what stands there while nothing does, and when something fails.

What is unread and what arrives have their own files (test_unread, test_live), and so have a changed
passage (test_revisions), who is signed out meanwhile (test_drafts), a link that leads to nothing
(test_refusals) and the times (test_times).
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from discussions.comments.actions import withdraw
from discussions.models import Comment, Thread
from readings.models import Reading
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, card, comment, handle, paragraph
from tests.discussions.base import answer

WORDS = "A thought that took an hour"
OPACITY = "(one) => Number(getComputedStyle(one).opacity)"


@pytest.fixture
def place(people: People) -> Place:
    people.carol.user.set_display(annotations="all")
    return steps.make_place(people)


def test_empty(open_page: OpenPage, place: Place) -> None:
    """No box; a plus at the paragraph that one points at or stands on, faintly under a finger."""
    page = open_page(place.people.carol, place.path)
    expect(page.locator(".thread, .writing")).to_have_count(0)
    at_end = page.get_by_text("No comments yet. Start with the paragraph that stopped you.")
    expect(at_end).to_have_count(1)
    plus = handle(page, 3)
    expect(plus).to_have_css("opacity", "0")
    paragraph(page, 3).hover()
    expect(plus).to_have_css("opacity", "1")
    handle(page, 5).focus()
    expect(handle(page, 5)).to_have_css("opacity", "1")
    phone = open_page(place.people.carol, place.path, width=390, touch=True)
    assert 0.3 < handle(phone, 3).evaluate(OPACITY) < 1


def test_loading_and_failing_to(open_page: OpenPage, place: Place) -> None:
    thread = steps.start(place, place.people.dan, 5, "My cat likes books.")
    page = open_page(place.people.carol, place.path)
    held: list[Route] = []
    one_thread = re.compile(r"/threads/\d+/$")
    page.route(one_thread, lambda route: held.append(route))
    steps.line(page, thread).click()
    here = card(page, thread)
    expect(here).to_have_attribute("aria-busy", "true")
    expect(here.locator(".skeleton")).to_be_visible()
    held.pop().fulfill(status=429, body="")
    told = here.get_by_role("alert")
    expect(told).to_contain_text("The thread could not be loaded.")
    expect(told).to_contain_text("the server is busy")
    expect(here).not_to_have_attribute("aria-busy", "true")
    expect(here.locator(".skeleton")).to_have_count(0)
    page.unroute(one_thread)
    told.get_by_role("button", name="Try again").click()
    expect(comment(page, "My cat likes books.")).to_be_visible()
    expect(told).to_have_count(0)


def test_error_and_offline(open_page: OpenPage, place: Place) -> None:
    """In place, with the draft kept; what was sent without a connection goes when it is back."""
    page = open_page(place.people.carol, place.path)
    handle(page, 2).press("Enter")
    form = paragraph(page, 2).locator(".writing")
    field = form.get_by_role("textbox")
    field.press_sequentially(WORDS)
    page.route("**/threads/", lambda route: route.fulfill(status=429, body=""))
    field.press("Control+Enter")
    told = form.get_by_role("alert")
    expect(told).to_contain_text("the server is busy")
    expect(field).to_have_value(WORDS)
    page.unroute("**/threads/")
    page.context.set_offline(True)
    told.get_by_role("button", name="Try again").click()
    expect(told).to_contain_text("You are offline. Your words are kept on this device")
    expect(told.get_by_role("button")).to_have_count(0)  # trying again cannot work
    expect(field).to_have_value(WORDS)
    assert not Comment.objects.exists()
    page.context.set_offline(False)
    expect(comment(page, WORDS)).to_be_visible()
    expect(form).to_have_count(0)
    assert Comment.objects.get().body == WORDS


def test_closed_or_gone_meanwhile(open_page: OpenPage, place: Place) -> None:
    """Said with the reason, where the words stay to be copied or posted elsewhere."""
    people = place.people
    thread = steps.start(place, people.dan, 5, "My cat likes books.")
    page = open_page(people.carol, f"{place.path}#t{thread.pk}")
    end = card(page, thread).get_by_label("Reply in this thread")
    expect(end).to_be_visible()
    Thread.objects.update(state="locked")
    end.fill(WORDS)
    end.press("Control+Enter")
    told = card(page, thread).locator("[role=alert], .errors").first
    expect(told).to_contain_text("This thread is locked: nobody can reply any more.")
    expect(card(page, thread).locator("textarea").first).to_have_value(WORDS)

    Thread.objects.update(state="open")
    page.reload()
    said = comment(page, "My cat likes books.")
    expect(said).to_be_visible()
    withdraw(comment=thread.comments.get(), by=people.dan)
    end.fill(WORDS)
    end.press("Control+Enter")
    expect(card(page, thread).get_by_role("alert")).to_be_visible()
    expect(said).to_be_visible()  # nothing is taken from under the words
    expect(end).to_have_value(WORDS)

    Reading.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    paragraph(page, 2).hover()
    handle(page, 2).click()
    form = paragraph(page, 2).locator(".writing")
    form.get_by_role("textbox").fill(WORDS)
    form.get_by_role("button", name="Post").click()
    expect(form.get_by_role("alert")).to_contain_text(re.compile("closed"))
    expect(form.get_by_role("textbox")).to_have_value(WORDS)
    assert Comment.objects.count() == 1


def test_link_to_what_the_filter_keeps_away(open_page: OpenPage, place: Place) -> None:
    """It is shown all the same; and what else is kept away is said at the end of the text."""
    people = place.people
    thread = steps.start(place, people.dan, 5, "My cat likes books.")
    steps.start(place, people.dan, 6, "My dog does not.")
    said = answer(thread, people.bob, "Mine neither.")
    people.carol.user.set_display(annotations="none")
    page = open_page(people.carol, f"{place.path}#c{said.pk}")
    expect(page.locator(f"#c{said.pk}")).to_be_focused()
    expect(comment(page, "Mine neither.")).to_be_in_viewport()
