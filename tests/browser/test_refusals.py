"""Under every form of the product: what did not happen is told there, with the words kept.

The forms are found by walking the pages in every role (tests/faults.py), and what the server
answers to each when it comes too late is its own: tests/test_refused_forms.py has what it says.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

import pytest
from django.http import HttpResponse
from django.urls import reverse
from lxml import html
from playwright.sync_api import Browser, Page, expect

from discussions.comments.actions import withdraw
from discussions.models import Thread
from readings.models import Block, Reading
from tests.base import People, make_reading
from tests.browser import steps
from tests.browser.answers_site import Answer, Answers, serve_answers
from tests.browser.conftest import OpenPage
from tests.browser.steps import expect_said, shown
from tests.discussions.base import answer, first_of, reported, say
from tests.faults import FAULTS, WORDS, Trials, all_forms, make_wide_world, words_of
from tests.forms import SiteForm
from tests.permissions.world import World, make_world
from tests.seeds import Seed, fixture_of

seed_world = fixture_of(Seed(make_wide_world))
BUSY = HttpResponse("<!doctype html><p>Busy.", status=503)
# Who has a field before them for as long as it takes to write has this module.
DRAFTS_ARE_KEPT = "customElements.whenDefined('draft-form').then(() => true)"
GAP_BELOW = """(one) => one.nextElementSibling.getBoundingClientRect().top
  - one.getBoundingClientRect().bottom"""
UNREACHED = "could not be reached"

# Open the form where it is, write into it, send it; and when something has come of it, say what
# can be seen then.
TRY = """async ({ action, names, page, kind, byScript, words }) => {
  const leads = (form, button) => (button ?? form).matches(`[${button ? "formaction" : "action"}]`)
    && new URL(button?.formAction ?? form.action).pathname === action;
  const buttonOf = (form) => [...form.elements].find((one) => one.formAction && leads(form, one));
  const found = (root) => [...root.querySelectorAll("form")].find((form) =>
    form.method === "post" && form.hasAttribute("hx-post") === byScript
      && (leads(form) || !form.hasAttribute("action") || buttonOf(form))
      && names.every((name) => form.elements.namedItem(name)));
  const come = (look) => new Promise((resolve) => {
    const end = (value) => { watch.disconnect(); clearTimeout(late); resolve(value); };
    const watch = new MutationObserver(() => look() && end(look()));
    const late = setTimeout(() => end(null), 4000);
    watch.observe(document, { subtree: true, childList: true, attributes: true });
    if (look()) end(look());
  });
  const send = (target, type, detail) =>
    target.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  const open = {
    page: () => found(document),
    template: () => {
      const block = document.querySelector("#text .block[data-block]");
      const form = () => block.querySelector(".writing form");
      if (!form()) send(block, "compose", { block: block.dataset.block });
      return come(form);
    },
    piece: () => {
      const room = document.querySelector("edit-dialog");
      const from = document.querySelector("#text .handle");
      if (!found(room)) send(document, "edit-open", { url: page, from });
      return come(() => found(room));
    },
  };
  await import("/static/js/lib/refusals.js");
  const form = await open[kind]();
  if (!form) return { told: ["there is no form"], shown: "" };
  if (form.closest("draft-form")) await import("/static/js/elements/draft-form.js"); // as a focus
  for (const old of document.querySelectorAll("[data-refused]")) old.remove();
  form.noValidate = true;
  for (const control of form.elements) {
    if (control.type === "hidden") continue;
    if (control.matches("textarea, input[type=text], input:not([type])")) control.value = words;
    if (control.type === "radio" || control.type === "checkbox") control.checked = true;
    control.dispatchEvent(new InputEvent("input", { bubbles: true }));
    for (let at = control; at; at = at.parentElement) {
      if (at.matches("details")) at.open = true;
      if (at.matches("[popover]:not(:popover-open)")) at.showPopover();
    }
  }
  let swapped = false;
  const swap = () => { swapped = true; document.body.dataset.swapped = ""; };
  addEventListener("htmx:after:swap", swap, { once: true });
  form.requestSubmit(buttonOf(form));
  await come(() => swapped || document.querySelector("[data-refused]"));
  const all = (selector, of) =>
    [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map(of);
  const told = all("[data-refused], [role=alert], #said", (one) => one.innerText.trim());
  const fields = all("textarea, input:not([type=hidden])", (one) => one.value);
  return { told, shown: [...fields, document.body.innerText].join(" "), swapped };
}"""


# They are there while something is new: whoever has walked to all the forms has read it.
GONE_ONCE_READ = {"seminar_reads", "reading_reads", "thread_read", "news_reads", "all_news_reads"}


@pytest.mark.django_db
def test_every_form_says_what_did_not_happen(
    chromium: Browser, seed_make_wide_world: World
) -> None:
    trials = Trials(seed_make_wide_world)
    wrong: list[str] = []

    def where(form: SiteForm) -> tuple[str, str]:
        return form.who, form.host

    found = all_forms(seed_make_wide_world)
    forms = sorted((form for form in found if form.view not in GONE_ONCE_READ), key=where)
    with serve_answers() as site, chromium.new_context(base_url=site.address) as context:
        page = context.new_page()
        for (who, host), here in groupby(forms, key=where):
            site.pages = {host: trials.browser(who).get(host)}
            page.goto(host)
            for form in here:
                if form.page != host:
                    piece = trials.browser(who).get(form.page, headers={"HX-Request": "true"})
                    site.pages[form.page] = piece
                for answers, reason in cases(trials, form):
                    said = trouble(page, site, form, answers, reason)
                    wrong += [f"{form.view} {form.piece} on {host}: {one}" for one in said]
    assert not wrong, "\n".join(wrong)


def cases(trials: Trials, form: SiteForm) -> Iterator[tuple[Sequence[Answer], str]]:
    """What may come of sending it, and what is to be said then; "" for what is in the answer.

    Of answers that are alike for a script, one.
    """
    yield [None], UNREACHED
    if not form.by_script:
        return  # the answer is a page of its own
    yield [BUSY], "the server is busy"
    seen = set()
    for fault in FAULTS:
        if not form.action.startswith(fault.below):
            continue
        answer = trials.answer(form, fault, by_script=True)
        reasons = html.fromstring(answer.content or b"<p>").xpath("string(//*[@data-refusal])")
        alike = (answer.status_code, bool(reasons))
        if answer.status_code < 400 or alike in seen:
            continue
        seen.add(alike)
        if fault.checks_tokens:  # it is sent again with the new one
            yield [answer, BUSY], "the server is busy"
        else:
            yield [answer], " ".join(str(reasons).split())[:40]


def trouble(
    page: Page, site: Answers, form: SiteForm, answers: Sequence[Answer], reason: str
) -> Iterator[str]:
    """What is wrong with what can be seen after such an answer."""
    site.posts, site.tokens = list(answers), []
    site.pages["/livez"] = None if answers[0] is None else HttpResponse("ok")
    kind = "template" if form.is_template else "page" if form.page == form.host else "piece"
    asked: dict[str, object] = {
        "action": form.action.partition("?")[0],
        "page": form.page,
        "kind": kind,
    }
    asked |= {"byScript": form.by_script}
    asked["names"] = sorted({one.name for one in form.controls})
    seen = page.evaluate(TRY, asked | {"words": WORDS})
    status = answers[0].status_code if answers[0] else "no answer"
    if not any(reason in " ".join(one.split()) for one in seen["told"]):
        yield f"{status} is not told: {seen['told']}"
    elif words_of(form) and WORDS not in seen["shown"]:
        yield f"{status} loses the words"
    ways = {form.action, form.element.get("action"), form.element.get("hx-post")}
    sent = {token for path, token in site.tokens if path in ways}
    if len(sent) != len(answers) - (not form.by_script):
        yield f"{status} was sent with the tokens {sent}"
    if seen.get("swapped") or not any(seen["told"]):
        page.goto(form.host)


@pytest.mark.parametrize("js", [True, False], ids=["scripting", "without"])
def test_who_replies_in_a_thread_that_was_locked_meanwhile_keeps_the_words(
    open_page: OpenPage, people: People, js: bool
) -> None:
    thread = say(make_reading(people), people.dan)
    page = open_page(people.carol, thread.get_absolute_url(), js=js)
    page.get_by_label("Reply in this thread").fill(WORDS)
    Thread.objects.update(state="locked")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(shown(page, "This thread is locked: nobody can reply any more.")).to_be_visible()
    expect(page.locator("textarea").first).to_have_value(WORDS)
    assert page.url.endswith("/comments/") is not js


def test_answers_to_a_checkpoint_outlive_the_page(open_page: OpenPage) -> None:
    world = make_world()
    quiz = reverse("quiz_detail", kwargs=world.kwargs["quiz"])
    page = open_page(world.people.dan, quiz)  # Carol has answered it
    page.get_by_role("radio").nth(1).focus()
    page.evaluate(DRAFTS_ARE_KEPT)
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
    page.evaluate(DRAFTS_ARE_KEPT)
    words.press("Control+Enter")
    expect(shown(page, "This has 10312 characters")).to_be_visible()
    expect(words).to_have_value("a" * 10_312)


def test_what_is_over_before_it_is_said_is_not_said(open_page: OpenPage, people: People) -> None:
    thread = say(make_reading(people), people.dan)
    page = open_page(people.carol, thread.get_absolute_url())
    said = page.evaluate_handle(
        """() => {
          const said = [], live = document.getElementById("live");
          new MutationObserver(() => said.push(live.textContent)).observe(live, {childList: true});
          return said;
        }"""
    )
    write = """async (words, letters) => {
      for (const count of letters) {
        words.value = "a".repeat(count);
        words.dispatchEvent(new Event("input", {bubbles: true}));
        await new Promise((go) => setTimeout(go, 20));
      }
    }"""
    words = page.get_by_label("Reply in this thread")
    words.evaluate(write, [10_001, 10_002])
    expect_said(page, "2 characters over the limit")
    words.evaluate(write, [10_003, 10_000])  # three too many, and taken back at once
    page.wait_for_timeout(200)  # longer than anything waits to be said
    assert [text for text in said.json_value() if text] == ["2 characters over the limit"]


def test_answers_given_while_an_older_page_is_on_its_way_are_there(open_page: OpenPage) -> None:
    """The server had them after it had made the page that comes."""
    world = make_world()
    page = open_page(world.people.dan, reverse("quiz_detail", kwargs=world.kwargs["quiz"]))
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


def test_a_permalink_to_what_is_gone_says_so_above_the_text(
    open_page: OpenPage, people: People
) -> None:
    reading = make_reading(people)
    # No heading, which would keep its distance by itself.
    Block.objects.filter(kind="heading").update(kind="paragraph", level=None)
    thread, private = say(reading, people.dan), say(reading, people.dan, audience="me")
    lonely = say(reading, people.dan, block="p2", quote="Where two readers")
    reply = answer(thread, people.carol)
    for one in (reply, first_of(lonely)):
        withdraw(comment=one, by=one.author)
    page = open_page(people.carol, f"{reading.get_absolute_url()}#p99")
    for place, words, way_on in (
        ("p99", "Paragraph 99 is not in this text any more.", "To the beginning of the text"),
        (f"c{reply.pk}", "That comment was withdrawn.", "To its thread"),
        (f"c{first_of(lonely).pk}", "That comment is not here any more", "All threads"),
        (f"t{lonely.pk}", "That thread is not here any more", "All threads"),
        (f"c{first_of(private).pk}", "That comment is not here any more", "All threads"),
    ):
        page.evaluate("(place) => { location.hash = place; }", place)
        told = page.locator(".notice[role=alert]")
        expect(told).to_contain_text(words)
        expect(told.get_by_role("link", name=way_on)).to_be_in_viewport()
        assert told.evaluate(GAP_BELOW) >= 16
    page.evaluate("(place) => { location.hash = place; }", "p2")
    expect(told).to_have_count(0)


def test_who_hides_without_a_reason_is_told_to_choose_one(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    reported(first_of(say(reading, people.dan)), people.carol)
    page = open_page(people.alice, "/s/seminar/desk/reviews/")
    page.get_by_text("Hide", exact=True).click()
    page.get_by_role("button", name="Hide it").click()
    expect(shown(page, "Choose the reason that members will see.")).to_be_visible()
    expect(page.get_by_label("Unkind or insulting")).to_be_visible()


def test_a_highlight_that_was_not_taken_is_told_and_made_again(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    """It has no form: what can be done now stands below the words."""
    page = open_page(people.carol, reading.get_absolute_url())
    page.route("**/threads/", lambda route: route.fulfill(status=429, body=""))
    steps.drag_over(page, "The margin was made", "for this")
    steps.toolbar(page, "Highlight").click()
    told = page.locator("[data-refused]")
    expect(told).to_contain_text("the server is busy")
    expect(told).to_be_in_viewport()
    page.unroute("**/threads/")
    told.get_by_role("button", name="Try again").click()
    expect(page.locator("mark[data-threads]")).to_have_text("The margin was made for this")
    expect(told).to_have_count(0)
    assert Thread.objects.count() == 1
