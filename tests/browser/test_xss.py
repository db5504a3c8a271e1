"""Every known vector through every place where people write rich text, in a real browser.

The pages are opened with the content security policy set aside: what holds here is what
the words were made into, and the policy is the wall behind it. A page of the same vectors
as they are proves that the trap would have snapped.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from quizzes.models import Quiz
from readings.models import Reading
from seminars.models import Membership
from tests.base import People
from tests.browser.conftest import session_key
from tests.discussions.base import answer, say, url
from tests.forms import add_guide
from tests.quizzes.base import as_form, right_answers
from tests.readings.library import publish, upload
from tests.security.corpora import corpus

PROBE = "/xss-probe"  # an address that nothing but an injected element asks for
WHOLE_THREAD = 39  # answers: a thread of forty comments is shown at once
OURS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<input autofocus onfocus=alert(1)>",
    f"<form action={PROBE}><input type=submit autofocus></form>",
    f"<meta http-equiv=refresh content='0;url={PROBE}'>",
    f"<base href=//evil.example/><link rel=stylesheet href={PROBE}>",
    "<style>@import '" + PROBE + "';</style>",
    f"<b hx-get={PROBE} hx-trigger=load>x</b>",
    f"<b data-hx-get={PROBE} data-hx-trigger=load>x</b>",
    f"<b hx-on:load=alert(1) hx-post={PROBE} hx-trigger='load, revealed'>x</b>",
    f"<hx-partial hx-target=body><b hx-get={PROBE} hx-trigger=load>x</b></hx-partial>",
    "<comment-composer><template><img src=x onerror=alert(1)></template></comment-composer>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:alert(1)) [x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "<javascript:alert(1)> <JAVASCRIPT:alert(1)>",
    '[x](https://a.example/"onmouseover="alert(1))',
    '[x](https://a.example/ "\\" onmouseover=alert(1) x=\\"")',
    '![x](javascript:alert(1)) !["onerror=alert(1) x=](x)',
    'https://a.example/"><img/src=x/onerror=alert(1)>',
    "`<img src=x onerror=alert(1)>` `` ` <img src=x onerror=alert(1)> ``",
    '~~~"><img src=x onerror=alert(1)>\ncode\n~~~',
    "| <img src=x onerror=alert(1)> | x |\n| --- | --- |\n| <script>alert(1)</script> | x |",
    "&lt;img src=x onerror=alert(1)&gt; &#60;img src=x onerror=alert(1)&#62;",
    "{{ 7|add:'</script><script>alert(1)</script>' }} {% load x %} ${alert(1)}",
    "<a href='#' id=text class=btn style='position:fixed;inset:0' name=forms>x</a>",
]
TRAP = """
for (const name of ["alert", "confirm", "prompt", "print"]) {
  window[name] = () => { fired(name); return null; };
}
"""
# What sanitised words may hold, and where on our pages such words stand.
LOOK = """
() => {
  const found = [];
  const told = (one) => ": " + one.outerHTML.slice(0, 200);
  const tags = new Set(("p br hr em strong s a code pre blockquote ul ol li table thead tbody tr th"
    + " td sup sub q cite abbr span img mark caption div label input legend small").split(" "));
  const ours = new Set("class id for type name value checked data-skip role aria-label"
    .split(" ").concat(["data-threads", "data-show", "data-mark", "data-own", "aria-details"]));
  const theirs = new Set("href title start src alt lang dir colspan rowspan rel".split(" "));
  for (const sink of document.querySelectorAll(".prose, [data-text], .note-text, [hx-ignore]")) {
    for (const one of sink.querySelectorAll("*")) {
      if (!tags.has(one.localName)) found.push("element" + told(one));
      const own = one.localName === "mark" || one.matches("a.fn");
      for (const { name } of one.attributes) {
        const may = theirs.has(name) || (own && ours.has(name));
        if (!may) found.push("attribute " + name + told(one));
      }
      if (one.matches("a[href]") && !["http:", "https:", "mailto:"].includes(one.protocol)) {
        found.push("address" + told(one));
      }
      for (const type of ["mouseover", "pointerenter", "focus", "toggle", "animationstart"]) {
        one.dispatchEvent(new Event(type, { bubbles: true }));
      }
    }
  }
  return found;
}
"""


def filled(payload: str) -> str:
    """Put scripts and addresses where the corpus has names for them."""
    payload = re.sub(r"%js_uri\w*%", "javascript:alert(1)", payload)
    payload = re.sub(r"%js\w*%", "alert(1)", payload)
    return re.sub(r"%\w+_path\w*%", PROBE, payload)


@pytest.fixture(scope="module")
def vectors() -> list[str]:
    """All of them; those of the corpora too, where this machine has them."""
    theirs = [one["payload"] for one in corpus("xss/dompurify-fixtures.json")]
    theirs += [filled(one["data"]) for one in corpus("xss/h5sc-items.json")]
    return [*OURS, *(one.replace("\0", "") for one in theirs)]


class Seen(NamedTuple):
    """In how many places of a page the words stand, and where it goes on, if it does."""

    places: int
    following: str | None


class Trap:
    """A browser in which a script that runs, or an address that is asked for, leaves a trace."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context, self.site = context, site
        self.traces: list[str] = []
        context.set_default_timeout(15_000)
        context.expose_function("fired", lambda name: self.traces.append(f"ran {name}"))
        context.add_init_script(TRAP)
        context.route(lambda address: not address.startswith(site), lambda route: route.abort())
        context.on("request", lambda request: self._ask(request.url))
        context.on("dialog", self._dialog)

    def _ask(self, address: str) -> None:
        if PROBE in address:
            self.traces.append(f"asked for {address}")

    def _dialog(self, dialog: Any) -> None:
        self.traces.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def serve(self, path: str, body: str) -> None:
        self.context.route(
            self.site + path, lambda route: route.fulfill(body=body, content_type="text/html")
        )

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(self.site + path, wait_until="load")
        page.wait_for_timeout(250)
        return page

    def assert_quiet(self, path: str, *, at_least: int) -> Seen:
        """Nothing ran, nothing was asked for, and the words that stand there can do nothing."""
        page = self.open(path)
        sinks = page.locator(".prose, [data-text], .note-text, [hx-ignore]").count()
        assert sinks >= at_least, "the vectors are not on the page"
        assert page.evaluate(LOOK) == []
        page.wait_for_timeout(200)
        assert self.traces == []
        assert page.url == self.site + path
        assert len(self.context.pages) == 1, "nothing opened another window"
        following = page.locator('a[rel="next"]').first
        href = following.get_attribute("href") if following.count() else None
        page.close()
        return Seen(sinks, href)


