"""What a page costs when the data behind it grows: asked in turn, so that drift falls on both."""

import statistics
import time
from dataclasses import dataclass

from django.db import connection

from scripts.bench import pages, seed
from scripts.bench.client import Client, TimedAnswer
from scripts.bench.report import Figure, at_most

HUNDREDFOLD_GOAL = 1.15
LARGE_GOAL = 1.5
MANY_GOAL = 3.0
WARM_ASKED = 3
ASKED_AT_LEAST = 5


@dataclass(frozen=True)
class Page:
    """A page of one server, as one member asks for it."""

    port: int
    path: str
    seminar: str = "seminar-0"
    place: int = seed.UNREAD


def cost_ratio(small: Page, large: Page, seconds: float) -> float:
    """How many times as much `large` costs the server, the two asked in turn."""
    answers: tuple[list[TimedAnswer], list[TimedAnswer]] = ([], [])
    with _client(small) as first, _client(large) as second:
        asked = ((first, small, answers[0]), (second, large, answers[1]))
        for client, page, _ in asked:
            for _ in range(WARM_ASKED):
                client.ask(page.path)
        until = time.monotonic() + seconds
        while time.monotonic() < until or len(answers[0]) < ASKED_AT_LEAST:
            for client, page, took in asked:
                took.append(client.ask(page.path))
            asked = (asked[1], asked[0])
    return _cost(answers[1]) / _cost(answers[0])


def _cost(answers: list[TimedAnswer]) -> float:
    """Milliseconds of a page, with as little in them of the machine's other work as can be.

    SQLite works in the server's own thread, and its processor time says all. PostgreSQL works
    elsewhere: there it is the clock, and the quickest answer, which waited least for others.
    """
    if connection.vendor == "sqlite":
        return statistics.median(answer.processor for answer in answers)
    return min(answer.took for answer in answers)


def _client(page: Page) -> Client:
    return Client(page.port, pages.headers_of(page.place, page.seminar))


def growth_figures(one: int, whole: int, scale: seed.Scale, seconds: float) -> list[Figure]:
    """Compare the instance of one seminar (port `one`) with the whole, and its large seminars."""
    page, talk = pages.page_of(), pages.threads_of()
    figures = []
    for name, path in (("reading page", page), ("home", "/"), ("thread list", talk)):
        ratio = cost_ratio(Page(one, path), Page(whole, path), seconds)
        title = f"{name} in an instance {scale.seminars} times as large"
        figures.append(at_most(title, ratio, HUNDREDFOLD_GOAL, " times"))
    for name, path, large in (
        (f"home of a seminar with {2 * scale.large:,} comments", "/", "/"),
        (f"reading page with {scale.large:,} comments", page, pages.page_of("large")),
    ):
        ratio = cost_ratio(Page(whole, path), Page(whole, large, "large"), seconds)
        figures.append(at_most(name, ratio, LARGE_GOAL, " times"))
    many = Page(whole, pages.page_of("many"), "many")
    ratio = cost_ratio(Page(whole, page), many, seconds)
    figures.append(at_most(f"reading page with {scale.many:,} threads", ratio, MANY_GOAL, " times"))
    return figures
