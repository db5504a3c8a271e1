"""Sources of news that are known above this app, which registers them; called from ready().

Like all news theirs are rows that are asked for when they are told (docs/adr/0029).
"""

from collections.abc import Sequence
from typing import Any, Protocol

from django.db.models import QuerySet

from discussions.notifications.items import NewsItem
from discussions.notifications.thread_news import NewsPart, NewsReader


class NewsSource(Protocol):
    """What tells people something: rows with a time, those that one may be told."""

    number: int  # its place among the sources of news; above LAST_OF_OURS
    part: NewsPart
    at: str  # the column or annotation of the time

    def rows(self, readers: Sequence[NewsReader]) -> "QuerySet[Any]":
        """Return what these memberships of one person are told; in a query that is prepared the
        readers are stand-ins."""
        ...

    def items(self, rows: Sequence[Any], readers: Sequence[NewsReader]) -> list[NewsItem]:
        """Return a row of the news for each, in a fixed number of queries."""
        ...


LAST_OF_OURS = 6  # see items
_sources: list[NewsSource] = []


def register_news_source(source: NewsSource) -> None:
    _sources.append(source)


def further_sources() -> Sequence[NewsSource]:
    return _sources
