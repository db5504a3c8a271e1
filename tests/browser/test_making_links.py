"""A link between two texts, made without scripting, by mouse and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from discussions.models import Thread
from readings.models import Reading
from tests.base import People, make_reading
from tests.browser.conftest import OpenPage
from tests.browser.steps import handle, select_words, shown


@pytest.fixture
def readings(people: People) -> tuple[Reading, Reading]:
    near, far, third = (make_reading(people, slug=slug) for slug in ("doors", "fences", "third"))
    for reading, title in ((near, "Small Doors"), (far, "Good Fences"), (third, "A Third")):
        reading.essay.title = title
        reading.essay.save(update_fields=["title"])
    return near, far


def finish(page: Page, near: Reading, far: Reading) -> Thread:
    """From the other text on: its paragraph, its words, the kind, a comment."""
    page.get_by_label("The other text").select_option(label="Good Fences")
    page.get_by_role("button", name="Go on").click()
    paragraphs = page.get_by_label("Paragraph")
    expect(paragraphs.locator('[value="p2"]')).to_have_text(re.compile("^¶ 2 · Where two readers"))
    paragraphs.select_option("p2")
    page.get_by_role("button", name="Go on").click()
    words = page.get_by_role("group", name="Good Fences ¶ 2").get_by_label("Words")
    words.fill("words that stand elsewhere")
    page.get_by_role("radio", name="contradicts").check()
    page.get_by_role("button", name="Make the link").click()
    expect(shown(page, "These words are not in this paragraph")).to_be_visible()
    expect(page.get_by_role("radio", name="contradicts")).to_be_checked()
    width = page.viewport_size
    assert width is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= width["width"]
    words.fill("a conversation begins")
    page.get_by_role("button", name="Make the link").click()
    expect(page).to_have_url(re.compile(r"/r/doors/with/fences/#l\d+$"))
    link = Thread.objects.get()
    assert (link.reading, link.far_reading) == (near, far)
    assert link.link_kind is not None
    assert link.link_kind.code == "contradicts"
    assert link.far_passage is not None
    assert link.far_passage.quote == "a conversation begins"
    return link


@pytest.mark.django_db(transaction=True)
def test_without_scripting(
    people: People, readings: tuple[Reading, Reading], open_page: OpenPage
) -> None:
    near, far = readings
    page = open_page(people.carol, near.get_absolute_url(), js=False)
    handle(page, 3).click()
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Your comment").fill("Said in both.")
    page.get_by_role("button", name="Link to another text").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Link to another text")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    expect(page.get_by_label("Your comment, if you like")).to_have_value("Said in both.")
    link = finish(page, near, far)
    assert link.passage is not None
    assert link.passage.quote == "The margin was made for this."
    assert link.comments.get().body == "Said in both."


@pytest.mark.django_db(transaction=True)
def test_from_selected_words_on_a_phone(
    people: People, readings: tuple[Reading, Reading], open_page: OpenPage
) -> None:
    near, far = readings
    page = open_page(people.carol, near.get_absolute_url(), width=390, height=844, touch=True)
    select_words(page, "reads one text together")
    page.get_by_role("button", name="Link to another text").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Link to another text")
    expect(page.locator("blockquote")).to_have_text("reads one text together")
    link = finish(page, near, far)
    assert link.passage is not None
    assert link.passage.quote == "reads one text together"


@pytest.mark.django_db(transaction=True)
def test_from_the_form_beside_the_text(
    people: People, readings: tuple[Reading, Reading], open_page: OpenPage
) -> None:
    near, _far = readings
    page = open_page(people.carol, near.get_absolute_url())
    handle(page, 2).click()
    page.get_by_label("Your comment, in a new thread here").fill("Begun here.")
    page.get_by_role("button", name="Link to another text").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Link to another text")
    expect(page.get_by_role("group", name="Small Doors ¶ 2")).to_be_visible()
    expect(page.get_by_label("Your comment, if you like")).to_have_value("Begun here.")
    page.get_by_role("link", name="Back to the text").click()
    expect(page).to_have_url(re.compile(r"/r/doors/#p2$"))
    # The words have gone along: they are no draft of a comment any more, but one of a link.
    handle(page, 2).click()
    expect(page.get_by_label("Your comment, in a new thread here")).to_have_value("")


@pytest.mark.django_db(transaction=True)
def test_what_is_chosen_and_written_stays_on_the_device(
    people: People, readings: tuple[Reading, Reading], open_page: OpenPage
) -> None:
    near, _far = readings
    path = f"{near.get_absolute_url()}links/new/?block=p1&far=fences&far_block=p2"
    page = open_page(people.carol, path)
    page.get_by_role("radio", name="supports").check()
    page.get_by_label("Your comment, if you like").fill("Half a thought")
    page.goto(path)
    expect(page.get_by_label("Your comment, if you like")).to_have_value("Half a thought")
    expect(page.get_by_role("radio", name="supports")).to_be_checked()
    page.get_by_role("button", name="Make the link").click()
    expect(page).to_have_url(re.compile(r"/r/doors/with/fences/#l\d+$"))
    page.goto(path)
    expect(page.get_by_label("Your comment, if you like")).to_have_value("")
    assert Thread.objects.get().comments.get().body == "Half a thought"
