"""Half-written words survive what happens to pages; what was sent twice is there once."""

import re

from django.conf import settings
from playwright.sync_api import Page, Route, expect

from discussions.models import Comment
from readings.models import Reading
from seminars.models import Membership
from tests.base import PASSWORD, People
from tests.browser import steps
from tests.browser.conftest import OpenPage, session_key
from tests.browser.steps import expect_said
from tests.discussions.base import say

WORDS = "A thought that took an hour"


def write(page: Page, words: str = WORDS) -> None:
    """Open the form for the second paragraph by its button, and write into it."""
    page.locator("#b-p2 > .handle").press("Enter")
    body = page.locator("#b-p2 .writing textarea")
    expect(body).to_be_focused()
    body.press_sequentially(words)


def kept(page: Page) -> int:
    return int(
        page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length")
    )


def test_a_draft_outlives_the_page_and_goes_when_it_is_posted(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)
    page.reload()
    page.locator("#b-p2 > .handle").press("Enter")
    body = page.locator("#b-p2 .writing textarea")
    expect(body).to_have_value(WORDS)
    expect(page.locator("#b-p2 .draft-state")).to_contain_text("kept on this device")
    body.press("Control+Enter")
    expect_said(page, "Comment posted")
    expect(page.locator("#b-p2 .thread[open] .prose")).to_have_text(WORDS)
    assert kept(page) == 0
    assert Comment.objects.get().body == WORDS


def test_on_a_phone_who_loads_again_stands_where_they_wrote(
    open_page: OpenPage, people: People
) -> None:
    place = steps.make_place(people)
    for number in range(12):
        steps.start(place, people.dan, 2, f"Said {number}.")
    people.carol.user.set_display(annotations="all")
    page = open_page(people.carol, place.path, width=390, height=844)
    steps.handle(page, 2).press("Enter")
    body = steps.paragraph(page, 2).locator(".writing textarea")
    body.press_sequentially(WORDS)
    body.evaluate("(words) => words.scrollIntoView({ block: 'center' })")
    page.reload()
    expect(page.get_by_role("button", name="Draft kept")).to_be_in_viewport()


def test_escape_gives_the_focus_back_and_keeps_the_words(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)
    page.keyboard.press("Escape")
    expect(page.locator("#b-p2 > .handle")).to_be_focused()
    expect(page.locator("#b-p2 .writing")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("#b-p2 .writing textarea")).to_have_value(WORDS)


def test_words_over_the_same_place_come_back_with_the_draft(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    page.locator("#b-p2 [data-text]").dblclick(position={"x": 12, "y": 12})
    page.locator("selection-toolbar").get_by_role("button", name="Comment").click()
    quote = page.locator("#b-p2 [data-quote]")
    expect(quote).to_have_text("Where")
    page.locator("#b-p2 .writing textarea").press_sequentially(WORDS)
    page.reload()
    page.locator("#b-p2 > .handle").press("Enter")
    expect(quote).to_have_text("Where")
    page.locator("#b-p2 .writing textarea").press("Control+Enter")
    expect(page.locator("#b-p2 mark")).to_have_text("Where")


def test_a_lost_answer_loses_no_word_and_posts_once(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)

    def swallow(route: Route) -> None:
        """The server takes the post; something between refuses to hand on its answer."""
        route.fetch()
        route.fulfill(status=429, body="")

    page.route("**/threads/", swallow)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#b-p2 .writing [role=alert]")).to_contain_text("the server is busy")
    expect(page.locator("#b-p2 .writing textarea")).to_have_value(WORDS)
    page.unroute("**/threads/")
    page.locator("#b-p2 .writing").get_by_role("button", name="Post").click()
    expect(page.locator("#b-p2 .writing")).to_have_count(0)
    assert Comment.objects.count() == 1


def test_offline_is_said_once_and_not_when_the_line_is_back(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)
    state = page.locator("#b-p2 .draft-state")
    page.context.set_offline(True)
    page.keyboard.type(" and more")
    expect(state).to_have_text(re.compile("You are offline"))
    page.context.set_offline(False)
    expect(state).to_be_hidden()
    page.context.set_offline(True)
    page.keyboard.type(".")
    expect(state).to_be_visible()
    page.route("**/threads/", lambda route: route.fulfill(status=429, body=""))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#b-p2 [data-refused]")).to_be_visible()
    expect(state).to_be_hidden()
    page.keyboard.type(", and more")
    expect(state).to_be_hidden()


def test_two_quick_submits_post_once(open_page: OpenPage, people: People, reading: Reading) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)
    page.evaluate("""() => {
      const form = document.querySelector("#b-p2 .writing form");
      form.requestSubmit();
      form.requestSubmit();
    }""")
    expect(page.locator("#b-p2 .thread[open] .prose")).to_have_text(WORDS)
    assert Comment.objects.count() == 1


def test_on_a_shared_device_nobody_is_shown_the_draft_of_another(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)
    page.keyboard.press("Escape")
    assert kept(page) == 1
    name = settings.SESSION_COOKIE_NAME
    for member, words in ((people.dan, ""), (people.carol, WORDS)):
        site = page.url.partition("/s/")[0]
        page.context.add_cookies([{"name": name, "value": session_key(member), "url": site}])
        page.reload()
        page.locator("#b-p2 > .handle").press("Enter")
        expect(page.locator("#b-p2 .writing textarea")).to_be_focused()
        expect(page.locator("#b-p2 .writing textarea")).to_have_value(words)