SetTrap = Callable[[Membership], Trap]


@pytest.fixture
def trap(chromium: Browser, live_server: LiveServer) -> Iterator[SetTrap]:
    contexts = []

    def set_one(member: Membership) -> Trap:
        context = chromium.new_context(bypass_csp=True)
        contexts.append(context)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": session_key(member), "url": live_server.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        return Trap(context, live_server.url)

    yield set_one
    for context in contexts:
        context.set_offline(True)
        context.close()


def test_the_trap_snaps(trap: SetTrap, people: People, vectors: list[str]) -> None:
    """The same vectors on a page that takes no care."""
    caught = trap(people.carol)
    raw = "".join(f"<div>{one}</div>" for one in vectors if "http-equiv" not in one.lower())
    raw = (
        f"<!doctype html><meta charset=utf-8><script src=/static/vendor/htmx.min.js></script>{raw}"
    )
    for i, body in enumerate([raw, *(f"<body>{one}" for one in OURS[:8])]):
        path = f"/raw/{i}"
        caught.serve(path, body)
        caught.open(path).close()
    assert caught.traces.count("ran alert") >= 10
    assert any("asked for" in one for one in caught.traces)


def test_comments(trap: SetTrap, people: People, reading: Reading, vectors: list[str]) -> None:
    said = list(filter(str.strip, vectors))
    threads = []
    for start in range(0, len(said), WHOLE_THREAD):
        threads.append(say(reading, people.alice))
        for vector in said[start : start + WHOLE_THREAD]:
            answer(threads[-1], people.carol, vector)
    for vector in OURS:
        say(reading, people.carol, vector)  # first words of a card
    people.dan.user.set_display(annotations="all")
    caught = trap(people.dan)
    for place, thread in enumerate(threads):
        shown = len(said[place * WHOLE_THREAD : (place + 1) * WHOLE_THREAD])
        caught.assert_quiet(thread.get_absolute_url(), at_least=shown)
    caught.assert_quiet(reading.get_absolute_url(), at_least=3)
    caught.assert_quiet(url("thread_list", reading), at_least=0)
    page = caught.open(reading.get_absolute_url())
    page.locator(f"#t{thread.pk} > summary").click()
    page.locator(f"#t{thread.pk} .comment").nth(1).wait_for(state="attached")
    assert page.evaluate(LOOK) == []
    assert caught.traces == [], "fetched into the page, they do nothing either"


