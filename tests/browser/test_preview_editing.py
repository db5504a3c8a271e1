"""The preview as a workbench: by mouse, by keyboard alone, and without JavaScript."""

import re

from playwright.sync_api import Locator, Page, Route, expect

from readings.drafts.actions import import_now
from readings.models import Block, Draft, Note
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import shown

ESSAY = """# Small gates

*By Nora Field*

## The first gate

A gate is a fence that has *changed its mind*, and everyone is grateful.[^1]

It closes again. Then it opens.

The last word is said

by nobody at all.

Not a heading yet

Every gate is a question.

[^1]: Said by a carpenter.
"""

# How high the bar beside each block is.
BARS = """() => [...document.querySelectorAll(".block")].map(
  (block) => Math.round(parseFloat(getComputedStyle(block, "::after").height) || 0))"""


def make_draft(people: People, text: str = ESSAY) -> Draft:
    return import_now(data=text.encode(), filename="gates.md", by=people.alice.user)


def url(draft: Draft) -> str:
    return f"/library/import/{draft.pk}/"


def block(page: Page, words: str) -> Locator:
    return page.locator(".block").filter(has=page.locator("> [data-text]", has_text=words))


def handle(page: Page, words: str) -> Locator:
    return block(page, words).locator("> .handle")


def texts(draft: Draft) -> list[str]:
    blocks = Block.objects.filter(revision__draft=draft)
    return [one.text for one in blocks if one.kind != "heading"]


def choose(page: Page, words: str, item: str) -> None:
    block(page, words).hover()
    handle(page, words).click()
    page.locator(".block-menu").get_by_role("button", name=item).click()


def test_by_mouse(people: People, open_page: OpenPage) -> None:
    draft = make_draft(people)
    page = open_page(people.alice, url(draft))
    choose(page, "by nobody", "Merge with the block above")
    expect(block(page, "The last word is said by nobody at all.")).to_be_visible()
    expect(page.locator("#said")).to_contain_text("Merged")
    expect(page.locator("#counts")).to_contain_text("5 paragraphs")

    choose(page, "A gate is", "Edit the words")
    field = page.get_by_label("Words of ¶ 1")
    expect(field).to_be_focused()
    expect(field).to_have_value(
        "A gate is a fence that has *changed its mind*, and everyone is grateful.[^1]"
    )
    field.fill("A gate is a **fence** that has changed its mind.[^1]")
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(block(page, "A gate is a fence").locator("strong")).to_have_text("fence")
    expect(handle(page, "A gate is")).to_be_focused()

    choose(page, "It closes", "Split")
    page.get_by_label("Then it opens").check()
    page.get_by_role("button", name="Split", exact=True).click()
    expect(block(page, "Then it opens.").locator(".num")).to_have_text("3")

    choose(page, "Not a heading yet", "Kind and level")
    page.get_by_label("Heading", exact=True).check()
    page.get_by_label("Level").fill("3")
    page.get_by_role("button", name="Set the kind").click()
    expect(page.locator("h3", has_text="Not a heading yet")).to_be_visible()
    expect(page.locator("nav.toc")).to_contain_text("Not a heading yet")

    choose(page, "Every gate", "Drop")
    expect(block(page, "Every gate")).to_have_count(0)
    page.get_by_role("button", name="Bring back").click()
    expect(block(page, "Every gate")).to_be_visible()
    choose(page, "Every gate", "Drop")
    expect(block(page, "Every gate")).to_have_count(0)

    page.get_by_role("button", name="Undo").click()
    expect(block(page, "Every gate")).to_be_visible()
    page.get_by_role("button", name="Redo").click()
    expect(block(page, "Every gate")).to_have_count(0)

    page.get_by_role("link", name="Edit note 1").click()
    page.get_by_label("Words of note 1").fill("Said by a *joiner*.")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("#note-1 em")).to_have_text("joiner")

    page.goto("/library/")  # leave, and come back
    page.get_by_role("link", name="Check and publish").click()
    expect(page.locator("h3", has_text="Not a heading yet")).to_be_visible()
    page.get_by_role("button", name="Publish to the library").first.click()
    expect(shown(page, "is in your library now")).to_be_visible()
    assert texts(draft) == [
        "A gate is a fence that has changed its mind.",
        "It closes again.",
        "Then it opens.",
        "The last word is said by nobody at all.",
    ]
    assert Note.objects.get(revision__draft=draft).html == "Said by a <em>joiner</em>."


