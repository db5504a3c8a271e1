"""A text changes under a reading that is annotated: all of it, as people do it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from discussions.models import Thread
from discussions.threads.actions import start_thread
from readings.models import ReanchoredPassage, Revision
from readings.passages.segments import Segment
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, shown
from tests.readings.revised import standing

# Of the third paragraph a word is another, the fourth is gone, one is new.
EDITS = [
    ("Printers left it wide", "Printers left it generously wide"),
    ("A note in a margin is short because the margin is narrow. ", ""),
    (
        "It cannot quote, for the words stand beside it; it cannot explain at length, for there "
        "is no room. It says yes, or no, or where.",
        "Brevity is asked of everybody who writes there.",
    ),
]


@pytest.fixture
def place(transactional_db: None, people: People) -> Place:
    return steps.make_place(people)


def on(place: Place, number: int, words: str, body: str) -> Thread:
    return start_thread(
        reading=place.reading,
        segments=[Segment(place.block(number).key, quote=words)],
        audience="seminar",
        kind="comment",
        body=body,
        by=place.people.carol,
    )


def changed_file() -> str:
    text = steps.ESSAY.replace("\\\n", "")
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new)
    return text


def publish(page: Page, place: Place) -> None:
    """From the essay's page, with a changed file, to the list of what changed."""
    page.goto(reverse("essay_detail", args=[place.reading.essay_id]))
    page.get_by_role("link", name="Upload a new file").click()
    file = {"name": "margin.md", "mimeType": "text/markdown", "buffer": changed_file().encode()}
    page.get_by_label("The essay’s file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="Check the essay")).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("Two views"))).to_be_checked()
    page.get_by_role("button", name="Publish to the library").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed in revision 2")


def test_from_a_changed_file_to_its_withdrawal(place: Place, open_page: OpenPage) -> None:
    kept = on(place, 3, "Much of what we know of early readers", "Kept.")
    changed = on(
        place, 3, "Printers left it wide, and readers filled it with their doubts", "Changed."
    )
    gone = on(place, 4, "It says yes, or no, or where", "Gone.")
    also_gone = on(place, 4, "it cannot explain at length", "Gone as well.")
    before = standing(place.reading)

    page = open_page(place.people.alice)
    publish(page, place)
    expect(page.locator("ins").filter(has_text="generously")).to_be_visible()
    page.get_by_role("link", name=re.compile("What became of the passages")).click()
    expect(page.get_by_role("heading", name="Words that are gone (2)")).to_be_visible()
    expect(page.locator(".outcome").filter(has_text="Changed.")).to_contain_text("generously wide")
    expect(page.get_by_text("Kept.")).to_have_count(0)

    place_by_mouse(page, "Gone.", gone)
    place_by_keyboard(page, "Gone as well.", also_gone)
    readers_see_both_texts(open_page(place.people.carol, place.path), changed, gone, kept)
    withdraw(page, place)
    assert standing(place.reading) == before


def place_by_mouse(page: Page, body: str, thread: Thread) -> None:
    outcome = page.locator(".outcome").filter(has_text=body)
    outcome.get_by_role("link", name=re.compile("Place by hand")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Place a passage")
    steps.drag_over(page, "Brevity is asked of everybody")
    steps.toolbar(page, "These words").click()
    expect(page.locator("[data-quote]")).to_have_text("Brevity is asked of everybody")
    page.get_by_role("button", name="Place it here").click()
    expect(page.get_by_role("status").first).to_contain_text("Placed.")
    thread.refresh_from_db()
    assert thread.passage is not None
    assert thread.passage.quote == "Brevity is asked of everybody"


def place_by_keyboard(page: Page, body: str, thread: Thread) -> None:
    outcome = page.locator(".outcome").filter(has_text=body)
    outcome.get_by_role("link", name=re.compile("Place by hand")).press("Enter")
    number = page.get_by_label("Paragraph number")
    number.fill("3")
    page.get_by_role("button", name="Show its sentences").press("Enter")
    page.get_by_role("checkbox", name=re.compile("The margin was made")).press("Space")
    page.get_by_role("button", name="Place it here").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Placed.")
    thread.refresh_from_db()
    assert thread.passage is not None
    assert thread.passage.quote == "The margin was made for this."
    assert ReanchoredPassage.objects.filter(decided_at__isnull=False).count() == 2


def readers_see_both_texts(page: Page, changed: Thread, gone: Thread, kept: Thread) -> None:
    note = page.get_by_text("The text was revised since you were here")
    expect(note).to_have_count(0)  # a first visit: there was nothing before
    card = steps.card(page, changed)
    expect(card).to_contain_text("This passage changed")
    card.locator("> summary").click()
    expect(card.locator(".change")).to_contain_text("Printers left it wide")
    expect(card.locator(".change")).to_contain_text("Printers left it generously wide")
    expect(steps.card(page, gone)).to_contain_text("This passage changed")
    expect(steps.card(page, kept)).not_to_contain_text("This passage changed")
    assert steps.marked(page, gone) == "Brevity is asked of everybody"


def withdraw(page: Page, place: Place) -> None:
    revision = Revision.objects.get(number=2)
    page.goto(reverse("revision_changes", args=[revision.pk]))
    page.get_by_role("link", name="Withdraw this revision").click()
    expect(shown(page, "2 decisions made by hand are taken back")).to_be_visible()
    page.get_by_role("button", name="Withdraw revision 2").click()
    expect(shown(page, "Revision 2 is withdrawn.")).to_be_visible()
    place.reading.refresh_from_db()
    assert place.reading.revision.number == 1


def test_comments_posted_from_a_page_with_the_old_text(place: Place, open_page: OpenPage) -> None:
    """The words are found in the new text, or the writer is told, and keeps what they wrote."""
    carol = open_page(place.people.carol, place.path)
    dan = open_page(place.people.dan, place.path)
    publish(open_page(place.people.alice), place)
    place.reading.refresh_from_db()

    steps.drag_over(carol, "Much of what we know")
    steps.toolbar(carol, "Comment").click()
    carol.get_by_label("Your comment").fill("Still there.")
    carol.get_by_role("button", name="Post").click()
    expect(shown(carol, "The text was revised meanwhile")).to_be_visible()
    assert steps.stored(place, steps.newest_thread()) == [(3, "Much of what we know")]

    steps.drag_over(dan, "It says yes, or no, or where")
    steps.toolbar(dan, "Comment").click()
    dan.get_by_label("Your comment").fill("Is it there?")
    dan.get_by_role("button", name="Post").click()
    expect(dan.get_by_role("alert")).to_contain_text("The text was revised while you were reading")
    expect(dan.get_by_label("Your comment")).to_have_value("Is it there?")
    assert Thread.objects.filter(author=place.people.dan).count() == 0

    dan.reload()
    expect(shown(dan, "The text was revised since you were here")).to_be_visible()
    dan.reload()
    expect(dan.get_by_text("The text was revised since you were here")).to_have_count(0)
