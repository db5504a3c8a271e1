"""Times are the reader's: in their zone, and how long ago where it was today."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from readings.models import Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.discussions.base import say
from tests.discussions.reads import been

pytestmark = pytest.mark.django_db(transaction=True)

DUE = datetime.datetime(2031, 3, 3, 22, 30, tzinfo=datetime.UTC)


def test_times_are_in_the_readers_zone_also_where_they_come_later(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    Reading.objects.update(due_at=DUE)
    thread = say(reading, people.dan, "Just said.")
    thread.comments.update(created_at=timezone.now() - datetime.timedelta(seconds=70))
    page = open_page(people.carol, reading.get_absolute_url(), zone="Asia/Tokyo")
    due = page.locator("time[data-kind=deadline]").first
    expect(due).to_have_text(re.compile("Tuesday,? 4 March 2031.* 07:30 (GMT\\+9|JST)"))
    page.goto(f"{reading.get_absolute_url()}#t{thread.pk}")
    said = page.locator(".comment time").first
    expect(said).to_have_text(re.compile("1 minute ago|23:5|00:0"))
    assert re.search(r"GMT\+9|JST", said.get_attribute("title") or "")


def test_a_saved_edit_has_the_focus_and_its_time_stays_in_the_readers_zone(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    thread = say(reading, people.carol, "Said long ago.")
    thread.comments.update(created_at=datetime.datetime(2025, 3, 3, 22, 30, tzinfo=datetime.UTC))
    page = open_page(people.carol, thread.get_absolute_url(), zone="Asia/Tokyo")
    comment = page.locator(".comment")
    at = comment.locator("time").first
    expect(at).to_have_text(re.compile("4 March 2025.* 07:30"))
    comment.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Your comment")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Said better.")
    page.keyboard.press("Control+Enter")
    expect(comment.locator(".prose")).to_have_text("Said better.")
    expect(comment).to_be_focused()
    expect(at).to_have_text(re.compile("4 March 2025.* 07:30"))


def test_without_javascript_the_zone_of_the_host_is_said(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    Reading.objects.update(due_at=DUE)
    page = open_page(people.carol, reading.get_absolute_url(), js=False, zone="Asia/Tokyo")
    expect(page.locator("time[data-kind=deadline]").first).to_have_text(
        "Monday 3 March 2031, 22:30 UTC"
    )


def test_on_a_phone_what_is_new_is_counted_and_reached_by_thumb(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    say(reading, people.dan, "Since you were here.")
    been(reading, people.carol, ago=datetime.timedelta(days=2))
    page = open_page(people.carol, reading.get_absolute_url(), width=390, height=844, touch=True)
    expect(page.locator("unread-nav:defined")).to_be_attached()
    news = page.locator(".dock").get_by_role("button", name="1 new")
    expect(news).to_be_visible()
    box = news.bounding_box()
    assert box is not None
    assert box["y"] > 844 / 2, "within reach of a thumb"
    news.tap()
    line = page.locator("#new-sheet .thread-row")
    expect(line).to_contain_text("Since you were here.")
    line.tap()
    expect(page.locator(".comment").get_by_text("Since you were here.")).to_be_visible()
    expect(news).to_be_hidden()
