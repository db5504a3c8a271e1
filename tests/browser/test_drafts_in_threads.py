"""A half-written reply is told of where its thread is, folded away or gone."""

from playwright.sync_api import Page, expect

from discussions.models import Thread
from lifecycle.archive_actions import archive_seminar
from readings.models import Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import wait_until
from tests.discussions.base import say, url

WORDS = "A reply that took an hour"
STRANDED = "it cannot be posted here any more"


def begin_reply(page: Page, thread: Thread) -> None:
    """Write below a thread on its own page, and leave that when the words are kept."""
    page.goto(f"{page.url.split('/s/')[0]}{url('thread_detail', thread.reading, thread.pk)}")
    page.locator("textarea[name=body]").last.press_sequentially(WORDS)
    wait_until(page, "Object.keys(localStorage).some((key) => key.startsWith('draft:'))")


def test_a_thread_that_waits_behind_a_link_is_not_gone(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    say(reading, people.dan, "A first thread.")
    folded = say(reading, people.dan, "A second one.")
    page = open_page(people.carol, reading.get_absolute_url())
    page.set_viewport_size({"width": 700, "height": 900})
    begin_reply(page, folded)
    # As long as the other cards are not there.
    page.route("**/threads/?*block=*", lambda route: route.abort())
    page.goto(f"{page.url.split('/s/')[0]}{reading.get_absolute_url()}")
    expect(page.locator("#b-p1 .threads > a.more")).to_have_count(1)
    expect(page.locator("#b-p1 .threads [data-draft]")).to_have_text("Draft kept")
    expect(page.get_by_text(STRANDED)).to_have_count(0)


def test_of_a_thread_that_is_gone_the_words_can_be_read(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    thread = say(reading, people.dan, "A thread that goes.")
    page = open_page(people.carol, reading.get_absolute_url())
    begin_reply(page, thread)
    Thread.objects.filter(pk=thread.pk).update(withdrawn_at=thread.created_at)
    page.goto(f"{page.url.split('/s/')[0]}{reading.get_absolute_url()}")
    notice = page.locator(".notice", has_text=STRANDED)
    expect(notice).to_be_visible()
    expect(notice.locator("textarea")).to_have_value(WORDS)
    # In one look: it is drawn anew when more of the page has come.
    wait_until(
        page,
        """() => {
          const [notice, text] = [".notice[data-draft]", "#b-p1"].map(
            (one) => document.querySelector(one)?.getBoundingClientRect() ?? {});
          return notice.width > text.width * 0.8 && notice.height < 400;
        }""",
    )


def test_in_an_archived_seminar_the_words_can_be_copied(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    thread = say(reading, people.dan, "A thread that stays.")
    page = open_page(people.carol, reading.get_absolute_url())
    begin_reply(page, thread)
    page.goto(f"{page.url.split('/s/')[0]}{url('thread_new', reading)}?block=p2")
    page.locator("textarea[name=body]").press_sequentially("A thread of my own")
    wait_until(
        page, "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length > 1"
    )
    archive_seminar(by=people.alice)
    page.goto(f"{page.url.split('/s/')[0]}{reading.get_absolute_url()}")
    notice = page.locator("#b-p2 .notice", has_text=STRANDED)
    expect(notice.locator("textarea")).to_have_value("A thread of my own")
    expect(page.locator("#b-p1 .tag[data-draft]")).to_have_text("Draft kept")
    page.goto(f"{page.url.split('/s/')[0]}{url('thread_detail', reading, thread.pk)}")
    expect(page.locator(".notice", has_text=STRANDED).locator("textarea")).to_have_value(WORDS)
