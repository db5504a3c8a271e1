"""The gradebook of a seminar, put together for some of its people in a fixed number of queries.

`load_book` is the one place that gives a person's figures. The table, the person's own page, the
files and whatever hands figures on to others take them from its rows, with what explains them
(gradebook.explanations).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils import timezone

from gradebook.columns import Column, ColumnSource, readings_of, sources_of
from gradebook.figures import Circumstances, GradeFigure, Work, figure_of
from gradebook.models import (
    ColumnKind,
    GivenMark,
    Gradebook,
    GradeCategory,
    GradeColumn,
    GradeRelease,
)
from gradebook.scheme import Category, Scheme, key_of
from gradebook.tries import Tries, load_tries
from gradebook.weighing import WeighedCategory, WeighedShare, weigh_category, weigh_total
from overview.participation import is_scored, released_in, scores_of
from overview.records import load_record
from readings.models import Deadlines, Reading, keep_everybodys_extensions
from seminars.models import Membership, Seminar
from seminars.permissions import can_open_reading

__all__ = ["CategoryMarks", "MarkBook", "PersonMarks", "load_book"]


@dataclass(frozen=True, slots=True)
class CategoryMarks:
    """One person's category: over what is released or, where nothing of it is, over all."""

    category: Category
    figures: Sequence[GradeFigure]  # all of its columns that count, released or not
    weighed: WeighedCategory
    is_released: bool  # some of its columns are: it is in the total

    @property
    def share(self) -> Fraction | None:
        return self.weighed.share


@dataclass(frozen=True, slots=True)
class PersonMarks:
    """All of one person: the figure of each column by its key, the categories, the total.

    The total is over what is released, for whoever looks: staff and the person see the same.
    """

    member: Membership
    figures: Mapping[str, GradeFigure]
    categories: Sequence[CategoryMarks]
    total: Fraction | None

    @property
    def counted_categories(self) -> list[CategoryMarks]:
        """Those that are in the total."""
        return [one for one in self.categories if one.is_released and one.share is not None]

    @property
    def counted_weight(self) -> Fraction:
        return sum((Fraction(one.category.weight) for one in self.counted_categories), Fraction(0))


