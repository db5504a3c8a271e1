"""A link of a guide is written beside the text, and read at both of its ends once published."""

import pytest
from playwright.sync_api import expect

from discussions.models import Thread
from readings.guides.draft_actions import begin_draft
from readings.models import Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import drag_over
from tests.browser.test_accessibility import check
from tests.discussions.pairs import make_pair
from tests.readings.guide_drafts import URL

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(people: People) -> tuple[Reading, Reading]:
    return make_pair(people)


@pytest.mark.parametrize("width", [1440, 390])
def test_it_begins_where_words_are_chosen(
    people: People, pair: tuple[Reading, Reading], open_page: OpenPage, width: int
) -> None:
    near, far = pair
    begin_draft(reading=near, by=people.alice)
    page = open_page(people.alice, URL, width=width)
    drag_over(page, "stops at another place")
    page.locator("selection-toolbar").get_by_role("button", name="Link").click()
    form = page.locator("form:has([name=far_quote])")
    expect(form.locator("[name=quote]")).to_have_value("stops at another place")
    expect(form.locator("[name=essay]")).to_have_value("Against margins")
    form.get_by_label("Kind of link").select_option("contradicts")
    form.get_by_label("Words there").fill("Printers left it wide")
    form.get_by_label("Words to begin the conversation with").fill("Which is it?")
    check(page, f"a link in the draft, {width} px")
    form.get_by_role("button", name="Save in the draft").click()
    item = page.locator(".draft-item", has_text="Against margins")
    expect(item).to_contain_text("contradicts")
    expect(item).to_contain_text("Which is it?")
    check(page, f"a link in the draft, {width} px")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("button", name="Add the guide").click()
    expect(page.get_by_text("has been added to the text")).to_be_visible()
    link = Thread.objects.get(kind="link")
    assert link.far_reading_id == far.pk
    reader = open_page(people.carol, far.get_absolute_url(), width=1440)
    expect(reader.locator(f"#l{link.pk}")).to_contain_text("is contradicted by")
