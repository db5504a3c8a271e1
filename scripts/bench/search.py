"""What a search costs the server over the whole instance, for words that nearly all comments have.

No text of people's has such words in such numbers: what is found there costs less.
"""

import statistics
from collections.abc import Iterator

from discussions.models import Comment
from scripts.bench import pages
from scripts.bench.client import Client
from scripts.bench.report import Figure, at_most
from scripts.bench.talk import WORDS
from scripts.bench.urls import R0

PROCESSOR_GOAL = 100  # milliseconds, over 100,000 comments
WARM_ASKED = 3
ASKED = 25


def search_figures(port: int) -> Iterator[Figure]:
    """Search as a member of a usual seminar, and of the one with most comments."""
    everywhere = Comment.objects.count()
    bare = _processor(port, R0, {})
    for seminar in ("seminar-0", "large"):
        here = Comment.objects.filter(seminar__slug=seminar).count()
        for name, typed in (
            ("a word that each has", WORDS[0]),
            ("two words of all", " ".join(WORDS[:2])),
            ("the beginning of a word", WORDS[0][:3]),
            ("a phrase", f'"{" ".join(WORDS[:2])}"'),
        ):
            took = _processor(port, pages.search_of(typed, seminar), pages.headers_of(1, seminar))
            title = f"search for {name} in {here:,} of {everywhere:,} comments"
            detail = f"{took / bare:,.0f} R0s" if bare else ""
            yield at_most(title, took, PROCESSOR_GOAL, " ms of the processor", detail)


def _processor(port: int, path: str, headers: dict[str, str]) -> float:
    """Milliseconds of the server's own thread; PostgreSQL's are not among them."""
    with Client(port, headers) as client:
        for _ in range(WARM_ASKED):
            client.ask(path)
        return statistics.median(client.ask(path).processor for _ in range(ASKED))
