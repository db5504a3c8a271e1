"""What Ctrl+C takes from the reading page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, comment

# From the third letter of one block to the end of another.
SELECT = """([first, last]) => {
  const words = (key) => document.querySelector(`[data-block="${key}"] [data-text]`);
  const letters = document.createTreeWalker(words(first), NodeFilter.SHOW_TEXT).nextNode();
  getSelection().setBaseAndExtent(letters, 2, words(last), words(last).childNodes.length);
}"""

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


@pytest.fixture
def place(people: People) -> Place:
    return steps.make_place(people)


def test_what_is_copied_is_the_words_of_the_text(open_page: OpenPage, place: Place) -> None:
    """Not the numbers of paragraphs and notes, nor the guide's notes and others' comments."""
    thread = steps.start(place, place.people.dan, 2, "Words of a comment.")
    page = open_page(place.people.carol, f"{place.path}#t{thread.pk}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(comment(page, "Words of a comment.")).to_be_visible()

    def copied() -> str:
        page.wait_for_timeout(
            200
        )  # what is copied is made by a module that comes when words are chosen
        page.keyboard.press("Control+c")
        return str(page.evaluate("navigator.clipboard.readText()"))

    page.locator("#text").focus()
    page.keyboard.press("Control+a")
    words = copied()
    assert words.split("\n\n")[1] == place.block(1).text
    assert "Words of a comment." not in words
    assert all(block.text in words for block in place.reading.revision.blocks.filter(number__gt=0))
    first, third = place.block(1).text, place.block(3).text
    page.evaluate(SELECT, [place.block(1).key, place.block(3).key])
    assert copied().split("\n\n")[0] == first[2:]
    assert copied().split("\n\n")[-1] == third
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.comment .prose'))")
    assert copied() == "Words of a comment."


def test_a_link_that_cannot_be_copied_is_there_to_be_copied(
    open_page: OpenPage, place: Place
) -> None:
    """As on a page that came by plain HTTP, where scripts have no clipboard."""
    page = open_page(place.people.alice, "/")
    page.context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    )
    page.goto(place.path)
    steps.drag_over(page, "filled it")
    steps.toolbar(page, "Copy link").click()
    expect(page.locator("selection-toolbar")).to_contain_text(f"{place.path}#p3")
    page.goto(reverse("invitation_create", args=[place.people.seminar.slug]))
    page.get_by_role("button", name="Make the link").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Selected. Copy it with your keyboard.")).to_be_visible()
    link = page.get_by_label("Link", exact=True).input_value()
    assert page.evaluate("getSelection().toString()") == link
