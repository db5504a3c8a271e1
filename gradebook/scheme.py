"""What is settled in a gradebook: its categories, and of each column where it belongs.

A scheme is data, so that one that nobody has saved yet can be tried on the same figures.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gradebook.columns import Column, ColumnSource
from gradebook.models import ColumnKind, GradeCategory, GradeColumn


@dataclass(frozen=True, slots=True)
class Category:
    """As a row has it; a new one that is not saved yet has a `pk` below zero."""

    pk: int
    name: str
    weight: Decimal
    drop_lowest: int = 0
    drop_from: int = 3
    missing_is_zero: bool = False
    takes: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSettings:
    """What is settled about one column; `title` of marks by hand alone."""

    category: int | None
    counts: bool = True
    weight: Decimal | None = None
    maximum: Decimal | None = None
    title: str = ""
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """Categories in their order, and settings by the key of the column."""

    categories: Sequence[Category]
    settings: Mapping[str, ColumnSettings]

    @classmethod
    def of(cls, categories: Iterable[GradeCategory], rows: Iterable[GradeColumn]) -> "Scheme":
        return cls([_category(one) for one in categories], {key_of(row): _set(row) for row in rows})

    def settings_of(self, source: ColumnSource) -> ColumnSettings:
        """What holds of a source: as it was settled, or by its kind."""
        return self.settings.get(source.key) or ColumnSettings(self.category_for(source.kind))

    def category_for(self, kind: ColumnKind) -> int | None:
        """The category of columns of this kind that nobody has placed."""
        return next((one.pk for one in self.categories if one.takes == kind), None)

    def columns(
        self,
        sources: Iterable[ColumnSource],
        rows: Mapping[str, GradeColumn],
        released: Collection[str],
    ) -> list[Column]:
        """Return the columns by category, those in none last."""
        known = {one.pk: place for place, one in enumerate(self.categories)}
        columns = [
            self._column(one, rows.get(one.key), is_released=one.key in released) for one in sources
        ]
        last = len(known)
        return sorted(
            columns, key=lambda one: last if one.category is None else known[one.category]
        )

    def _column(
        self, source: ColumnSource, row: GradeColumn | None, *, is_released: bool
    ) -> Column:
        settled = self.settings_of(source)
        known = {one.pk for one in self.categories}
        maximum = source.maximum if settled.maximum is None else Fraction(settled.maximum)
        own_weight = None if settled.weight is None else Fraction(settled.weight)
        return Column(
            source=source,
            row=row,
            category=settled.category if settled.category in known else None,
            counts=settled.counts,
            weight=maximum if own_weight is None else own_weight,
            maximum=maximum,
            is_released=is_released,
            own_weight=own_weight,
        )


def key_of(row: GradeColumn) -> str:
    """The key of the source that a row is about."""
    match row.kind:
        case ColumnKind.CHECKPOINT:
            return f"quiz-{row.item_id}"
        case ColumnKind.OPEN:
            return f"open-{row.question_id}"
        case ColumnKind.PARTICIPATION:
            return f"reading-{row.reading_id}"
    return f"own-{row.pk}"


def _category(row: GradeCategory) -> Category:
    return Category(
        pk=row.pk,
        name=row.name,
        weight=row.weight,
        drop_lowest=row.drop_lowest,
        drop_from=row.drop_from,
        missing_is_zero=row.missing_is_zero,
        takes=row.takes,
    )


def _set(row: GradeColumn) -> ColumnSettings:
    return ColumnSettings(
        category=row.category_id,
        counts=row.counts,
        weight=row.weight,
        maximum=row.maximum,
        title=row.title,
        is_removed=row.removed_at is not None,
    )