# After a vector that opens what it does not close, and would swallow those that follow.
CLOSED = "--> ]]> ?> </script></style></textarea></title></xmp></pre></svg></math>\n\n~~~\n~~~"


def line(vector: str) -> str:
    return " ".join(vector.split())


def guide_of(vectors: list[str]) -> str:
    """A guide with every vector as a note, a question, a choice and what is said about it."""
    parts = ["---\nguide: 1\ntitle: <img src=x onerror=alert(1)>\n---\n"]
    for vector in vectors:
        body = vector if "~~~" in vector or "```" in vector else vector.replace("\n#", "\n #")
        parts.append(f"## Note ¶ 1\n\nNote:\n{body}\n")
    parts += [f"## Prompt ¶ 2\n\nPrompt: {line(vector)}\n" for vector in OURS]
    for start in range(0, len(vectors), 50):
        parts.append("## Checkpoint ¶ 3\n\nTitle: <script>alert(1)</script>\n")
        for i, one in enumerate(map(line, vectors[start : start + 50])):
            parts.append(
                f"### {i} {one}\n\nBelow: {one}\n\n- (x) a {one}\n  > {one}\n- ( ) b {one}\n\n"
                f"Feedback: Read {one}\n"
            )
    return "\n".join(parts)


def test_guide(trap: SetTrap, people: People, reading: Reading, vectors: list[str]) -> None:
    file = SimpleUploadedFile("guide.md", guide_of(vectors).encode(errors="ignore"))
    added = add_guide(people.client("alice"), url("reading_guide", reading), {"file": file})
    assert added.status_code == 302, added.context["refused"]
    caught = trap(people.carol)
    caught.assert_quiet(reading.get_absolute_url(), at_least=4 * len(vectors))
    client: Client = people.client("carol")
    for quiz in Quiz.objects.of(reading):
        answers = as_form(right_answers(quiz))
        assert client.post(url("attempt_create", reading, quiz.pk), answers).status_code == 302
    caught.assert_quiet(reading.get_absolute_url(), at_least=6 * len(vectors))
    trap(people.alice).assert_quiet(url("quiz_results", reading), at_least=3 * len(vectors))
    trap(people.alice).assert_quiet(url("quiz_results_text", reading), at_least=len(vectors))
    trap(people.alice).assert_quiet(url("reading_guide", reading), at_least=0)


def places_of_parts(desk: Trap, part: str | None) -> Iterator[int]:
    """In how many places of each part of a long preview the words stand, which do nothing."""
    while part:
        places, part = desk.assert_quiet(part, at_least=1)
        yield places


def test_imported_essay(trap: SetTrap, people: People, vectors: list[str]) -> None:
    words = [f"Paragraph {i}. {vector}\n\n{CLOSED}" for i, vector in enumerate(vectors)]
    words += [f"Noted {i}.[^{i}]" for i in range(len(vectors))]
    words += [f"## Heading {line(vector)}" for vector in OURS]
    words += [f"> Quoted {line(vector)}\n\n- Listed {line(vector)}" for vector in OURS]
    words += [f"[^{i}]: Note {line(vector)}\n\n{CLOSED}" for i, vector in enumerate(vectors)]
    text = "# <script>alert(1)</script>\n\n" + "\n\n".join(words)
    client = people.client("alice")
    draft = upload(client, text.encode(errors="ignore").decode())
    shown = sum(places_of_parts(trap(people.alice), f"/library/import/{draft.pk}/"))
    assert shown >= len(vectors)
    publish(client, draft, title="<img src=x onerror=alert(1)>", abstract="\n".join(OURS))
    read = client.post("/s/seminar/readings/", {"essay": draft.essay_id})
    assert read.status_code == 302
    trap(people.carol).assert_quiet(read["Location"], at_least=len(vectors))
