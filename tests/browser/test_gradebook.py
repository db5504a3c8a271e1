"""The gradebook in a browser: what a figure was made of opens beside the table."""

import re

from playwright.sync_api import expect

from gradebook.models import GivenMark
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import shown
from tests.gradebook.base import PAGE, make_kept


def test_a_figure_opens_beside_the_table_and_is_set_there(
    people: People, open_page: OpenPage
) -> None:
    make_kept(people)
    page = open_page(people.alice, PAGE)
    page.set_viewport_size({"width": 1440, "height": 900})
    row = page.get_by_role("row", name="Carol")
    row.get_by_role("link", name="1", exact=True).click()
    panel = page.get_by_role("complementary", name="Where the figure comes from")
    expect(panel.get_by_role("heading", name="Carol: 1 of 4")).to_be_focused()
    expect(panel).to_contain_text("1 of 3 questions right, first try.")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(row.get_by_role("link", name="1", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    panel.get_by_label("Points").fill("3")
    row.get_by_role("link", name="4", exact=True).click()
    expect(panel.get_by_label("Points")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("What you wrote is not kept yet.")
    expect(panel.get_by_label("Points")).to_have_value("3")
    panel.get_by_role("button", name="Keep it").click()
    expect(panel.get_by_label("Reason")).to_be_focused()
    expect(panel).to_contain_text("Say why: the person reads it")
    expect(panel.get_by_label("Points")).to_have_value("3")
    row.get_by_role("link", name="4", exact=True).click()
    expect(panel.get_by_label("Reason")).to_be_focused()  # still not kept
    panel.get_by_label("Reason").fill("Said aloud.")
    page.keyboard.press("Enter")
    expect(shown(page, "Kept for Carol.")).to_be_visible()
    expect(page).to_have_url(re.compile(f"{PAGE}$"))
    expect(row).to_contain_text("3, by hand")
    expect(row.locator("a:focus")).to_have_text("3, by hand")
    expect(panel).to_be_hidden()
    assert GivenMark.objects.get().reason == "Said aloud."
    page.keyboard.press("Enter")
    panel.get_by_role("button", name="Take it back").click()
    expect(shown(page, "Taken back.")).to_be_visible()
    expect(row.get_by_role("link", name="1", exact=True)).to_be_focused()


def test_the_group_that_is_looked_at_stays(people: People, open_page: OpenPage) -> None:
    make_kept(people)
    page = open_page(people.alice, f"{PAGE}?group={people.monday.pk}")
    page.set_viewport_size({"width": 1440, "height": 900})
    row = page.get_by_role("row", name="Carol")
    row.get_by_role("link", name="1", exact=True).click()
    panel = page.get_by_role("complementary", name="Where the figure comes from")
    panel.get_by_label("Comment to the person").fill("A word.")
    panel.get_by_role("button", name="Keep it").click()
    expect(row.get_by_role("link", name="1", exact=True)).to_be_focused()
    expect(page.get_by_role("row", name="Dan")).to_have_count(0)
    assert GivenMark.objects.get().comment == "A word."


def test_on_a_phone_a_figure_has_a_page_of_its_own(people: People, open_page: OpenPage) -> None:
    make_kept(people)
    page = open_page(people.alice, PAGE)
    page.set_viewport_size({"width": 390, "height": 780})
    page.get_by_role("row", name="Carol").get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Carol: 1 of 4")
