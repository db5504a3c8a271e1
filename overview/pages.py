"""The page of the overview, put together for one viewer, and the same figures as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.visible import isolated
from overview.attention import OpenQuestion, QuietMember, open_questions, quiet_members
from overview.figures import narrowed
from overview.filters import DIMENSIONS, PERSON, OverviewFilters
from overview.records import Record, load_record
from overview.strip_drawing import strip_drawing, strip_table_rows
from overview.strips import Strip, strips_of
from overview.tables import (
    FigureTable,
    TableRow,
    build_table,
    column_names,
    read_words,
    table_rows,
    total_row,
)
from quizzes.statistics import MIN_ATTEMPTS, counted_members
from readings.models import Reading
from seminars.models import Group, Membership


@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """A figure on top of the page; `whole` is "" or of how many."""

    number: int
    whole: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class FilterOption:
    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What overview.html shows."""

    filters: OverviewFilters
    record: Record  # what the filters let through
    span: tuple[int, int]
    current: Reading | None
    person: Membership | None
    figures: Sequence[HeadlineFigure]
    questions: Sequence[OpenQuestion]
    quiet: Sequence[QuietMember]
    strips: Sequence[tuple[Strip, SafeString, SafeString]]  # drawn, and as rows of a table
    table: FigureTable
    groups: Sequence[FilterOption]
    readings: Sequence[FilterOption]
    weeks: Sequence[FilterOption]
    min_attempts: int = MIN_ATTEMPTS

    @property
    def week(self) -> int:
        """The number of the week that it is."""
        return self.record.weeks.count

    @property
    def dimensions(self) -> list[tuple[str, str, bool]]:
        return [
            (f"{self.filters.address(by=key, sort='')}#figures", str(name), key == self.filters.by)
            for key, name in DIMENSIONS.items()
        ]

    @property
    def quiet_keys(self) -> set[int]:
        return {one.member.pk for one in self.quiet}

    @property
    def by_person(self) -> bool:
        return self.filters.by == PERSON

    @property
    def without_person(self) -> str:
        return self.filters.address(member=0, by=PERSON)

    @property
    def file_query(self) -> str:
        return self.filters.address()


class UnknownFilter(Exception):
    """The address names a group, a person or a reading that this viewer has no figures of."""


@dataclass(frozen=True, slots=True)
class AskedRecord:
    """The record of all that a viewer sees counted, and what the filters leave of it."""

    whole: Record
    record: Record
    current: Reading | None


def load_asked(viewer: Membership, filters: OverviewFilters) -> AskedRecord:
    """Load what is asked for; raise UnknownFilter. Fourteen queries."""
    whole = load_record(viewer, counted_members(viewer))
    for one in whole.readings:
        one.seminar = viewer.seminar
    for member in whole.members:
        member.seminar = viewer.seminar
    groups = {one.group_id for one in whole.members} | viewer.group_ids
    known = (
        filters.group in {0, *groups}
        and filters.member in {0, *(one.pk for one in whole.members)}
        and filters.reading in {"", *(one.slug for one in whole.readings)}
    )
    if not known:
        raise UnknownFilter
    record = narrowed(whole, filters)
    return AskedRecord(whole, record, current_reading(record.readings))


def current_reading(readings: Sequence[Reading]) -> Reading | None:
    """Return the one that the seminar is at: due next or, where all were due, the last."""
    now = timezone.now()
    ahead = [one for one in readings if one.due_at is not None and one.due_at >= now]
    if ahead:
        return ahead[0]
    due = [one for one in readings if one.due_at is not None]
    return next(reversed(due or list(readings)), None)


def build_overview(viewer: Membership, filters: OverviewFilters, *, waiting: int) -> Overview:
    """Put it together in a fixed number of queries; raise UnknownFilter.

    `waiting` is how many cases wait for the viewer at the desk.
    """
    asked = load_asked(viewer, filters)
    record, current = asked.record, asked.current
    span = filters.span(record.weeks.count)
    keys = [one.pk for one in record.members]
    questions = open_questions(viewer, record.readings, keys, filters.group, filters.member)
    quiet = quiet_members(narrowed(asked.whole, _of_all_time(filters)))
    rows = table_rows(record, filters, current)
    return Overview(
        filters=filters,
        record=record,
        span=span,
        current=current,
        person=record.members[0] if filters.member else None,
        figures=[
            *_headline(asked, filters, questions, quiet),
            _to_review(viewer, waiting),
        ],
        questions=questions,
        quiet=quiet,
        strips=[(one, strip_drawing(one), strip_table_rows(one)) for one in strips_of(record)],
        table=build_table(record, filters, current, rows, total_row(record, filters, rows)),
        groups=_group_choices(asked.whole, filters),
        readings=_reading_choices(asked.whole, filters),
        weeks=_week_choices(record.weeks.count, filters),
    )


def _of_all_time(filters: OverviewFilters) -> OverviewFilters:
    """Quiet is who is away now, from all readings and in whatever weeks they wrote."""
    return OverviewFilters(group=filters.group, member=filters.member)


