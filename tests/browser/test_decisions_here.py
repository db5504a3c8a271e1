"""Return and Remove beside the text, by keyboard: what staff do, and what is then seen of it."""

import re

import pytest
from playwright.sync_api import expect

from discussions.models import Decision
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import comment


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("act", ["Return", "Remove"])
def test_taken_from_its_readers(open_page: OpenPage, people: People, act: str, width: int) -> None:
    place = steps.make_place(people)
    for one in (people.alice, people.carol, people.dan):
        one.user.set_display(annotations="all")
    thread = steps.start(place, people.dan, 5, "Only fools read this.")
    path = f"{place.path}#t{thread.pk}"
    page = open_page(people.alice, path, width=width)
    said = comment(page, "Only fools read this.")
    expect(said).to_be_visible()
    link = said.get_by_role("link", name=act, exact=True)
    if not link.is_visible():
        said.locator("summary", has_text="More").press("Enter")
    link.press("Enter")
    dialog = page.get_by_role("dialog", name=re.compile(f"{act} the comment of"))
    expect(dialog.locator("[tabindex]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("Unkind")
    dialog.get_by_label("Note to the author").press_sequentially("Say it of the text.")
    dialog.get_by_role("button", name=act).press("Enter")
    expect(page.locator("#live")).to_have_text(
        re.compile(f"The comment of .*Dan.* is {act.lower()}")
    )
    assert Decision.objects.get().reason == "Unkind or insulting"
    author = open_page(people.dan, path, width=width)
    expect(author.get_by_text("Say it of the text.").first).to_be_visible()
    expect(author.locator(".prose", has_text="Only fools read this.").first).to_be_visible()
    member = open_page(people.carol, path, width=width)
    expect(member.locator("#text")).to_be_visible()
    expect(member.get_by_text("Only fools read this.")).to_have_count(0)
    expect(member.get_by_text("Say it of the text.")).to_have_count(0)
