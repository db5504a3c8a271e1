"""Under every form of the product: what did not happen is told there, with the words kept.

The forms are found by walking the pages, by every address that the URLconf has.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from discussions.models import Thread
from seminars.models import Membership
from tests.base import People, make_reading
from tests.browser.conftest import OpenPage, session_key
from tests.discussions.base import say
from tests.permissions.world import World, make_world
from tests.views import routes

WORDS = "Words that took an hour"
# What these send is not said: a choice of how the page looks, the end of a session.
WITHOUT_WORDS = {"account_logout", "demo_entry"}


@dataclass(frozen=True)
class Form:
    """One form: the view it leads to, what it asks, and the page on which it stands."""

    view: str
    fields: tuple[str, ...]
    by_script: bool
    who: str
    page: str
    action: str


def pages(world: World, client: Client) -> Iterator[tuple[str, bytes]]:
    """Every page that opens, and those that its links would fetch a piece of."""
    waiting = []
    for route in routes():
        for kwargs in world.kwargs.values():
            try:
                waiting.append(reverse(route.name, kwargs=kwargs))
            except NoReverseMatch:
                continue
    seen = set()
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith("/accounts/"):
            continue
        seen.add(path)
        answer = client.get(path)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or not kind.startswith("text/html") or answer.streaming:
            continue
        yield path, answer.content
        waiting += html.fromstring(answer.content).xpath("//a[@hx-get]/@href")


def forms(world: World) -> list[Form]:
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for who in ("alice", "carol"):
        client = world.people.client(who)
        for path, content in pages(world, client):
            for form in html.fromstring(content).xpath("//form[@method='post']"):
                action = form.get("action") or path
                try:
                    view = resolve(urlsplit(action).path).url_name or ""
                except Resolver404:
                    continue
                fields = tuple(sorted({name for name in form.fields if name and name[0] != "q"}))
                if view not in WITHOUT_WORDS and not form.xpath("ancestor::template"):
                    form_here = Form(
                        view, fields, form.get("hx-post") is not None, who, path, action
                    )
                    found.setdefault((view, fields), form_here)
    return list(found.values())


FILL = """([form, words]) => {
  form.noValidate = true;
  for (const control of form.elements) {
    if (control.matches("textarea, input[type=text], input:not([type])")) control.value = words;
    if (control.type === "radio" || control.type === "checkbox") control.checked = true;
    control.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  for (let at = form; at; at = at.parentElement) {
    if (at.matches("details")) at.open = true;
    if (at.matches("[popover]")) at.showPopover();
  }
  form.requestSubmit();
}"""
KEPT = """(form) => [...form.elements]
  .filter((control) => control.matches("textarea, input[type=text], input:not([type])"))
  .map((control) => control.value)"""


@contextmanager
def offline(context: BrowserContext) -> Iterator[str]:
    context.set_offline(True)
    yield "could not be reached"
    context.set_offline(False)


@contextmanager
def signed_out(context: BrowserContext) -> Iterator[str]:
    cookies = context.cookies()
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    yield "You are signed out"
    context.clear_cookies()
    # What the browser gave is what it takes, though their types differ.
    context.add_cookies(cookies)  # type: ignore[arg-type]


@contextmanager
def removed(context: BrowserContext) -> Iterator[str]:
    mine = Membership.objects.filter(removed_at=None)
    members = list(mine.values_list("pk", flat=True))
    mine.update(removed_at=timezone.now())
    yield "Nothing that you wrote is lost"
    Membership.objects.filter(pk__in=members).update(removed_at=None)


@contextmanager
def busy(context: BrowserContext) -> Iterator[str]:
    def answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=503, body="<!doctype html><p>Busy.")
        else:
            route.continue_()

    context.route("**/*", answer)
    yield "the server is busy"
    context.unroute("**/*")


FAULTS: list[Callable[[BrowserContext], AbstractContextManager[str]]] = [
    offline,
    signed_out,
    removed,
    busy,
]


def test_every_form_says_what_did_not_happen(chromium: Browser, live_server: LiveServer) -> None:
    world = make_world()
    found = [form for form in forms(world) if form.by_script]
    assert {"comment_create", "comment_reports", "attempt_create", "thread_list"} <= {
        form.view for form in found
    }
    wrong = []
    for form in found:
        member = getattr(world.people, form.who)
        with chromium.new_context(base_url=live_server.url) as context:
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": session_key(member), "url": live_server.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
            context.set_default_timeout(5000)
            page = context.new_page()
            page.goto(form.page)
            page.wait_for_load_state("networkidle")
            wrong += [f"{form.view} on {form.page}: {what}" for what in trials(page, form)]
    assert not wrong, "\n".join(wrong)


def trials(page: Page, form: Form) -> Iterator[str]:
    """What is wrong with this form under each of the faults."""
    here = page.locator(f'form[hx-post="{form.action}"]').first
    for fault in FAULTS:
        with fault(page.context) as reason:
            here.evaluate("(form, words) => (" + FILL + ")([form, words])", WORDS)
            told = page.locator("[data-refused]").filter(has_text=reason)
            try:
                expect(told).to_be_visible(timeout=5000)
            except AssertionError:
                yield f"{fault.__name__} is not told"
                continue
        if {*here.evaluate(KEPT)} - {WORDS}:
            yield f"{fault.__name__} loses words"
        if page.locator("[data-refused]").count() != 1:
            yield f"{fault.__name__} is told twice"
    yield from trial_of_the_token(page, here)


def trial_of_the_token(page: Page, here: Locator) -> Iterator[str]:
    """A token that counts no more is no fault to be told of: it is sent again with the new one."""
    tokens: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        tokens.append(route.request.headers["x-csrftoken"])
        if len(tokens) == 1:
            route.continue_()
        else:  # it would be taken: the next form is to find the same world
            route.fulfill(status=503, body="")

    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    page.route("**/*", answer)
    here.evaluate("(form, words) => (" + FILL + ")([form, words])", WORDS)
    try:
        told = page.locator("[data-refused]").filter(has_text="the server is busy")
        expect(told).to_be_visible(timeout=5000)
    except AssertionError:
        yield "an old token is refused for ever"
    if len(set(tokens)) != 2:
        yield f"was sent with {len(set(tokens))} tokens"


@pytest.mark.usefixtures("transactional_db")
def test_without_scripting_every_refusal_holds_the_words() -> None:
    world = make_world()
    wrong = []
    for form in forms(world):
        data = dict.fromkeys(form.fields, "") | {"body": WORDS}
        strangers = [Client()]
        if getattr(resolve(urlsplit(form.action).path).func, "access", "") != "signed_in":
            strangers.append(world.people.client("mallory"))
        for refused in strangers:
            answer = refused.post(form.action, data, headers={"Sec-Fetch-Site": "same-origin"})
            if answer.status_code < 400 or WORDS not in answer.content.decode():
                wrong.append(f"{form.view}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("js", [True, False], ids=["scripting", "without"])
def test_who_replies_in_a_thread_that_was_locked_meanwhile_keeps_the_words(
    open_page: OpenPage, people: People, js: bool
) -> None:
    thread = say(make_reading(people), people.dan)
    page = open_page(people.carol, thread.get_absolute_url(), js=js)
    page.get_by_label("Reply in this thread").fill(WORDS)
    Thread.objects.update(state="locked")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_text("This thread is locked: nobody can reply any more.")).to_be_visible()
    expect(page.locator("textarea").first).to_have_value(WORDS)
    assert page.url.endswith("/comments/") is not js


def test_answers_to_a_checkpoint_outlive_the_page(open_page: OpenPage) -> None:
    world = make_world()
    carol = world.people.carol
    quiz = reverse("quiz_detail", kwargs=world.kwargs["quiz"])
    page = open_page(carol, quiz)
    page.get_by_role("radio").nth(1).check()
    page.reload()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(page.locator(".draft-state")).to_contain_text("kept")
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator(".result")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:'))") == []


def test_what_is_over_the_limit_is_counted_and_not_cut(open_page: OpenPage, people: People) -> None:
    thread = say(make_reading(people), people.dan)
    page = open_page(people.carol, thread.get_absolute_url())
    words = page.get_by_label("Reply in this thread")
    words.fill("a" * 10_312)
    expect(page.locator("[data-over]")).to_have_text("312 characters over the limit")
    words.press("Control+Enter")
    expect(page.get_by_text("This has 10312 characters")).to_be_visible()
    expect(words).to_have_value("a" * 10_312)


def test_answers_given_while_an_older_page_is_on_its_way_are_there(open_page: OpenPage) -> None:
    """The server had them after it had made the page that comes."""
    world = make_world()
    page = open_page(world.people.carol, reverse("quiz_detail", kwargs=world.kwargs["quiz"]))
    with page.expect_response("**/answers/"):
        page.get_by_role("radio").nth(0).check()
    older = page.request.get(page.url)
    page.evaluate("dispatchEvent(new Event('beforeunload'))")
    with page.expect_response("**/answers/"):
        page.get_by_role("radio").nth(1).check()
    expect(page.locator(".draft-state")).to_be_visible()
    page.route(page.url, lambda route: route.fulfill(response=older))
    page.reload()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
