"""What Ctrl+C takes from the reading page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from readings.models import Essay
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, comment, expect_said, wait_until

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


PAINTED = "() => [...CSS.highlights.get('found') ?? []].map(String)"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("stops at another place", ""),  # across the reference to a note
        ("reader stops at", "neither of them is wrong"),  # long: its ends are in the link
        ("no room", "harder"),  # over two paragraphs
        ("the same", "words, a conversation"),  # the first of them stands twice
    ],
)
def test_link_to_chosen_words_leads_back_to_them(
    open_page: OpenPage, place: Place, first: str, last: str
) -> None:
    page = open_page(place.people.carol, place.path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    steps.drag_over(page, first, last)
    chosen = page.evaluate(
        "import('/static/js/lib/anchor.js').then(({ segments }) => segments("
        "getSelection().getRangeAt(0), document.getElementById('text')).map(({ exact }) => exact))"
    )
    steps.toolbar(page, "Copy link").click()
    expect(page.locator("selection-toolbar")).to_contain_text("Link copied")
    link = str(page.evaluate("navigator.clipboard.readText()"))
    assert len(link) < 400
    other = open_page(place.people.dan, place.path)
    other.goto(link)
    wait_until(other, "() => CSS.highlights.has('found')")
    painted = other.evaluate(PAINTED)
    assert "".join(painted) in {"".join(chosen), "".join(chosen).replace("place.", "place.1")}
    expect(other.locator("#live")).to_contain_text("The link leads to these words:")
    box = other.evaluate("[...CSS.highlights.get('found')][0].getBoundingClientRect().top")
    assert 0 < box < 900


def test_words_are_copied_with_their_source(open_page: OpenPage, place: Place) -> None:
    """Author, title, paragraphs, and a link that leads back to the words."""
    Essay.objects.update(authors=["Ada Byron", "Li Wei"])
    page = open_page(place.people.carol, place.path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    steps.drag_over(page, "no room", "harder")
    steps.toolbar(page, "Copy with source").click()
    expect(page.locator("selection-toolbar")).to_contain_text("Copied with its source")
    expect_said(page, "Copied with its source")
    *words, source = str(page.evaluate("navigator.clipboard.readText()")).split("\n\n")
    assert words == ["no room. It says yes, or no, or where.", "An answer to a note is harder"]
    named, link = source.split("\n")
    assert named == "Ada Byron and Li Wei, The reader's margin, ¶ 4–5"
    page.goto(link)
    wait_until(page, "() => CSS.highlights.has('found')")
    assert page.evaluate(PAINTED) == words


def test_link_to_words_that_are_gone_says_so(open_page: OpenPage, place: Place) -> None:
    page = open_page(place.people.carol, f"{place.path}?words=never+written#p3")
    expect(page.get_by_role("alert")).to_contain_text("not in this paragraph any more")


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
    expect(page.locator("selection-toolbar")).to_contain_text(f"{place.path}?words=filled+it#p3")
    page.goto(reverse("invitation_create", args=[place.people.seminar.slug]))
    page.get_by_role("button", name="Make the link").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Selected. Copy it with your keyboard.")).to_be_visible()
    link = page.get_by_label("Link", exact=True).input_value()
    assert page.evaluate("getSelection().toString()") == link