def test_by_mouse_the_cursor_says_where_to_split(people: People, open_page: OpenPage) -> None:
    draft = make_draft(people)
    page = open_page(people.alice, url(draft))
    words = block(page, "A gate is").locator("[data-text]")
    words.evaluate(
        """(element) => {
          const range = document.createRange();
          range.setStart(element.firstChild, "A gate is".length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    choose(page, "A gate is", "Split")
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.locator("[data-text]", has_text=re.compile(r"^A gate is$"))).to_be_visible()


def go_to(page: Page, words: str) -> None:
    target = handle(page, words)
    for _ in range(30):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("j")
    expect(target).to_be_focused()


def into_the_text(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()


def test_lines_of_verse_stand_close(people: People, open_page: OpenPage) -> None:
    poem = "# Small gates\n\nSomebody sang:\n\n| One line,\n| another,\n| a third.\n"
    page = open_page(people.alice, url(make_draft(people, poem)))
    verse = page.locator(".block[data-kind=verse] > [data-text]")
    assert verse.inner_text() == "One line,\nanother,\na third."


def test_keys_before_the_text_has_the_focus(people: People, open_page: OpenPage) -> None:
    page = open_page(people.alice, url(make_draft(people)))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Merge it with the block above")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    expect(page.locator(".block > .handle").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".block > .handle").nth(1)).to_be_focused()
    bars = page.evaluate(BARS)
    assert [height for height in bars if height] == [bars[1]], "a bar beside the focused block"
    assert bars[1] == page.locator(".block").nth(1).evaluate("(block) => block.clientHeight")
    page.keyboard.press("c")
    expect(page.get_by_label("Heading", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    go_to(page, "A gate is")
    page.keyboard.press("c")
    expect(page.get_by_label("Paragraph", exact=True)).to_be_focused()  # the kind that it is


def test_a_page_that_came_back_begins_with_what_is_wrong(
    people: People, open_page: OpenPage
) -> None:
    page = open_page(people.alice, url(make_draft(people)))
    page.get_by_text("Put it right").click()
    page.get_by_label("Title", exact=True).fill("")
    page.get_by_role("button", name="Publish to the library").first.click()
    expect(page.locator("#about > .errors")).to_be_focused()


def test_by_keyboard_alone(people: People, open_page: OpenPage) -> None:
    """Nothing here calls the mouse, and nothing is focused but by keys."""
    draft = make_draft(people)
    page = open_page(people.alice, url(draft))
    into_the_text(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Merge it with the block above")
    page.keyboard.press("Escape")

    go_to(page, "by nobody")
    page.keyboard.press("m")
    expect(handle(page, "The last word is said by nobody at all.")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("Merged “by nobody at all.”")
    page.keyboard.press("j")
    page.keyboard.press("3")
    expect(page.locator("h3", has_text="Not a heading yet")).to_be_visible()
    expect(handle(page, "Not a heading yet")).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator("h3", has_text="Not a heading yet")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("h3", has_text="Not a heading yet")).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("h3", has_text="Not a heading yet")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator("h3", has_text="Not a heading yet")).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_label("Words of ¶ 4")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Every gate is an answer.")
    page.keyboard.press("Control+Enter")
    expect(handle(page, "Every gate is an answer.")).to_be_focused()

    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(handle(page, "It closes again.")).to_be_focused()
    page.keyboard.press("s")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(handle(page, "It closes again.")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(block(page, "Then it opens.")).to_have_count(0)

    page.keyboard.press("Enter")  # the menu
    expect(page.locator(".block-menu")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".block-menu")).to_be_hidden()
    draft.refresh_from_db()
    assert [one["edit"] for one in draft.edits] == ["merge", "kind", "reword", "split", "drop"]


def test_undo_leads_to_what_came_back(people: People, open_page: OpenPage) -> None:
    page = open_page(people.alice, url(make_draft(people)))
    for key in ("d", "m"):
        handle(page, "by nobody").focus()
        page.keyboard.press(key)
        expect(handle(page, "by nobody at all.")).to_have_count(0 if key == "d" else 1)
        expect(page.locator("#said")).to_contain_text("Dropped" if key == "d" else "Merged")
        page.keyboard.press("u")
        expect(page.locator("#said")).to_contain_text("Undone")
        expect(block(page, "by nobody").locator("> .handle")).to_be_focused()
        expect(handle(page, "The last word is said by")).to_have_count(0)


def test_without_javascript(people: People, open_page: OpenPage) -> None:
    draft = make_draft(people)
    page = open_page(people.alice, url(draft), js=False)
    handle(page, "by nobody").click()
    page.get_by_role("button", name="Merge with the block above").click()
    expect(page.get_by_text("Merged “by nobody at all.”").first).to_be_visible()
    expect(page).to_have_url(re.compile("#b-"))

    handle(page, "It closes").click()
    page.get_by_label("Then it opens").check()
    page.get_by_role("button", name="Split", exact=True).click()
    handle(page, "Then it opens").click()
    page.get_by_label("Words of ¶ 3").fill("Then it opens, [^9] they say.")
    page.get_by_role("button", name="Save the words").click()
    expect(shown(page, "There is no note 9.")).to_be_visible()
    expect(page.get_by_label("Words of ¶ 3")).to_have_value("Then it opens, [^9] they say.")
    page.get_by_label("Words of ¶ 3").fill("Then it opens, they say.")
    page.get_by_role("button", name="Save the words").click()

    handle(page, "Not a heading").click()
    page.get_by_label("Heading", exact=True).check()
    page.get_by_label("Level").fill("2")
    page.get_by_role("button", name="Set the kind").click()
    handle(page, "Every gate").click()
    page.get_by_role("button", name="Drop", exact=True).click()
    expect(page.locator(".dropped")).to_contain_text("Every gate is a question.")
    page.get_by_role("button", name="Bring back").click()
    expect(block(page, "Every gate")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(block(page, "Every gate")).to_have_count(0)
    page.get_by_role("link", name="What was changed").click()
    page.get_by_role("button", name="Redo to here: Brought back").click()
    expect(block(page, "Every gate")).to_be_visible()

    page.get_by_text("Put it right").click()
    page.get_by_label("Subtitle").fill("And their keepers")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".subtitle")).to_have_text("And their keepers")
    page.get_by_role("button", name="Publish to the library").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Small gates")
    expect(page.locator(".lede")).to_have_text("And their keepers")
    assert texts(draft)[1:3] == ["It closes again.", "Then it opens, they say."]


def test_two_windows_do_not_overwrite_each_other(people: People, open_page: OpenPage) -> None:
    draft = make_draft(people)
    here, there = (open_page(people.alice, url(draft)) for _ in range(2))
    choose(here, "It closes", "Edit the words")
    here.get_by_label("Words of ¶ 2").fill("It closes, and I mean it.")
    choose(there, "Every gate", "Drop")
    expect(block(there, "Every gate")).to_have_count(0)
    here.get_by_role("button", name="Save the words").click()
    expect(here.get_by_role("alert")).to_contain_text("changed in another window")
    expect(here.get_by_label("Words of ¶ 2")).to_have_value("It closes, and I mean it.")
    here.get_by_role("button", name="Save the words").click()
    expect(block(here, "It closes, and I mean it.")).to_be_visible()
    expect(block(here, "Every gate")).to_have_count(0)


def test_by_touch_on_a_phone(people: People, open_page: OpenPage) -> None:
    draft = make_draft(people)
    page = open_page(people.alice, url(draft), width=390, height=800, touch=True)
    handle(page, "by nobody").tap()
    menu = page.locator(".block-menu")
    expect(menu).to_be_in_viewport(ratio=1)
    menu.get_by_role("button", name="Merge").tap()
    expect(block(page, "The last word is said by nobody at all.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_in_viewport()


def test_warnings_one_after_the_other_and_a_repair_refused(
    people: People, open_page: OpenPage
) -> None:
    text = ESSAY.replace("It closes", "It cl\ufffdses").replace("Every gate", "Ev\ufffdry gate")
    draft = make_draft(people, text)
    page = open_page(people.alice, url(draft))
    left = page.locator("#next-warning")
    expect(left).to_contain_text("2 to look at")
    into_the_text(page)
    page.keyboard.press("w")
    first = page.locator(".finding[data-warning]").first
    expect(first).to_be_focused()
    page.keyboard.press("l")
    expect(left).to_contain_text("1 to look at")
    page.keyboard.press("w")
    expect(page.locator(".finding[data-open]")).to_be_focused()
    page.keyboard.press("l")
    expect(page.locator("#desk-bar")).to_contain_text("All looked at")

    handle(page, "Not a heading yet").click(force=True)
    page.locator(".block-menu").get_by_role("button", name="Drop").click()
    expect(page.locator(".dropped")).to_be_visible()
    page.get_by_text("Repairs outside the text").click()
    page.get_by_role("button", name="Leave as it was in the file").first.click()
    expect(shown(page, "The file was read again")).to_be_visible()
    expect(page.get_by_role("button", name="Repair it after all")).to_be_visible()
    expect(page.locator(".dropped")).to_contain_text("Not a heading yet")


def test_keys_pressed_while_an_edit_is_under_way_wait_for_their_turn(
    open_page: OpenPage, people: People
) -> None:
    draft = make_draft(people)
    page = open_page(people.alice, url(draft))
    held: list[Route] = []
    page.route("**/edits/", lambda route: route.continue_() if held else held.append(route))
    handle(page, "It closes again.").focus()
    for key in ("]", "]", "q", "u"):
        page.keyboard.press(key)
    block(page, "Every gate").hover()
    choose(page, "Every gate", "Drop")
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator("#said")).to_have_text("Dropped “Every gate is a question.”")
    draft.refresh_from_db()
    # Undone is what was done third; the fourth took its place.
    assert [one["edit"] for one in draft.edits] == ["move", "move", "drop"]
    assert draft.edits_done == 3
