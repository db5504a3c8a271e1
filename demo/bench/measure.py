"""What is measured, and how it is told."""

import gzip
import json
import random
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from anchoring import find_words
from demo.bench.anchoring import carry_passages
from demo.bench.load import Call, Timing, run
from demo.bench.reading_in import read_essay
from demo.bench.seed import add_comments
from demo.bench.server import serving
from discussions.models import Comment, Thread
from quizzes.models import Quiz
from readings.models import Block, Reading
from seminars.models import Membership

TOKEN = "b" * 32
MORE_COMMENTS = 5  # on each of 200 threads: a thousand more behind the same page


def measure(url: str, *, seconds: float, source: Path, paragraphs: int) -> Iterator[str]:
    """Yield the report, line by line; `paragraphs` has the long essay that is read in."""
    reading = Reading.objects.select_related("seminar").order_by("pk")[0]
    member = Membership.objects.filter(seminar=reading.seminar, role="participant")[0]
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={_session(member.user)}"}
    page = reading.get_absolute_url()

    def get(path: str) -> Call:
        return Call("GET", path, headers)

    with serving(url) as port:
        run(port, get(page), 1)  # warm
        before = run(port, get("/bare/"), seconds)
        read = run(port, get(page), seconds)
        threads = list(Thread.objects.filter(reading=reading))
        add_comments(random.Random(1), threads, [member], MORE_COMMENTS)  # noqa: S311
        grown = run(port, get(page), seconds)
        quiz = run(port, get(_quiz_path(reading)), seconds)
        posted = run(port, _post(reading, threads[0], headers), seconds)
        after = run(port, get("/bare/"), seconds)
    bare = (before.rate + after.rate) / 2
    yield "| page | answers/s | of R | p50 ms | p99 ms | p99/p50 |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield _row("R: bare view, 60 kB", before, bare)
    yield _row("R again, at the end", after, bare)
    yield _row("reading page, 40 paragraphs, 200 threads", read, bare)
    yield _row(f"the same, {MORE_COMMENTS * len(threads):,} more comments behind it", grown, bare)
    yield _row("quiz page, ten questions", quiz, bare)
    yield _row("one posted comment, 8 writers", posted, bare)
    yield ""
    yield f"grown page costs {read.rate / grown.rate:.2f} times the page before (goal 1.15)"
    yield from _weigh(page, member, source)
    yield from _find_quotes(reading)
    yield from carry_passages(paragraphs)
    yield from read_essay(paragraphs)


def _row(name: str, timing: Timing, bare: float) -> str:
    return (
        f"| {name} | {timing.rate:,.0f} | {timing.rate / bare:.1%} | {timing.p50:.1f} "
        f"| {timing.p99:.1f} | {timing.p99 / timing.p50:.1f} |"
    )


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _quiz_path(reading: Reading) -> str:
    quiz = Quiz.objects.filter(reading=reading)[0]
    return reverse("quiz_detail", args=[reading.seminar.slug, reading.slug, quiz.pk])


def _post(reading: Reading, thread: Thread, headers: dict[str, str]) -> Call:
    """A reply in one thread; {n} makes each its own by its client key."""
    path = reverse("comment_create", args=[reading.seminar.slug, reading.slug, thread.pk])
    return Call(
        "POST",
        path,
        {
            **headers,
            "Cookie": f"{headers['Cookie']}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        },
        "body=A+reply+of+a+few+words+for+the+benchmark.&client_key=00000000-0000-4000-8000-{n}",
        expect=(200, 302, 303),
    )


class _Counter(HTMLParser):
    """Counts elements and collects the scripts and style sheets of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = 0
        self.files: dict[str, set[str]] = {"js": set(), "css": set(), "woff2": set()}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes += 1
        values = dict(attrs)
        for name in (values.get("src"), values.get("href")):
            suffix = (name or "").rsplit(".", 1)[-1]
            if tag in {"script", "link"} and suffix in self.files and name:
                self.files[suffix].add(name.removeprefix(settings.STATIC_URL))


def _weigh(page: str, member: Membership, source: Path) -> Iterator[str]:
    client = Client()
    client.force_login(member.user)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(page, headers={"host": "localhost"}).content
    counter = _Counter()
    counter.feed(html.decode())
    yield f"queries per page: {len(queries)} (goal 7)"
    weight = len(gzip.compress(html)) / 1000
    yield f"page: {weight:.1f} kB gzip (goal 15), {counter.nodes:,} elements (goal 1,500)"
    for kind, goal in (("js", 30), ("css", 12)):
        names = _with_imports(source, counter.files[kind]) if kind == "js" else counter.files[kind]
        weight = sum(len(gzip.compress((source / name).read_bytes(), 9)) for name in names) / 1000
        yield f"{kind}: {weight:.1f} kB gzip in {len(names)} files (goal {goal})"


def _with_imports(source: Path, names: set[str]) -> set[str]:
    """The modules and all that they import, which the browser fetches too."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        text = (source / name).read_text(encoding="utf-8")
        for target in re.findall(r'(?:from|import)\s*["\'](\.[^"\']+)["\']', text):
            path = ((source / name).parent / target).resolve()
            waiting.append(str(path.relative_to(source.resolve())))
    return found


def _find_quotes(reading: Reading) -> Iterator[str]:
    texts = list(
        Block.objects.filter(revision=reading.revision, kind="paragraph").values_list(
            "text", flat=True
        )
    )
    source = random.Random(2)  # noqa: S311
    wanted = []
    for _ in range(500):
        text = source.choice(texts)
        start = source.randrange(0, len(text) - 50)
        wanted.append((text, text[start : start + 40].strip()))
    began = time.perf_counter()
    found = sum(bool(find_words(text, words)) for text, words in wanted)
    took = (time.perf_counter() - began) * 1000
    yield f"500 quotations found in their paragraphs: {took:.0f} ms, {found} found"
    yield json.dumps({"comments": Comment.objects.count()})
