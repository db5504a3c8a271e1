"""The argument so far, in a browser: rows and lines that mark each other, phones, no scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from discussions.models import Thread
from readings.models import Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import check
from tests.discussions.links import FAR_END, link, make_far_reading

URL = "/s/seminar/argument/"


@pytest.fixture
def links(people: People, reading: Reading) -> list[Thread]:
    far = make_far_reading(people)
    return [
        link(reading, far, people.carol, "They meet."),
        link(far, reading, people.dan, block="p3", quote=FAR_END, far_block="p2", far_quote=""),
    ]


def marked(page: Page) -> list[str]:
    """The links that are marked, on the map and in the table."""
    found: list[str] = page.locator("[data-on]").evaluate_all(
        "all => all.map(({ localName, dataset }) => `${localName} ${dataset.link}`)"
    )
    return found


def test_a_row_marks_its_line_and_a_line_its_row(
    people: People, links: list[Thread], open_page: OpenPage
) -> None:
    page = open_page(people.carol, URL)
    first, second = (f"{one.pk}" for one in links)
    page.locator(f"tr[data-link='{second}']").hover()
    assert marked(page) == [f"a {second}", f"tr {second}"]
    page.locator(f"svg [data-link='{first}'] .badge").first.hover()
    assert marked(page) == [f"a {first}", f"tr {first}"]
    page.mouse.move(0, 0)
    assert marked(page) == []
    page.get_by_role("link", name="Link 2").focus()
    assert marked(page) == [f"a {second}", f"tr {second}"]
    page.get_by_role("link", name="Side by side").focus()
    assert marked(page) == []


def test_a_line_leads_to_its_row(people: People, links: list[Thread], open_page: OpenPage) -> None:
    page = open_page(people.carol, URL)
    page.locator(f"svg [data-link='{links[1].pk}'] .badge").first.click()
    expect(page).to_have_url(re.compile(f"#l{links[1].pk}$"))
    expect(page.locator("tr:target")).to_contain_text("Dan")


def test_the_drawing_is_no_stop_of_the_keyboard(
    people: People, links: list[Thread], open_page: OpenPage
) -> None:
    page = open_page(people.carol, URL)
    stops = page.locator("svg.argument-map a").evaluate_all("all => all.map(a => a.tabIndex)")
    assert set(stops) == {-1}


def test_without_scripts_it_is_ordered_and_narrowed(
    people: People, links: list[Thread], open_page: OpenPage
) -> None:
    page = open_page(people.carol, URL, js=False)
    page.get_by_label("Made by").select_option("Me")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("table.ties tbody tr")).to_have_count(1)
    expect(page.get_by_role("heading", name="1 of 2 links")).to_be_visible()
    page.get_by_role("link", name="By kind").click()
    expect(page).to_have_url(re.compile("by=kind"))
    expect(page.locator("table.ties tbody tr")).to_have_count(1)
    expect(page.get_by_role("button", name="Print")).to_have_count(0)


@pytest.mark.parametrize("query", ["", "?pair=all&whose=mine"])
def test_axe_finds_nothing(
    people: People, links: list[Thread], open_page: OpenPage, query: str
) -> None:
    page = open_page(people.carol, URL + query)
    assert not check(page, "argument")
