"""Where the seminar stands, in a browser: people are ticked, written to; a phone has cards."""

import re

from playwright.sync_api import Page, expect

from discussions.models import Thread
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import shown
from tests.overview.base import OVERVIEW, make_busy
from tests.overview.term import TermSize, make_term


def test_people_are_ticked_and_written_to(people: People, open_page: OpenPage) -> None:
    make_busy(people)
    page = open_page(people.alice, OVERVIEW)
    page.get_by_role("checkbox", name="Carol").check()
    page.get_by_role("checkbox", name="Erin").check()
    expect(page.locator(".moves [data-ticked]")).to_have_text("2 ticked")
    expect(page.get_by_role("status")).to_have_text("2 ticked")
    page.get_by_role("button", name="Write to those who are ticked").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    page.get_by_label("What you write").fill("How is it *going*?")
    page.get_by_role("button", name="Preview").click()
    preview = page.locator(".preview")
    expect(preview).to_contain_text("Nothing is sent yet. It would go to each of 2 people alone")
    expect(preview.locator("em")).to_have_text("going")
    expect(page.get_by_role("status")).to_contain_text(re.compile("Nothing is sent yet.* going"))
    assert not Thread.objects.filter(audience="member", addressee=people.carol).exists()
    page.get_by_role("button", name="Send to each").click()
    expect(shown(page, "Sent to 2 people, to each alone:")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/desk/overview/$"))
    assert Thread.objects.filter(audience="member", addressee=people.carol).count() == 1


def test_of_ticks_in_one_breath_the_last_count_is_said(people: People, open_page: OpenPage) -> None:
    make_busy(people)
    page = open_page(people.alice, OVERVIEW)
    boxes = page.locator("tbody .tick input")
    expect(page.locator("choose-rows:defined")).to_have_count(1)
    ticked = boxes.evaluate_all(
        "boxes => { for (const box of boxes) box.click(); return boxes.length; }"
    )
    expect(page.get_by_role("status")).to_have_text(f"{ticked} ticked")


def test_the_keyboard_sorts_and_narrows(people: People, open_page: OpenPage) -> None:
    make_busy(people)
    page = open_page(people.alice, OVERVIEW)
    page.get_by_role("link", name="Posts", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Posts")
    names = page.locator("table.figures tbody th a")
    assert names.all_inner_texts() == ["Carol", "Dan", "Erin"]
    page.locator("#of-group").select_option("Monday")
    page.get_by_role("button", name="Show").click()
    expect(names).to_have_text(["Carol"])
    expect(page).to_have_url(re.compile("sort=-posts"))


def test_a_cell_leads_to_its_paragraph(people: People, open_page: OpenPage) -> None:
    make_busy(people)
    page = open_page(people.alice, OVERVIEW)
    cell = page.locator("svg.strip a").first
    expect(cell).to_have_attribute("href", "/s/seminar/r/first/#p1")
    cell.click()
    expect(page.locator("#p1")).to_be_in_viewport()


def test_without_javascript_all_of_it_works(people: People, open_page: OpenPage) -> None:
    make_busy(people)
    page = open_page(people.alice, OVERVIEW, js=False)
    page.get_by_role("checkbox", name="Dan").check()
    page.get_by_role("button", name="Write to those who are ticked").click()
    page.get_by_label("What you write").fill("Hello.")
    page.get_by_role("button", name="Send to each").click()
    assert Thread.objects.filter(audience="member", addressee=people.dan).count() == 2


def no_wider_than_its_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_phone_has_cards_and_a_list_to_sort_by(people: People, open_page: OpenPage) -> None:
    make_term(people, TermSize(people=4, readings=1, comments=40))
    page = open_page(people.alice, OVERVIEW, width=390, touch=True)
    assert no_wider_than_its_screen(page)
    card = page.locator("table.figures tbody tr").first
    shown = [one for one in card.locator("td[data-label]").all() if one.is_visible()]
    names = [one.get_attribute("data-label") for one in shown]
    assert len(shown) == card.locator("td[data-label]").count()
    assert {"Checkpoints", "Right", "Replies", "Weeks"} <= set(names)
    moves = page.locator(".moves")
    # Nobody is ticked: it stands below the last of the figures, and covers none.
    page.locator("table.figures tbody tr").nth(1).scroll_into_view_if_needed()
    last, bar = page.locator("table.figures tfoot").bounding_box(), moves.bounding_box()
    assert last is not None
    assert bar is not None
    assert bar["y"] >= last["y"] + last["height"]
    frame = page.locator(".along .table-wrap").first
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth")
    page.get_by_label("Sort by").select_option("Posts, most first")
    page.get_by_role("button", name="Sort", exact=True).tap()
    expect(page).to_have_url(re.compile("sort=-posts"))
    page.get_by_role("checkbox", name="Carol").tap()
    expect(moves).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Write to those who are ticked").tap()
    expect(page).to_have_url(re.compile("messages/"))
    assert no_wider_than_its_screen(page)
