"""A link made between two texts where they stand: by mouse, by keyboard and by touch."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from discussions.models import Thread
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.pairs import TwoTexts, make_texts, ready, third_of
from tests.browser.steps import wait_until
from tests.browser.test_accessibility import check


@pytest.fixture
def texts(people: People) -> TwoTexts:
    return make_texts(people)


def made(page: Page, texts: TwoTexts) -> Thread:
    """Wait until the new link is open between the texts."""
    expect(page).to_have_url(re.compile(r"#l\d+$"))
    expect(
        page.locator(".pair-link[data-open], .pair-link .link-card:visible").first
    ).to_be_visible()
    thread = Thread.objects.get()
    assert (thread.reading, thread.far_reading) == (texts.first, texts.second)
    expect(page.locator(f"#l{thread.pk} > .link-card")).to_be_visible()
    return thread


def quotes(thread: Thread) -> tuple[str, str]:
    assert thread.passage
    assert thread.far_passage
    return thread.passage.quote, thread.far_passage.quote


def block(page: Page, side: str, number: int) -> Locator:
    return page.locator(f".block:has(> #{side}-p{number})")


def behaves(page: Page) -> None:
    """Wait until what makes a link is there."""
    tags = "['link-making', 'sentence-aim', 'selection-toolbar', 'pair-keys']"
    wait_until(page, f"() => {tags}.every((tag) => customElements.get(tag))")


def select(page: Page, side: str, number: int) -> None:
    """Select the third sentence of a paragraph, as a browser does."""
    page.evaluate(
        """([side, number, words]) => {
          const text = document.querySelector(`.block:has(> #${side}-p${number}) > [data-text]`);
          text.scrollIntoView({ block: "center" });
          const start = text.textContent.indexOf(words);
          const range = document.createRange();
          range.setStart(text.firstChild, start);
          range.setEnd(text.firstChild, start + words.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [side, number, third_of(number)],
    )


def aim(page: Page, side: str, number: int) -> tuple[float, float]:
    """A point in the third sentence of a paragraph."""
    block(page, side, number).scroll_into_view_if_needed()
    found: list[float] = page.evaluate(
        """([side, number, words]) => {
          const text = document.querySelector(`.block:has(> #${side}-p${number}) > [data-text]`);
          const range = document.createRange();
          const start = text.textContent.indexOf(words);
          range.setStart(text.firstChild, start + 4);
          range.setEnd(text.firstChild, start + 6);
          const box = range.getClientRects()[0];
          return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        }""",
        [side, number, third_of(number)],
    )
    return found[0], found[1]


def test_by_keyboard(open_page: OpenPage, texts: TwoTexts) -> None:
    page = ready(open_page(texts.people.carol, texts.path))
    behaves(page)
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("l")
    card = page.locator(".making")
    expect(card.locator(".making-end")).to_contain_text("Small Doors ¶ 2")
    expect(page.locator(".pane[data-side=second] .block:focus")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(card.locator(".making-next")).to_contain_text("Good Fences ¶ 2")
    expect(page.locator("#live")).to_contain_text("press L to take these words")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("l")
    expect(card.get_by_role("radio").first).to_be_focused()
    expect(card).to_contain_text("Of these, all who may read both texts.")
    page.keyboard.press("ArrowDown")
    expect(card.get_by_role("radio", name="contradicts")).to_be_checked()
    card.get_by_label("Your comment, if you like").fill("So it does not hold.")
    page.keyboard.press("Control+Enter")
    thread = made(page, texts)
    assert quotes(thread)[1] == third_of(2)
    assert thread.link_kind
    assert thread.link_kind.code == "contradicts"
    assert thread.comments.get().body == "So it does not hold."


def test_escape_calls_it_off(open_page: OpenPage, texts: TwoTexts) -> None:
    page = ready(open_page(texts.people.carol, texts.path))
    behaves(page)
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.locator(".making")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".making")).to_be_hidden()
    expect(block(page, "first", 2)).to_be_focused()
    assert not Thread.objects.exists()


def test_by_mouse(open_page: OpenPage, texts: TwoTexts) -> None:
    page = ready(open_page(texts.people.carol, texts.path))
    behaves(page)
    select(page, "first", 3)
    page.get_by_role("button", name="Link these words").click()
    card = page.locator(".making")
    expect(card.locator(".making-end")).to_contain_text(third_of(3))
    point = aim(page, "second", 2)
    page.mouse.move(*point)
    expect(card.locator(".making-next")).to_contain_text("Good Fences ¶ 2")
    page.mouse.click(*point)
    troubles = []
    expect(card.get_by_role("radio").first).to_be_visible()
    troubles = check(page, "a link in the making")
    assert not troubles, "\n".join(troubles)
    page.set_viewport_size({"width": 1440, "height": 900})
    # Without a kind it is refused, and all that was chosen stays.
    card.get_by_label("Your comment, if you like").fill("Words.")
    card.get_by_role("radio", name="supports").check()
    card.get_by_role("button", name="Make the link").click()
    thread = made(page, texts)
    assert quotes(thread) == (third_of(3), third_of(2))


def test_by_touch(open_page: OpenPage, texts: TwoTexts) -> None:
    page = open_page(texts.people.carol, texts.path, width=390, height=844, touch=True)
    behaves(page)
    select(page, "first", 2)
    page.get_by_role("button", name="Link these words").tap()
    card = page.locator(".making")
    expect(card).to_contain_text("Now the words in Good Fences")
    expect(block(page, "second", 1)).to_be_visible()
    select(page, "second", 1)
    page.get_by_role("button", name="Link these words").tap()
    card.get_by_role("radio", name="answers").check()
    card.get_by_role("button", name="Make the link").tap()
    thread = made(page, texts)
    assert quotes(thread) == (third_of(2), third_of(1))


def test_nobody_makes_one_who_may_not_write(open_page: OpenPage, texts: TwoTexts) -> None:
    page = ready(open_page(texts.people.grace, texts.path))
    expect(page.locator("link-making, selection-toolbar")).to_have_count(0)
    expect(page.get_by_role("link", name="Make a link")).to_have_count(0)