def _headline(
    asked: AskedRecord,
    filters: OverviewFilters,
    questions: Sequence[OpenQuestion],
    quiet: Sequence[QuietMember],
) -> list[HeadlineFigure]:
    record, current = asked.record, asked.current
    figures = []
    if current is not None:
        here = [one for one in record.stands if one.reading == current.pk]
        title = isolated(current.title)
        figures.append(
            HeadlineFigure(
                sum(one.is_opened for one in here),
                _("of %d") % len(here),
                _("have opened %(title)s") % {"title": title},
                _rows(filters, "opened", current.slug),
            )
        )
    asking = {one.person for one in record.stands if one.asked}
    if asking:
        lacking = {one.person for one in record.stands if one.asked and not one.is_met}
        met = len(asking - lacking)
        about = _("have met what is required")
        whole = _("of %d") % len(asking)
        figures.append(HeadlineFigure(met, whole, about, _rows(filters, "required")))
    about = ngettext("question without an answer", "questions without an answer", len(questions))
    figures.append(HeadlineFigure(len(questions), "", about, "#questions"))
    about = ngettext("person who went quiet", "people who went quiet", len(quiet))
    figures.append(HeadlineFigure(len(quiet), "", about, "#quiet"))
    return figures


def _to_review(viewer: Membership, waiting: int) -> HeadlineFigure:
    about = ngettext("case to review", "cases to review", waiting)
    return HeadlineFigure(waiting, "", about, reverse("review_queue", args=[viewer.seminar.slug]))


def _rows(filters: OverviewFilters, sort: str, reading: str = "") -> str:
    """The address of the rows of people that a figure sums up, those with the least first."""
    shown = filters.address(by=PERSON, sort=sort, reading=reading or filters.reading)
    return f"{shown}#figures"


# --- What the filters offer --------------------------------------------------------------------
def groups_in(record: Record) -> list[Group]:
    """The groups of those who are counted, by name."""
    found = {one.group.pk: one.group for one in record.members if one.group}
    return sorted(found.values(), key=lambda one: one.name.casefold())


def _group_choices(record: Record, filters: OverviewFilters) -> list[FilterOption]:
    groups = groups_in(record)
    if len(groups) < 2 and not filters.group:
        return []
    return [
        FilterOption("", _("All groups"), not filters.group),
        *(FilterOption(str(one.pk), isolated(one.name), one.pk == filters.group) for one in groups),
    ]


def _reading_choices(record: Record, filters: OverviewFilters) -> list[FilterOption]:
    return [
        FilterOption("", _("All readings"), not filters.reading),
        *(
            FilterOption(one.slug, isolated(one.title), one.slug == filters.reading)
            for one in record.readings
        ),
    ]


def _week_choices(count: int, filters: OverviewFilters) -> list[FilterOption]:
    """All of them, the last two and four, and each alone; what the address says besides."""
    names = {"": _("All (1 to %d)") % count if count > 1 else _("All")}
    for many in (2, 4):
        if count > many:
            first = count - many + 1
            names[f"{first}-{count}"] = _("%(first)d to %(last)d") % {"first": first, "last": count}
    if count > 1:
        names |= {f"{week}-{week}": str(week) for week in range(count, 0, -1)}
    if filters.weeks not in names:
        first, last = filters.span(count)
        names[filters.weeks] = _("%(first)d to %(last)d") % {"first": first, "last": last}
    return [FilterOption(value, name, value == filters.weeks) for value, name in names.items()]


# --- As a file -----------------------------------------------------------------------------------
def file_rows(viewer: Membership, filters: OverviewFilters) -> Iterator[list[Any]]:
    """Yield the figures as lines of a file, each number in a cell of its own, names first."""
    asked = load_asked(viewer, filters)
    span = filters.span(asked.record.weeks.count)
    yield _file_columns(filters, asked.current, span)
    rows = table_rows(asked.record, filters, asked.current)
    for row in [*rows, total_row(asked.record, filters, rows)]:
        yield _file_row(row, span, with_group=filters.by == PERSON)


def _file_columns(
    filters: OverviewFilters, current: Reading | None, span: tuple[int, int]
) -> list[str]:
    names = column_names(filters, current)
    return [
        names["name"],
        *([names["group"]] if filters.by == PERSON else []),
        *(_("Open readings"), _("Opened"), _("Read to the end"), names["read"]),
        *(_("Posts"), _("Replies")),
        *(_("Readings that require posts or replies"), _("Required met"), _("Late")),
        *(_("Checkpoints"), _("Handed in"), _("Answers marked"), _("Answers right")),
        _("Right, in percent"),
        *(_("Comments in week %d") % week for week in range(span[0], span[1] + 1)),
        _("Last seen, in UTC"),
    ]


def _file_row(row: TableRow, span: tuple[int, int], *, with_group: bool) -> list[Any]:
    figures = row.figures
    return [
        row.name,
        *([row.group] if with_group else []),
        *(figures.open, figures.opened, figures.finished),
        read_words(row.stand) if row.stand else "",
        *(figures.posts, figures.replies, figures.asking, figures.met, figures.late),
        *(figures.checkpoints, figures.handed_in, figures.marked, figures.right),
        figures.right_share,
        *(figures.weeks[week] for week in range(span[0], span[1] + 1)),
        figures.seen_at,
    ]
