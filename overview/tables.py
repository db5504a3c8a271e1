"""The table of the overview: a row for each person, group, reading or week, and the sum of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from config.template_tags import since
from documents.visible import isolated
from overview.figures import Figures, figures_by, total_of
from overview.filters import GROUP, PERSON, READING, WEEK, OverviewFilters
from overview.records import ALIAS, NO_GROUP, Record, Stand
from overview.strip_drawing import read_bar, week_bars
from readings.models import Reading
from rendering.slots import escape
from seminars.models import Membership

NEW_FOR = timedelta(days=7)  # so long a member is marked as new
MOST_BARS = 16  # the last so many weeks of a long seminar

_COMMON = ("posts", "replies", "required", "checkpoints", "right", "weeks", "seen")
COLUMNS_BY = {
    PERSON: ("name", "group", "opened", "read", *_COMMON),
    GROUP: ("name", "opened", "read", *_COMMON),
    READING: ("name", "opened", "read", *_COMMON),
    WEEK: ("name", "opened", "posts", "replies", "checkpoints", "right"),
}
WORDS = {"name", "group", "read", "weeks", "seen"}  # columns that are not of numbers alone


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`sort_url` is "" where the table cannot be sorted by it; `order` as aria-sort has it."""

    key: str
    name: str
    sort_url: str
    order: str

    @property
    def is_number(self) -> bool:
        return self.key not in WORDS