@dataclass(frozen=True, slots=True)
class MarkBook:
    """A gradebook with the figures of some people, in the order in which they were given."""

    gradebook: Gradebook
    scheme: Scheme
    columns: Sequence[Column]
    rows: Sequence[PersonMarks]
    loaded: "Loaded"

    @property
    def categories(self) -> Sequence[Category]:
        return self.scheme.categories

    def columns_in(self, category: Category | None) -> list[Column]:
        pk = category.pk if category else None
        return [one for one in self.columns if one.category == pk]

    def column(self, key: str) -> Column | None:
        return next((one for one in self.columns if one.key == key), None)

    def with_scheme(self, scheme: Scheme, released: Collection[str] | None = None) -> "MarkBook":
        """The same figures by other settings, or with other columns released; nothing is asked."""
        known = {one.key for one in self.columns if one.is_released}
        return self.loaded.book(scheme, known if released is None else released)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was asked of the database, from which a book is made by one scheme or another."""

    gradebook: Gradebook
    members: Sequence[Membership]
    sources: Sequence[ColumnSource]
    rows: Mapping[str, GradeColumn]
    work: Mapping[tuple[str, int], Work]
    given: Mapping[tuple[int, int], GivenMark]
    now: Any

    def book(self, scheme: Scheme, released: Collection[str]) -> MarkBook:
        gone = {key for key, one in scheme.settings.items() if one.is_removed}
        sources = [one for one in self.sources if one.key not in gone]
        columns = scheme.columns(sources, self.rows, released)
        zero = {one.pk: one.missing_is_zero for one in scheme.categories}
        rows = [self._row(member, columns, scheme, zero) for member in self.members]
        return MarkBook(self.gradebook, scheme, columns, rows, self)

    def _row(
        self,
        member: Membership,
        columns: Sequence[Column],
        scheme: Scheme,
        zero: Mapping[int, bool],
    ) -> PersonMarks:
        around: dict[tuple[int, bool], Circumstances] = {}
        figures = {}
        for column in columns:
            is_zero = column.category is not None and zero[column.category]
            reading = column.source.reading
            place = (reading.pk if reading else 0, is_zero)
            if place not in around:
                around[place] = self._around(member, reading, is_zero=is_zero)
            given = self.given.get((column.row.pk, member.pk)) if column.row else None
            work = self.work.get((column.key, member.pk))
            figures[column.key] = figure_of(column, member.pk, work, given, around[place])
        categories = []
        for category in scheme.categories:
            marks = _category_marks(category, figures)
            figures |= {one.column.key: one for one in marks.figures}
            categories.append(marks)
        total = weigh_total(
            (one.share, Fraction(one.category.weight)) for one in categories if one.is_released
        )
        return PersonMarks(member, figures, categories, total)

    def _around(
        self, member: Membership, reading: Reading | None, *, is_zero: bool
    ) -> Circumstances:
        return Circumstances(
            is_asked=reading is None or can_open_reading(member, reading),
            deadlines=reading.deadlines_for(member) if reading else _NO_DATES,
            joined_at=member.joined_at,
            now=self.now,
            missing_is_zero=is_zero,
        )


_NO_DATES = Deadlines()


def _category_marks(category: Category, figures: Mapping[str, GradeFigure]) -> CategoryMarks:
    """Sum up a category, and mark what is left out of it."""
    mine = [one for one in figures.values() if one.column.category == category.pk]
    counting = [one for one in mine if one.column.counts]
    is_released = any(one.column.is_released for one in counting)
    shares = [
        WeighedShare(one.column.key, one.share, one.column.weight)
        for one in counting
        if one.share is not None and (one.column.is_released or not is_released)
    ]
    weighed = weigh_category(shares, drop_lowest=category.drop_lowest, drop_from=category.drop_from)
    marked = [
        replace(one, is_dropped=True) if one.column.key in weighed.dropped else one for one in mine
    ]
    return CategoryMarks(category, marked, weighed, is_released)


# --- Loading -------------------------------------------------------------------------------------
def gradebook_of(seminar_id: int) -> Gradebook | None:
    """The gradebook of a seminar; None where it has begun none. One query."""
    return Gradebook.objects.filter(seminar=seminar_id).first()


def load_book(
    viewer: Membership, members: Sequence[Membership], gradebook: Gradebook | None = None
) -> MarkBook | None:
    """Return the gradebook of the viewer's seminar with the figures of these members.

    `viewer` is who asks: of participation, an instructor sees all counted, a member themself.
    None where the seminar has no gradebook. A fixed number of queries.
    """
    found = gradebook or gradebook_of(viewer.seminar_id)
    if found is None:
        return None
    seminar: Seminar = viewer.seminar
    categories = list(GradeCategory.objects.filter(seminar=seminar))
    rows = {key_of(one): one for one in GradeColumn.objects.filter(seminar=seminar)}
    readings = readings_of(seminar)
    keep_everybodys_extensions(readings, members)
    scored, work, told = _participation(viewer, members)
    sources = sources_of(seminar.pk, readings, scored, list(rows.values()))
    loaded = Loaded(
        gradebook=found,
        members=members,
        sources=sources,
        rows=rows,
        work=work | _work(members, sources, load_tries(seminar.pk, members, readings)),
        given={
            (one.column_id, one.membership_id): one for one in _standing_marks(seminar, members)
        },
        now=timezone.now(),
    )
    return loaded.book(Scheme.of(categories, rows.values()), told | _released(seminar, rows))


def _standing_marks(seminar: Seminar, members: Sequence[Membership]) -> Iterable[GivenMark]:
    standing = GivenMark.objects.standing().filter(
        seminar=seminar, membership__in=[one.pk for one in members]
    )
    found: Iterable[GivenMark] = standing.select_related("created_by__user")
    return found


def _released(seminar: Seminar, rows: Mapping[str, GradeColumn]) -> set[str]:
    standing = GradeRelease.objects.standing().filter(seminar=seminar)
    columns = set(standing.values_list("column_id", flat=True))
    return {
        key
        for key, row in rows.items()
        if row.pk in columns and row.kind != ColumnKind.PARTICIPATION
    }


def _participation(
    viewer: Membership, members: Sequence[Membership]
) -> tuple[dict[int, int], dict[tuple[str, int], Work], set[str]]:
    """Return the readings that are scored with how much each asks for, the scores, and which
    columns are released."""
    if not is_scored(viewer.seminar_id):
        return {}, {}, set()
    record = load_record(viewer, members)
    asking = {
        one.pk: one.required_posts + one.required_replies
        for one in record.readings
        if one.required_posts or one.required_replies
    }
    scores = scores_of(record)
    work: dict[tuple[str, int], Work] = {
        (f"reading-{reading}", member): score for (member, reading), score in scores.items()
    }
    released = released_in([one for one in record.readings if one.pk in asking])
    return asking, work, {f"reading-{one}" for one in released}


def _work(
    members: Sequence[Membership], sources: Sequence[ColumnSource], tries: Tries
) -> dict[tuple[str, int], Work]:
    """What was handed in, by column and member: of a checkpoint as it is asked now or, by who has
    not answered it so, as it was asked before."""
    found: dict[tuple[str, int], Work] = {}
    for source in sources:
        if source.kind == ColumnKind.CHECKPOINT:
            for member in members:
                answered = (tries.checkpoints.get((quiz, member.pk)) for quiz in source.quizzes)
                first = next(filter(None, answered), None)
                if first is not None:
                    found[source.key, member.pk] = first
        elif source.kind == ColumnKind.OPEN:
            for member in members:
                mark = tries.open_mark(source.quizzes[0], source.target, member.pk)
                if mark is not None:
                    found[source.key, member.pk] = mark
    return found
