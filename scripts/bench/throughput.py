"""The rows of the table: each page under eight clients, compared with R0 in the same minute."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scripts.bench import pages, seed
from scripts.bench.client import Client
from scripts.bench.report import Figure, Row, at_most
from scripts.bench.server import Server
from scripts.bench.talk import WORDS
from scripts.bench.wrk import CLIENTS, Load, Timing, run

WARM_SECONDS = 1  # over as many connections as the run has, so that every worker is warm
GROUP = 3  # rows between two measurements of R0: machines drift within minutes
POST_GOAL = 20.0  # a post at one client, in R0s: 8 ms where R0 takes .4
MIXED_GOAL = 0.85  # the reading page while others write, of the same page alone


@dataclass(frozen=True)
class Ask:
    """What a row measures, and what part of R0 is wanted of it."""

    name: str
    load: Load
    goal: float | None = None
    is_bare: bool = False


class Throughput:
    """Measures rows on one server, with R0 before and after every few of them."""

    def __init__(self, server: Server, seconds: float) -> None:
        self._server = server
        self._seconds = seconds
        self._r0: list[Timing] = []
        self.rows: list[Row] = []

    @property
    def of_r(self) -> float:
        """R's part of R0: the one bare row that this measures beside R0."""
        return next(row.of_r0 for row in self.rows if row.is_bare)

    def measure(self, asked: Sequence[Ask]) -> None:
        """Add a row for each."""
        for start in range(0, len(asked), GROUP):
            before = self._r0[-1] if self._r0 else self.measure_r0()
            group = asked[start : start + GROUP]
            timings = [self.once(ask.load) for ask in group]
            bare = [before, self.measure_r0()]
            self.rows += [
                _row(ask, timing, bare) for ask, timing in zip(group, timings, strict=True)
            ]

    def once(self, load: Load, clients: int = CLIENTS) -> Timing:
        """One run, after the answer has been looked at once and the workers are warm."""
        if load.script:
            return run(self._server, load, self._seconds, clients)
        self._warm(load)
        timing = run(self._server, load, self._seconds, clients)
        # wrk counts answers of 400 and above; this sees a redirection, too.
        with Client(self._server.port, dict(load.headers)) as client:
            client.ask(load.path, expect=load.expect)
        return timing

    def measure_r0(self) -> Timing:
        self._r0.append(self.once(pages.bare()))
        return self._r0[-1]

    def r0_rows(self) -> list[Row]:
        """R0 as it was at the beginning and at the end, compared with its mean."""
        names = ("R0: bare view of 60 kB, no middleware", "R0, at the end")
        ends = (self._r0[0], self._r0[-1])
        return [
            _row(Ask(name, pages.bare(), is_bare=True), timing, self._r0)
            for name, timing in zip(names, ends, strict=True)
        ]

    def _warm(self, load: Load) -> None:
        until = time.monotonic() + WARM_SECONDS
        for _ in range(CLIENTS):
            with Client(self._server.port, dict(load.headers)) as client:
                client.ask(load.path, expect=load.expect)
            if time.monotonic() > until:
                break


def _row(ask: Ask, timing: Timing, bare: Sequence[Timing]) -> Row:
    by_processor = None
    costs = [one.processor for one in bare if one.processor is not None]
    if timing.processor and len(costs) == len(bare):
        by_processor = statistics.mean(costs) / timing.processor
    of_r0 = timing.rate / statistics.mean(one.rate for one in bare)
    return Row(ask.name, timing, of_r0, by_processor, ask.goal, ask.is_bare)


def unchanged(port: int) -> Load | None:
    """The reading page asked by somebody who has it; None where its answer has no ETag."""
    load = pages.load(pages.page_of())
    with Client(port, dict(load.headers)) as client:
        etag = client.ask(load.path).headers.get("etag")
    if etag is None:
        return None
    return replace(load, headers={**load.headers, "If-None-Match": etag}, expect=(304,))


def reading_rows(port: int, throughput: Throughput) -> list[Figure]:
    """Measure everything that is only read."""
    where = pages.addresses()
    page = pages.page_of()
    asked = [
        Ask(
            "R: bare view behind the full middleware, signed in",
            pages.behind_middleware(),
            0.25,
            is_bare=True,
        ),
        Ask("reading page, 40 paragraphs, 200 threads", pages.load(page), 0.1),
        Ask("the same, with unread comments", pages.load(page, seed.UNREAD), 0.1),
        Ask("the same, with three private notes", pages.load(page, seed.PRIVATE), 0.1),
        Ask(
            "the same with 1,000 comments more",
            pages.load(pages.page_of("figures", "grown"), seminar="figures"),
            0.1,
        ),
        Ask("quiz page, ten questions", pages.load(where.quiz), 0.05),
        Ask("home, a member of five seminars", pages.load("/", seed.BUSY), 0.05),
        Ask("thread page", pages.load(where.thread), 0.05),
        Ask("thread list, 200 threads", pages.load(pages.threads_of()), 0.05),
        Ask("where the seminar stands, for its instructor", pages.load(pages.overview_of(), 0)),
        Ask("search for a word that each comment has", pages.load(pages.search_of(WORDS[0]))),
    ]
    kept = unchanged(port)
    name = "reading page unchanged (304)"
    if kept is None:
        throughput.measure(asked)
        return [Figure(f"{name}: its answer has no ETag (goal 20 % of R0)", met=False)]
    asked.insert(5, Ask(name, kept, 0.2))
    throughput.measure(asked)
    return []


def writing_rows(throughput: Throughput) -> list[Figure]:
    """Measure replies, and reading while others write; what was acknowledged must be there."""
    where = pages.addresses()
    alone = throughput.once(pages.load(pages.page_of()))
    mixed = throughput.once(pages.reading_while_others_write(where.replies))
    writing, from_page = pages.writing(where.replies), pages.writing_from_the_page(where.replies)
    before = pages.comments_now()
    throughput.measure(
        [
            Ask("one posted reply, 8 writers", writing),
            Ask("the same from the reading page, its answer put in place", from_page),
        ]
    )
    acknowledged = sum(row.timing.requests - row.timing.errors for row in throughput.rows[-2:])
    written = pages.comments_now() - before
    bare = throughput.once(pages.bare(), clients=1)
    post = throughput.once(writing, clients=1)
    post_from_page = throughput.once(from_page, clients=1)
    share = mixed.rate / alone.rate
    return [
        Figure(
            f"reading page while one request in 200 writes: {share:.0%} of the page alone"
            f" (goal {MIXED_GOAL:.0%}), p99 {mixed.spread:.1f} times p50,"
            f" {mixed.errors} errors",
            share >= MIXED_GOAL and not mixed.errors,
        ),
        # What is on its way when the time is up is written, and not counted by wrk.
        Figure(
            f"replies acknowledged {acknowledged:,}, found in the database {written:,}",
            acknowledged <= written,
        ),
        _one_client("a post", post, bare),
        _one_client("a post from the reading page", post_from_page, bare),
    ]


def _one_client(name: str, timing: Timing, bare: Timing) -> Figure:
    detail = f"{timing.p50:.1f} ms where R0 takes {bare.p50:.2f}; 8 ms where it takes .4"
    if timing.processor is not None:
        detail += f"; {timing.processor:.1f} ms of the processor"
    return at_most(f"{name} at one client", timing.p50 / bare.p50, POST_GOAL, " R0s", detail)