@dataclass(frozen=True, slots=True)
class TableCell:
    """What stands in one: words, where they lead, a picture of them; `is_open` where something
    that was asked is not done."""

    column: TableColumn
    text: str | SafeString
    url: str = ""
    picture: str | SafeString = ""
    is_open: bool = False

    @property
    def html(self) -> SafeString:
        """It as a cell. Three hundred of them by a template would be a third of the page's time."""
        key, name = self.column.key, escape(self.column.name)
        classes = f"of-{key}{' num-col' if self.column.is_number else ''}"
        text: str = conditional_escape(isolated(self.text) if key == "group" else self.text)
        if key == "weeks":
            text = f'<span class="vh">{text}</span>'
        elif self.url:
            text = f'<a href="{escape(self.url)}">{text}</a>'
        is_open = " open" if self.is_open else ""
        return mark_safe(  # noqa: S308 - escaped words, and drawings of ours
            f'<td data-label="{name}" class="{classes}{is_open}">{self.picture}{text}</td>'
        )


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; `member` is who can be written to from it."""

    key: int
    name: str
    group: str
    figures: Figures
    url: str = ""
    member: Membership | None = None
    stand: Stand | None = None  # of a person in the reading that the column “read to” is about
    read: str = ""  # of all people, what that column says
    cells: list[TableCell] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.member is not None and self.member.joined_at > timezone.now() - NEW_FOR


@dataclass(frozen=True, slots=True)
class FigureTable:
    columns: Sequence[TableColumn]
    rows: Sequence[TableRow]
    total: TableRow
    sorts: Sequence[tuple[str, str, bool]]  # for a select: value, name, whether it is chosen


def build_table(
    record: Record,
    filters: OverviewFilters,
    current: Reading | None,
    rows: Sequence[TableRow],
    total: TableRow,
    *,
    with_links: bool = True,
) -> FigureTable:
    """Return the rows with their cells, in the order that is asked for.

    Figures lead to what they count, `with_links`: to pages of staff.
    """
    columns = _columns(filters, current)
    span = filters.span(record.weeks.count)
    links = CellLinks(record, filters) if with_links else None
    for row in [*rows, total]:
        row.cells.extend(_cell(column, row, links, span) for column in columns[1:])
    sorts = [
        (value, name, filters.sort == value)
        for column in columns
        if column.sort_url
        for value, name in _orders(column)
    ]
    return FigureTable(columns, rows, total, sorts)


def table_rows(record: Record, filters: OverviewFilters, current: Reading | None) -> list[TableRow]:
    """Return a row for each thing that the filters ask to have told by, in their order."""
    span = filters.span(record.weeks.count)
    found = figures_by(record, filters.by, span)
    names = _Names(record, filters)
    people = {one.pk: one for one in record.members}
    stands = {one.person: one for one in record.stands if current and one.reading == current.pk}
    by_person = filters.by == PERSON
    rows = [
        TableRow(
            key=key,
            name=names.of(key),
            group=names.group_of(key),
            figures=figures,
            url=names.url_of(key),
            member=people.get(key) if by_person else None,
            stand=stands.get(key) if by_person else None,
        )
        for key, figures in found.items()
    ]
    return _sorted(rows, filters)


def total_row(record: Record, filters: OverviewFilters, rows: Iterable[TableRow]) -> TableRow:
    """The sum of the rows; where people stand is of no week, and summed up by reading."""
    rows = list(rows)
    if filters.by == WEEK:
        parts = figures_by(record, READING, filters.span(record.weeks.count)).values()
        return TableRow(0, _("All"), "", total_of(parts))
    stands = [row.stand for row in rows if row.stand]
    read = of(sum(one.is_finished for one in stands), len(stands)) if stands else ""
    return TableRow(0, _("All"), "", total_of(row.figures for row in rows), read=read)


# --- The order -----------------------------------------------------------------------------------
def _sorted(rows: list[TableRow], filters: OverviewFilters) -> list[TableRow]:
    """By name where nothing is asked; readings by due date and weeks by number. Whoever wrote
    under an alias comes last."""
    column, most_first = filters.sort.removeprefix("-"), filters.sort.startswith("-")
    if filters.by in {PERSON, GROUP}:
        rows.sort(key=lambda row: row.name.casefold())
    if column and not (column == "name" and filters.by in {READING, WEEK} and not most_first):
        rows.sort(key=lambda row: _sort_key(column, row), reverse=most_first)
    return sorted(rows, key=lambda row: row.key in {ALIAS, NO_GROUP})


def _sort_key(column: str, row: TableRow) -> Any:
    figures = row.figures
    match column:
        case "name" | "group":
            return (row.name if column == "name" else row.group).casefold()
        case "opened" | "posts" | "replies":
            return getattr(figures, column)
        case "read":
            return row.stand.progress if row.stand else figures.finished
        case "required":
            return figures.met / figures.asking if figures.asking else 2
        case "checkpoints":
            return figures.handed_in
        case "right":
            share = figures.right_share
            return -1 if share is None else share
    return figures.seen_at.timestamp() if figures.seen_at else 0


# --- Columns and cells ---------------------------------------------------------------------------
def _columns(filters: OverviewFilters, current: Reading | None) -> list[TableColumn]:
    names = column_names(filters, current)
    column = filters.sort.removeprefix("-")
    order = "descending" if filters.sort.startswith("-") else "ascending"
    return [
        TableColumn(
            key=key,
            name=names[key],
            sort_url="" if key == "weeks" else f"{filters.sorted_by(key)}#figures",
            order=order if key == column else "",
        )
        for key in COLUMNS_BY[filters.by]
    ]


def _orders(column: TableColumn) -> list[tuple[str, str]]:
    if column.key in {"name", "group"}:
        return [(column.key, column.name)]
    return [
        (f"-{column.key}", _("%(column)s, most first") % {"column": column.name}),
        (column.key, _("%(column)s, least first") % {"column": column.name}),
    ]


def column_names(filters: OverviewFilters, current: Reading | None) -> dict[str, str]:
    """What the columns are called, by key."""
    names = {PERSON: _("Name"), GROUP: _("Group"), READING: _("Reading"), WEEK: _("Week")}
    read = _("Read to the end")
    if filters.by == PERSON and current is not None:
        read = _("%(title)s, read to") % {"title": isolated(current.title)}
    return {
        "name": names[filters.by],
        "group": _("Group"),
        "opened": _("Opened"),
        "read": read,
        "posts": _("Posts"),
        "replies": _("Replies"),
        "required": _("Required"),
        "checkpoints": _("Checkpoints"),
        "right": _("Right"),
        "weeks": _("Weeks"),
        "seen": _("Last seen"),
    }


def of(part: int, whole: int) -> str:
    """“3 of 5”; a dash where there is nothing of which it could be."""
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole} if whole else "–"


def _cell(
    column: TableColumn, row: TableRow, links: "CellLinks | None", span: tuple[int, int]
) -> TableCell:
    figures, key = row.figures, column.key
    url = links.of(row, key) if links else ""
    match key:
        case "group":
            return TableCell(column, row.group or "–")
        case "read":
            return _read(column, row)
        case "weeks":
            return TableCell(column, *_weeks(figures, span))
        case "seen":
            return TableCell(column, since(figures.seen_at) or "–")
        case "posts" | "replies":
            count = figures.posts if key == "posts" else figures.replies
            return TableCell(column, str(count), url if count else "")
    is_open = key == "required" and figures.met < figures.asking and row.member is not None
    return TableCell(column, _share(figures, key), url, is_open=is_open)


def _share(figures: Figures, key: str) -> str:
    """What was done of what could be; of a week alone how much."""
    match key:
        case "opened":
            return of(figures.opened, figures.open) if figures.open else str(figures.opened)
        case "checkpoints":
            done, asked = figures.handed_in, figures.checkpoints
            return of(done, asked) if asked else str(done or "–")
        case "required":
            return of(figures.met, figures.asking)
    return right_words(figures)


def _read(column: TableColumn, row: TableRow) -> TableCell:
    """How far a person has read in one reading; of all others, how many have read to the end."""
    if row.read:
        return TableCell(column, _("the end: %(part)s") % {"part": row.read})
    if row.member is None:
        return TableCell(column, of(row.figures.finished, row.figures.open))
    if row.stand is None:
        return TableCell(column, "–")
    return TableCell(column, read_words(row.stand), picture=read_bar(row.stand.progress))


def read_words(stand: Stand) -> str:
    """How far somebody has read, as briefly as can be told."""
    if stand.is_finished:
        return _("the end")
    if not stand.is_opened:
        return "–"
    return f"{stand.progress} %" if stand.progress else _("begun")


def right_words(figures: Figures) -> str:
    """The share of right answers, or that they are too few for one."""
    if not figures.marked:
        return "–"
    return _("few") if figures.right_share is None else f"{figures.right_share} %"


def _weeks(figures: Figures, span: tuple[int, int]) -> tuple[str, str, SafeString]:
    counts = [figures.weeks[week] for week in range(span[0], span[1] + 1)][-MOST_BARS:]
    return ", ".join(map(str, counts)), "", week_bars(counts)


# --- What rows are called, and where they lead ---------------------------------------------------
class _Names:
    """Names and links of the rows."""

    def __init__(self, record: Record, filters: OverviewFilters) -> None:
        self.by, self.filters = filters.by, filters
        self.people: Mapping[int, Membership] = {one.pk: one for one in record.members}
        self.groups = {one.group_id or 0: one.group for one in record.members}
        self.readings = {one.pk: one for one in record.readings}

    def of(self, key: int) -> str:
        if key == ALIAS:
            return _("Under another name")
        if self.by == PERSON:
            return self.people[key].name
        if self.by == GROUP:
            group = self.groups.get(key)
            return group.name if key and group else _("No group")
        if self.by == READING:
            return self.readings[key].title
        return _("Week %(number)d") % {"number": key}

    def group_of(self, key: int) -> str:
        member = self.people.get(key) if self.by == PERSON else None
        return member.group.name if member and member.group else ""

    def url_of(self, key: int) -> str:
        if self.by == PERSON:
            member = self.people.get(key)
            return words_url(member) if member else ""
        if self.by == READING:
            return self.readings[key].get_absolute_url()
        if self.by == GROUP:
            return f"{self.filters.address(by=PERSON, group=key)}#figures" if key > 0 else ""
        return f"{self.filters.address(by=PERSON, weeks=f'{key}-{key}')}#figures"


def words_url(member: Membership) -> str:
    """The page with what somebody wrote under their name."""
    return reverse("member_words", args=[member.seminar.slug, member.pk])


class CellLinks:
    """From each figure to what it counts: words where they stand, or the rows that it sums."""

    def __init__(self, record: Record, filters: OverviewFilters) -> None:
        self.filters = filters
        self.readings = {one.pk: one for one in record.readings}
        only = record.readings[0] if filters.reading and record.readings else None
        self.results = self._results(only) if only else ""
        self.only = f"reading={only.pk}" if only else ""
        # The addresses of many rows differ in one number.
        self.by_reading = filters.address(by=READING, member=0, group=0, weeks="", sort="")
        self.weeks = f"&weeks={filters.weeks}" if filters.weeks else ""
        self.group = f"&group={filters.group}" if filters.group else ""

    def of(self, row: TableRow, column: str) -> str:
        if row.member is not None:
            return self._of_person(row, column)
        if self.filters.by == READING and row.key in self.readings:
            return self._of_reading(self.readings[row.key], column)
        if self.filters.by == GROUP and row.key > 0:
            return f"{self.by_reading}&group={row.key}{self.weeks}#figures"
        if self.filters.by == WEEK and row.key > 0:
            return f"{self.by_reading}{self.group}&weeks={row.key}-{row.key}#figures"
        return ""

    def _of_person(self, row: TableRow, column: str) -> str:
        if column in {"posts", "replies"}:
            kind = "kind=reply" if column == "replies" else ""
            asked = "&".join(filter(None, (self.only, kind)))
            return f"{row.url}?{asked}" if asked else row.url
        if self.only:
            return self.results if column in {"checkpoints", "right"} else ""
        return f"{self.by_reading}&member={row.key}{self.weeks}#figures"

    def _of_reading(self, reading: Reading, column: str) -> str:
        if column in {"posts", "replies"}:
            return reverse("thread_list", args=[reading.seminar.slug, reading.slug])
        if column in {"checkpoints", "right"}:
            return self._results(reading)
        return f"{self.filters.address(by=PERSON, reading=reading.slug, sort=column)}#figures"

    def _results(self, reading: Reading) -> str:
        return reverse("quiz_results", args=[reading.seminar.slug, reading.slug])
