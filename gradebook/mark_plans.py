"""What marks from a file would change, person by person, before it is done."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from documents.visible import isolated
from gradebook.book import MarkBook, PersonMarks
from gradebook.columns import Column
from gradebook.explanations import short
from gradebook.exports import column_title, titles_of
from gradebook.figures import FigureState, GradeFigure
from gradebook.mark_file import FileColumn, FileRow, MarkFile, ReadMark, read_mark, title_key
from gradebook.weighing import plain
from seminars.models import Membership

MOST_POINTS = Decimal(999_999)


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """One figure that would be another."""

    line: int
    member: Membership
    column: Column
    before: str
    points: Decimal | None  # None: it counts neither way

    @property
    def after(self) -> str:
        return _("counts neither way") if self.points is None else plain(Fraction(self.points))

    @property
    def title(self) -> str:
        return self.column.source.full_title


@dataclass(frozen=True, slots=True)
class MarkPlan:
    """All that a file would do, and what of it is left out; with `problems` nothing is done."""

    marks: Sequence[PlannedMark]
    unchanged: int
    unknown_people: Sequence[FileRow]
    unknown_columns: Sequence[str]
    refused_columns: Sequence[str] = field(default_factory=list)  # set on a page of their own
    problems: Sequence[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        said = [(one.member.pk, one.column.key, one.before, one.points) for one in self.marks]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]

    @property
    def people(self) -> int:
        return len({one.member.pk for one in self.marks})


def plan_marks(book: MarkBook, file: MarkFile) -> MarkPlan:
    """Return what would become of each cell, as things stand now."""
    columns, unknown, refused = _columns(book, file.columns)
    rows = _People(book.rows)
    marks: list[PlannedMark] = []
    problems: list[str] = [*_twice(columns)]
    lost: list[FileRow] = []
    unchanged = 0
    seen: dict[int, int] = {}
    for row in file.rows:
        person = rows.find(row)
        if person is None:
            lost.append(row)
            continue
        if person.member.pk in seen:
            told = {"line": row.line, "other": seen[person.member.pk]}
            problems.append(_("Line %(line)d: the same person as in line %(other)d.") % told)
            continue
        seen[person.member.pk] = row.line
        for place, (of_file, column) in columns.items():
            try:
                mark = read_mark(row.cells.get(place, ""))
            except ValueError:
                problems.append(_no_mark(row, of_file))
                continue
            if mark is None:
                continue
            planned = _planned(row, person.figures[column.key], person.member, mark, of_file)
            if planned.points is not None and planned.points > MOST_POINTS:
                problems.append(_no_mark(row, of_file))
            elif planned.before == _as_before(planned):
                unchanged += 1
            else:
                marks.append(planned)
    return MarkPlan(marks, unchanged, lost, unknown, refused, problems)


def _planned(
    row: FileRow, figure: GradeFigure, member: Membership, mark: ReadMark, of_file: FileColumn
) -> PlannedMark:
    points = mark.points
    share = mark.percent if mark.percent is not None else points if of_file.is_percent else None
    if share is not None:
        exact = Fraction(share) / 100 * figure.column.maximum
        points = Decimal(exact.numerator) / Decimal(exact.denominator)
    if points is not None:
        points = points.quantize(Decimal("0.01"), ROUND_HALF_UP)
    before = _EXCUSED if figure.state == FigureState.EXCUSED else short(figure)
    return PlannedMark(row.line, member, figure.column, before, points)


_EXCUSED = "EX"


def _as_before(planned: PlannedMark) -> str:
    return _EXCUSED if planned.points is None else plain(Fraction(planned.points))


def _no_mark(row: FileRow, of_file: FileColumn) -> str:
    return _("Line %(line)d, %(column)s: “%(cell)s” is no mark.") % {
        "line": row.line,
        "column": isolated(of_file.name),
        "cell": isolated(row.cells.get(of_file.place, "")[:40]),
    }


def _columns(
    book: MarkBook, of_file: Sequence[FileColumn]
) -> tuple[dict[int, tuple[FileColumn, Column]], list[str], list[str]]:
    """Return, by their place in the file, those that are found; the names of those that are not,
    and of those whose marks are not given here."""
    names: defaultdict[str, list[Column]] = defaultdict(list)
    for title, column in zip(titles_of(book.columns), book.columns, strict=True):
        names[title_key(title)].append(column)
    for column in book.columns:
        for title in (column_title(column), column.source.full_title, column.source.title):
            if column not in names[title_key(title)]:
                names[title_key(title)].append(column)
    found: dict[int, tuple[FileColumn, Column]] = {}
    unknown, refused = [], []
    for one in of_file:
        named = names.get(title_key(one.written)) or names.get(title_key(one.name)) or []
        if len(named) != 1:
            unknown.append(one.name)
        elif named[0].is_participation:
            refused.append(one.name)
        else:
            found[one.place] = (one, named[0])
    return found, unknown, refused


def _twice(columns: dict[int, tuple[FileColumn, Column]]) -> Iterator[str]:
    """A column that the file has twice: which of them holds, nobody can know."""
    counts = Counter(column.key for _of_file, column in columns.values())
    for of_file, column in columns.values():
        if counts[column.key] > 1:
            yield _("“%(column)s” stands there twice.") % {"column": isolated(of_file.name)}


class _People:
    """Who is found by what: a whole address, or what stands before its @ where that is one's."""

    def __init__(self, rows: Sequence[PersonMarks]) -> None:
        self.by_address = {one.member.user.email.casefold(): one for one in rows}
        locals_ = Counter(address.partition("@")[0] for address in self.by_address)
        self.by_login = {
            address.partition("@")[0]: one
            for address, one in self.by_address.items()
            if locals_[address.partition("@")[0]] == 1
        }

    def find(self, row: FileRow) -> PersonMarks | None:
        for who in row.who:
            found = self.by_address.get(who) or self.by_login.get(who)
            if found is not None:
                return found
        return None
