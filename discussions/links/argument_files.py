"""The argument as a file: CSV for a spreadsheet, JSON for programs.

A link reads from where it begins: `from` answers `to`. What each column is, the page says in the
same words (COLUMNS).
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from discussions.links.argument import Argument, NumberedLink
from discussions.threads import LinkEnd
from documents.csv_cells import csv_lines, utc

JSON_VERSION = 1

COLUMNS = {
    "number": gettext_lazy("its number between its two texts, as on the page"),
    "from": gettext_lazy("the title of the text in which it begins"),
    "from_paragraph": gettext_lazy("the number of the paragraph there, ¶"),
    "from_words": gettext_lazy("the words there; none: the whole paragraph"),
    "from_state": gettext_lazy("exact, changed by a revision of the text, or gone from it"),
    "kind": gettext_lazy("how that end stands to the other"),
    "to": gettext_lazy("the title of the text to which it leads"),
    "to_paragraph": gettext_lazy("the number of the paragraph there, ¶"),
    "to_words": gettext_lazy("the words there; none: the whole paragraph"),
    "to_state": gettext_lazy("exact, changed by a revision of the text, or gone from it"),
    "by": gettext_lazy("who made it, as you see it"),
    "audience": gettext_lazy("who may see it; nothing: the whole seminar"),
    "comments": gettext_lazy("how many there are"),
    "active": gettext_lazy("when something was last said about it, in UTC"),
    "link": gettext_lazy("where it is seen"),
}

Absolute = Callable[[str], str]


def record_of(one: NumberedLink, absolute: Absolute) -> dict[str, Any]:
    """Return a link under the names of COLUMNS: texts, numbers or None, a time as datetime.

    `absolute` makes an address of this site whole, as request.build_absolute_uri does.
    """
    link = one.link
    return {
        "number": one.number,
        **_end("from", link.near),
        "kind": link.kind.name,
        **_end("to", link.far),
        "by": _plain_name(one.who),
        "audience": _plain_name(link.card.audience),
        "comments": link.card.comments,
        "active": link.card.active_at,
        "link": absolute(one.url),
    }


def to_csv(argument: Argument, absolute: Absolute) -> Iterator[str]:
    """Write the links that are shown below their columns, as documents.csv_cells does."""
    rows = (list(record_of(one, absolute).values()) for one in _links(argument))
    yield from csv_lines(chain([COLUMNS], rows))


def to_json(argument: Argument, absolute: Absolute) -> Iterator[str]:
    """Write one object: what it is, and the links, one to a line; every word as it is kept."""
    head = {
        "format": "colloquy-argument",
        "version": JSON_VERSION,
        "exported": utc(timezone.now()),
        "count": argument.found,
    }
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "links": ['
    separator = "\n"
    for one in _links(argument):
        yield separator + json.dumps(record_of(one, absolute), ensure_ascii=False, default=_plain)
        separator = ",\n"
    yield "\n]}\n"


def _links(argument: Argument) -> Iterable[NumberedLink]:
    return chain.from_iterable(pair.links for pair in argument.shown)


def _end(name: str, end: LinkEnd) -> dict[str, Any]:
    state = "exact" if end.change is None else "gone" if end.is_lost else "changed"
    return {
        name: end.reading.title,
        f"{name}_paragraph": end.number,
        f"{name}_words": end.words,
        f"{name}_state": state,
    }


def _plain_name(name: str) -> str:
    """Without the marks that keep its direction to itself on a page: a cell has nothing beside."""
    return name.translate({0x2068: None, 0x2069: None})


def _plain(value: object) -> str:
    return utc(value) if isinstance(value, datetime) else str(value)


# Form → (the ending of the file's name, its media type, what writes it).
FORMS: dict[str, tuple[str, str, Callable[[Argument, Absolute], Iterator[str]]]] = {
    "csv": (".csv", "text/csv; charset=utf-8", to_csv),
    "json": (".json", "application/json", to_json),
}
