"""Threads in the margin and on their own pages: long ones, and what is said in them."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from discussions.models import Comment, Thread
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, comment, paragraph
from tests.discussions.base import answer, say

SHOTS = os.environ.get("SHOTS", "")  # a folder for pictures, to look at what it makes


@pytest.fixture
def place(people: People) -> Place:
    return steps.make_place(people)


@pytest.fixture
def long_thread(place: Place) -> Thread:
    """Forty-five roots by Dan; the first has six answers and the last one is deep."""
    key = place.block(2).key
    thread = say(place.reading, place.people.dan, "Root 0.", block=key, quote="")
    first = thread.comments.get()
    for n in range(1, 45):
        last = answer(thread, place.people.dan, f"Root {n}.")
    for n in range(6):
        answer(thread, place.people.alice, f"Answer {n}.", parent=first)
    for n in range(4):
        last = answer(thread, place.people.alice, f"Depth {n}.", parent=last)
    return thread


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_more_of_a_thread_comes_below_what_is_there(
    open_page: OpenPage, place: Place, long_thread: Thread
) -> None:
    page = open_page(place.people.carol, long_thread.get_absolute_url())
    shot(page, "thread-1")
    page.get_by_label("Reply in this thread").fill("Mine.")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(comment(page, "Mine.")).to_be_visible()
    expect(page.locator(".conversation .comment")).to_have_count(24)
    page.get_by_label("Reply in this thread").fill("Half a though")
    page.get_by_role("link", name="Show more").click()
    expect(comment(page, "Root 20.")).to_be_focused()
    expect(page.locator(".conversation .comment")).to_have_count(44)
    expect(page.get_by_label("Reply in this thread")).to_have_value("Half a though")
    page.get_by_role("link", name="Show more").click()
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
    expect(comment(page, "Mine.")).to_have_count(1)
    shot(page, "thread-2")
    # What is changed far below leaves all of it where it is.
    own = comment(page, "Mine.")
    own.get_by_role("link", name="Edit").click()
    own.get_by_label("Your comment").fill("Mine, put right.")
    own.get_by_role("button", name="Save").click()
    expect(comment(page, "Mine, put right.")).to_be_focused()
    expect(comment(page, "Root 20.")).to_be_visible()
    page.get_by_role("link", name="3 more replies").or_(
        page.get_by_role("link", name="more replies")
    ).first.click()
    expect(page.get_by_role("link", name="The whole thread")).to_be_focused()
    expect(comment(page, "Answer 5.")).to_be_visible()
    shot(page, "thread-3")


def test_a_link_to_a_comment_opens_the_card_at_its_page(
    open_page: OpenPage, place: Place, long_thread: Thread
) -> None:
    deep = Comment.objects.get(body="Depth 3.")
    page = open_page(place.people.carol, f"{place.path}#c{deep.pk}")
    expect(page.locator(f"#c{deep.pk}")).to_be_focused()
    expect(page.get_by_role("link", name="The whole thread")).to_be_visible()
    shot(page, "card-1")
    late = Comment.objects.get(body="Root 30.")
    page.evaluate(f"location.hash = 'c{late.pk}'")
    expect(page.locator(f"#c{late.pk}")).to_be_focused()
    expect(page.get_by_role("link", name="Earlier comments")).to_be_visible()
    shot(page, "card-2")


def test_a_paragraph_that_is_cited_comes_into_sight(open_page: OpenPage, place: Place) -> None:
    thread = say(
        place.reading, place.people.dan, "Compare ¶ 9.", block=place.block(2).key, quote=""
    )
    page = open_page(place.people.carol, f"{place.path}#t{thread.pk}")
    page.evaluate("document.stays = true")
    comment(page, "Compare").get_by_role("link", name="¶ 9").click()
    expect(page).to_have_url(re.compile("#p9$"))
    expect(paragraph(page, 9)).to_be_in_viewport()
    assert page.evaluate("document.stays")


def test_the_link_to_a_comment_is_copied_where_scripts_run(
    open_page: OpenPage, place: Place, long_thread: Thread
) -> None:
    first = long_thread.comments.get(seq=1)
    page = open_page(place.people.carol, long_thread.get_absolute_url())
    page.wait_for_load_state("networkidle")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    acts = page.locator(f"#c{first.pk} > .acts")
    acts.get_by_role("link", name="Copy link to what Dan says").click()
    expect(acts.get_by_text("Link copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(copied)
    expect(page.locator(f"#c{first.pk}")).to_be_focused()
    plain = open_page(place.people.carol, long_thread.get_absolute_url(), js=False)
    expect(plain.locator(f"#c{first.pk} > .acts").get_by_text("Copy link")).to_be_hidden()
    plain.locator(f"#c{first.pk} .when").first.click()
    expect(plain).to_have_url(re.compile(f"#c{first.pk}$"))


def test_words_are_previewed_below_the_form(open_page: OpenPage, place: Place) -> None:
    key = place.block(2).key
    thread = say(place.reading, place.people.dan, "Words to answer.", block=key, quote="")
    for js in (True, False):
        page = open_page(place.people.carol, thread.get_absolute_url(), js=js)
        page.get_by_label("Reply in this thread").fill("Is it *so*?")
        page.get_by_role("button", name="Preview").click()
        expect(page.locator(".preview em")).to_have_text("so")
        expect(page.locator("textarea")).to_have_value("Is it *so*?")
        shot(page, f"preview-{js}")
        page.get_by_role("button", name="Reply" if js else "Post", exact=True).click()
        expect(page.locator(".comment em")).to_have_count(1 if js else 2)
        expect(page.locator(".preview em")).to_have_count(0)


def test_two_windows_that_edit_one_comment_lose_nothing(open_page: OpenPage, place: Place) -> None:
    key = place.block(2).key
    thread = say(place.reading, place.people.carol, "As it was first.", block=key, quote="")
    first, second = (open_page(place.people.carol, thread.get_absolute_url()) for _ in range(2))
    said = thread.comments.get()
    for page in (first, second):
        page.locator(f"#c{said.pk} > .acts").get_by_role("link", name="Edit").click()
    for page, words in ((first, "As it was put right."), (second, "As it is here.")):
        page.get_by_label("Your comment").fill(words)
        page.get_by_role("button", name="Save").click()
    expect(second.get_by_role("alert")).to_be_focused()
    expect(second.locator("[data-slot] .prose")).to_have_text("As it was put right.")
    expect(second.get_by_label("What you wrote")).to_have_value("As it is here.")
    shot(second, "stale")
    second.get_by_role("link", name="Leave it as it stands").click()
    expect(comment(second, "As it was put right.")).to_be_focused()
    second.locator(f"#c{said.pk} > .acts").get_by_role("link", name="Edit").click()
    expect(second.get_by_label("Your comment")).to_have_value("As it is here.")  # the draft
    second.locator(f"#c{said.pk} [name=version]").evaluate("one => { one.value = 1; }")
    second.get_by_role("button", name="Save").click()
    second.get_by_role("button", name="Save mine instead").click()
    expect(comment(second, "As it is here.")).to_be_focused()
    second.get_by_role("link", name="edited").click()
    expect(second.locator(".diff ins")).to_have_count(1)
    shot(second, "history")
    second.go_back()
    second.locator(f"#c{said.pk} > .acts").get_by_role("link", name="Edit").click()
    expect(second.get_by_label("Your comment")).to_have_value("As it is here.")
    expect(second.locator(f"#c{said.pk}-form .draft-state")).to_be_hidden()