def test_a_session_that_ran_out_keeps_the_words_until_one_is_back(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    told = page.locator("#b-p2 .writing [role=alert]")
    expect(told).to_contain_text("You are signed out: nothing was sent.")
    expect(told.get_by_role("link")).to_have_attribute(
        "href", re.compile(r"/accounts/login/\?next=")
    )
    expect(page.locator("#b-p2 .writing textarea")).to_have_value(WORDS)
    assert kept(page) == 1
    assert not Comment.objects.exists()
    sign_in_elsewhere(page, people.carol)
    page.locator("#b-p2 .writing").get_by_role("button", name="Post").click()
    expect(page.locator("#b-p2 .thread[open] .prose")).to_have_text(WORDS)
    expect(told).to_have_count(0)
    assert kept(page) == 0


def sign_in_elsewhere(page: Page, member: Membership) -> None:
    """In another tab, as people do it: no page of before has a token that counts any more."""
    tab = page.context.new_page()
    tab.goto("/accounts/login/")
    tab.get_by_label("E-mail address").fill(member.user.email)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.wait_for_url(lambda url: "/login/" not in url)
    tab.close()


def test_who_signs_in_as_another_does_not_write_in_that_name(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)
    page.context.clear_cookies()
    sign_in_elsewhere(page, people.dan)
    page.keyboard.press("Control+Enter")
    told = page.locator("#b-p2 .writing [role=alert]")
    expect(told).to_contain_text("You are signed in as Dan now")
    assert not Comment.objects.exists()
    page.context.clear_cookies()
    sign_in_elsewhere(page, people.carol)
    page.locator("#b-p2 .writing textarea").press("Control+Enter")
    expect(page.locator("#b-p2 .thread[open] .prose")).to_have_text(WORDS)
    assert Comment.objects.get().author == people.carol


def test_words_that_were_posted_are_no_draft_in_another_tab(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)
    other = page.context.new_page()
    other.goto(reading.get_absolute_url())
    other.get_by_role("button", name="Draft kept").click()
    expect(other.locator("#b-p2 .writing textarea")).to_have_value(WORDS)
    page.locator("#b-p2 .writing textarea").press("Control+Enter")
    expect(page.locator("#b-p2 .thread[open] .prose")).to_have_text(WORDS)
    expect(other.locator("#b-p2 .writing textarea")).to_have_value("")
    other.reload()
    expect(other.locator("#b-p2 .thread")).to_have_count(1)
    expect(other.get_by_role("button", name="Draft kept")).to_have_count(0)
    assert kept(other) == 0


def test_a_draft_stays_with_its_words(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    comment_on(page, 12)
    quote = page.locator("#b-p2 [data-quote]")
    first = quote.text_content()
    page.locator("#b-p2 .writing textarea").press_sequentially(WORDS)
    comment_on(page, 120)
    assert quote.text_content() != first
    expect(page.locator("#b-p2 .writing textarea")).to_have_value("")
    page.keyboard.press("Escape")
    mark = page.get_by_role("button", name=re.compile("Draft kept"))
    expect(mark).to_contain_text(first or "?")
    mark.click()
    expect(quote).to_have_text(first or "?")
    expect(page.locator("#b-p2 .writing textarea")).to_have_value(WORDS)


def comment_on(page: Page, x: int) -> None:
    """Choose the word that stands `x` pixels into the second paragraph, to comment on it."""
    page.locator("#b-p2 [data-text]").dblclick(position={"x": x, "y": 12})
    page.locator("selection-toolbar").get_by_role("button", name="Comment").click()
    expect(page.locator("#b-p2 .writing textarea")).to_be_focused()


def test_no_key_is_lost_when_another_paragraph_is_opened_at_once(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    write(page)
    page.evaluate("""() => {
      const words = document.querySelector("#b-p2 .writing textarea");
      words.value += "!";
      words.dispatchEvent(new InputEvent("input", { bubbles: true }));
      document.querySelector("#b-p3 > .handle").click();
    }""")
    expect(page.locator("#b-p3 .writing textarea")).to_be_focused()
    page.get_by_role("button", name="Draft kept").click()
    expect(page.locator("#b-p2 .writing textarea")).to_have_value(WORDS + "!")


def test_a_module_that_did_not_come_is_asked_for_again(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    page.route("**/comment-composer.js", lambda route: route.fulfill(status=404, body=""))
    page.locator("#b-p2 > .handle").press("Enter")
    told = page.locator("[role=alert]").filter(has_text="could not be reached")
    expect(told).to_be_in_viewport()
    page.unroute("**/comment-composer.js")
    page.locator("#b-p2 > .handle").press("Enter")
    expect(page.locator("#b-p2 .writing textarea")).to_be_focused()


def test_what_is_sent_by_key_before_its_script_has_come_is_sent_once(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    thread = say(reading, people.dan)
    page = open_page(people.carol, "/")
    held: list[Route] = []
    page.route("**/draft-form*.js", lambda route: held.append(route))
    page.goto(thread.get_absolute_url())
    body = page.get_by_label("Reply in this thread")
    body.fill(WORDS)
    body.press("Control+Enter")
    assert len(held) == 1
    assert not Comment.objects.filter(body=WORDS).exists()
    held[0].continue_()
    expect(page.locator(".conversation .prose").last).to_have_text(WORDS)
    expect(body).to_have_value("")
    assert Comment.objects.filter(body=WORDS).count() == 1
