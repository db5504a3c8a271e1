"""What a reading page costs the processor when nothing of it is kept, and after a post."""

import statistics
import time
from collections.abc import Callable, Iterator

from django.template import Context, Engine

from scripts.bench import pages, seed
from scripts.bench.client import Client
from scripts.bench.report import Figure, at_most
from scripts.bench.sessions import FORM_HEADERS

COLD_PAGES = 20
ASKED_AT_LEAST = 5
# Before anything was kept, a page with 200 threads took the processor so many yardsticks (130 to
# 190 ms, as busy as the machine was); a fifth of it is the goal.
COLD_BEFORE = 2.6
COLD_GOAL = COLD_BEFORE / 5
AFTER_A_POST_GOAL = 2.0
KEPT_FROM = 1.5  # a page that keeps its blocks is at least so many times cheaper than a cold one


# A yardstick of the machine that no change of the app can bend: a loop of Django's templates.
# (R0 would not do: so short a piece of work suffers otherwise from a busy machine than a page.)
_ROWS = [{"name": f"Person {n}", "own": n % 10 == 0, "words": "as it is " * 12} for n in range(800)]
_YARDSTICK = Engine().from_string(
    """{% for row in rows %}<li id="r{{ forloop.counter }}"{% if row.own %} class="own"{% endif %}>
    <b>{{ row.name }}</b> {{ row.words|truncatechars:80 }}{% if not row.own %}<i>?</i>{% endif %}
    </li>{% endfor %}"""
)


def cold_page(port: int, scale: seed.Scale) -> tuple[float, Figure]:
    """Ask for pages that nobody has asked for; return their milliseconds of the processor too."""
    found = [(_yardstick(), cost) for cost in _cold(port, min(COLD_PAGES, scale.seminars - 1))]
    yardstick, cold = map(statistics.median, zip(*found, strict=True))
    detail = f"{cold:.1f} ms of the processor, a yardstick is {yardstick:.1f}"
    name = "reading page with nothing kept"
    return cold, at_most(name, cold / yardstick, COLD_GOAL, " yardsticks", detail)


def _yardstick() -> float:
    """Return how many milliseconds of the processor the loop takes."""
    began = time.thread_time()
    _YARDSTICK.render(Context({"rows": _ROWS}))
    return (time.thread_time() - began) * 1000


def after_a_post(port: int, cold: float, seconds: float) -> Figure:
    """Ask for the page after each of a few posts; `cold` is what it takes with nothing kept."""
    warm = statistics.median(_processor(port, pages.page_of(), seconds))
    after = statistics.median(_after_posts(port, seconds))
    # Where nothing is kept, every block is rendered for every page.
    kept = cold > KEPT_FROM * warm
    blocks = seed.BLOCKS * (after - warm) / (cold - warm) if kept else seed.BLOCKS
    return at_most(
        "rendered again for the first page after a post",
        max(blocks, 0.0),
        AFTER_A_POST_GOAL,
        f" of {seed.BLOCKS} blocks",
        f"{after:.1f} ms of the processor, {warm:.1f} without a post",
    )


def _processor(port: int, path: str, seconds: float) -> list[float]:
    with Client(port, pages.headers_of()) as client:
        client.ask(path)
        return _repeated(seconds, lambda _: client.ask(path).processor)


def _repeated(seconds: float, ask: Callable[[int], float]) -> list[float]:
    """Ask over and over, with the number of the turn; a few times at least."""
    found: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(found) < ASKED_AT_LEAST:
        found.append(ask(len(found)))
    return found


def _cold(port: int, many: int) -> Iterator[float]:
    """The first time that anybody asks for the second reading of each seminar."""
    for number in range(1, many + 1):
        seminar = f"seminar-{number}"
        with Client(port, pages.headers_of(seminar=seminar)) as client:
            client.ask("/")  # the process has met the person
            yield client.ask(pages.page_of(seminar, "reading-1")).processor


def _after_posts(port: int, seconds: float) -> list[float]:
    replies = pages.addresses().replies
    writer = pages.headers_of(seed.WRITERS[0])
    with Client(port, pages.headers_of()) as reader, Client(port, writer) as author:

        def ask(turn: int) -> float:
            body = f"body=Reply+{turn}+before+the+page+is+read."
            path = replies[turn * 7 % len(replies)]
            author.ask(path, body=body, headers=FORM_HEADERS, expect=pages.POSTED)
            return reader.ask(pages.page_of()).processor

        return _repeated(seconds, ask)
