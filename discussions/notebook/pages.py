"""A page of a notebook: thirty entries under their readings and headings, and what filters them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from discussions.notebook.entries import NotebookEntry, load_entries
from discussions.notebook.filters import FilterChoices, NotebookFilter, filter_choices
from discussions.notebook.index import GONE, WHOLE, EntryIndex, EntryRow, build_index
from discussions.notebook.sources import NotebookSource
from readings.models import Reading
from seminars import permissions

PAGE = 30  # entries


@dataclass(frozen=True, slots=True)
class NotebookSection:
    """The entries under one heading of a text; without a title, those under none."""

    title: str
    entries: list[NotebookEntry]

    @property
    def with_quotes(self) -> list[tuple[NotebookEntry, bool]]:
        """Each entry, and whether the words of the text stand with it.

        One's replies follow one's comment in the same thread: the words stand once.
        """
        above = [None, *(entry.thread.pk for entry in self.entries)]
        return [
            (entry, entry.thread.pk != other)
            for entry, other in zip(self.entries, above, strict=False)
        ]


@dataclass(frozen=True, slots=True)
class NotebookReading:
    """The entries of one reading; `is_open` where the viewer can open it."""

    reading: Reading
    sections: list[NotebookSection]
    count: int  # on all pages
    is_open: bool


@dataclass(frozen=True, slots=True)
class NotebookPage:
    """What a page of a notebook shows.

    `total` entries are there in all, and `found` of them are let through by the filters. `earlier`
    and `later` lead to the pages beside this one; None where there is none.
    """

    asked: NotebookFilter
    choices: FilterChoices
    readings: list[NotebookReading]
    seminars: int
    total: int
    found: int
    here: str  # what was asked for, as a query string
    earlier: str | None
    later: str | None


def build_page(
    source: NotebookSource, asked: NotebookFilter, *, after: str = "", at: int = 0
) -> NotebookPage:
    """Put a page together, in a fixed number of queries.

    It begins after the entry of the key `after`, or is the one with the comment `at` on it.
    """
    if not source.tells_standings:
        asked = replace(asked, standing="")
    index = build_index(source, with_words=bool(asked.search))
    found = asked.found(index)
    rows = [row for row in found if asked.shows(row)]
    start = _start(rows, index, after=after, at=at)
    shown = rows[start : start + PAGE]
    entries = load_entries(shown, source, index.readings)
    return NotebookPage(
        asked=asked,
        choices=filter_choices(asked, index, found),
        readings=list(_by_reading(entries, rows, source)),
        seminars=len({one.seminar_id for one in index.readings}),
        total=len(index.rows),
        found=len(rows),
        here=_address(asked, rows, start)[1:],
        earlier=_address(asked, rows, start - PAGE) if start else None,
        later=_address(asked, rows, start + PAGE) if start + PAGE < len(rows) else None,
    )


def _start(rows: Sequence[EntryRow], index: EntryIndex, *, after: str, at: int) -> int:
    """Return which of the rows is the first of the page."""
    if at:
        places = (place for place, row in enumerate(rows) if row.comment == at)
        return next(places, 0) // PAGE * PAGE
    order = index.order_of(after)
    if order is None:
        return 0
    return sum(1 for row in rows if row.order <= order)


def _address(asked: NotebookFilter, rows: Sequence[EntryRow], start: int) -> str:
    """Return the address of the page that begins with the row of this number."""
    return asked.address(after=rows[start - 1].key if start > 0 else "")


def _by_reading(
    entries: Sequence[NotebookEntry], rows: Sequence[EntryRow], source: NotebookSource
) -> Iterator[NotebookReading]:
    for pk, several in groupby(entries, key=lambda entry: entry.row.reading):
        of_reading = list(several)
        reading = of_reading[0].thread.reading
        sections = [
            NotebookSection(title, [entry for _title, entry in under])
            for title, under in groupby(_titled(of_reading), key=lambda pair: pair[0])
        ]
        yield NotebookReading(
            reading,
            sections,
            count=sum(row.reading == pk for row in rows),
            is_open=permissions.can_open_reading(source.viewer_in[reading.seminar_id], reading),
        )


def _titled(entries: Sequence[NotebookEntry]) -> Iterator[tuple[str, NotebookEntry]]:
    """Yield each with what it stands under; whose place may not be shown stays with the others."""
    title = ""
    for entry in entries:
        if entry.row.position == GONE:
            title = _("Words that are gone from the text")
        elif entry.row.position == WHOLE:
            title = "" if entry.thread.reading.is_general else _("About the whole essay")
        elif entry.quoted.anchor:
            title = entry.quoted.section
        yield title, entry
