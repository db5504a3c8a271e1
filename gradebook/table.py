"""The table of the gradebook: people by columns, and what stands above it of the categories."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.visible import isolated
from gradebook.book import CategoryMarks, MarkBook, PersonMarks
from gradebook.columns import Column
from gradebook.explanations import DASH, short
from gradebook.figures import FigureState, GradeFigure
from gradebook.scheme import Category
from gradebook.weighing import percent, plain
from rendering.slots import escape

_SAID = {
    FigureState.ZERO: gettext_lazy("nothing handed in"),
    FigureState.WAITING: gettext_lazy("waits for a mark"),
    FigureState.TOO_LATE: gettext_lazy("too late to count"),
    FigureState.EXCUSED: gettext_lazy("excused"),
}


@dataclass(frozen=True, slots=True)
class CategoryHead:
    """A category above the table: its weight, how it is made, and who sees it."""

    category: Category
    columns: Sequence[Column]
    how: str
    released: int

    @property
    def weight(self) -> str:
        return plain(Fraction(self.category.weight))

    @property
    def counting(self) -> int:
        return sum(one.counts for one in self.columns)

    @property
    def is_released(self) -> bool:
        return 0 < self.counting == self.released

    @property
    def is_held(self) -> bool:
        return not self.released


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What stands above a column: the reading, what is called so in it, of how much."""

    column: Column

    @property
    def reading(self) -> str:
        source = self.column.source
        if source.reading is None or self.column.is_participation:
            return ""
        return isolated(source.reading.title)

    @property
    def name(self) -> str:
        source = self.column.source
        return (source.place if self.reading else "") or isolated(source.title)

    @property
    def title(self) -> str:
        return isolated(self.column.source.title)

    @property
    def maximum(self) -> str:
        return plain(self.column.maximum)


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Columns under one heading of the table; `category` is None of those that are in no total."""

    category: Category | None
    name: str
    columns: Sequence[Column]
    is_held: bool

    @property
    def width(self) -> int:
        return len(self.columns) + (self.category is not None)

    @property
    def heads(self) -> list[ColumnHead]:
        return [ColumnHead(one) for one in self.columns]


@dataclass(frozen=True, slots=True)
class GradeTable:
    """What gradebook.html shows."""

    book: MarkBook
    categories: Sequence[CategoryHead]
    groups: Sequence[ColumnGroup]
    rows: Sequence[tuple[PersonMarks, SafeString, str]]  # with the cells, and the total
    unopened: int  # columns of readings that nobody can open yet, which are left out
    unplaced: int  # columns that count and are in no category

    @property
    def weights(self) -> str:
        return plain(sum((Fraction(one.category.weight) for one in self.categories), Fraction(0)))

    @property
    def held(self) -> list[Column]:
        """What can be released."""
        return [one for group in self.groups for one in group.columns if not one.is_released]


def build_table(book: MarkBook) -> GradeTable:
    """Put the table together; it asks nothing of the database."""
    now = timezone.now()
    shown = [one for one in book.columns if is_open(one, now) or _has_figures(book, one)]
    groups = list(_groups(book, shown))
    return GradeTable(
        book=book,
        categories=[_head(book, one) for one in book.categories],
        groups=groups,
        rows=[(row, _cells(row, groups), _total(row)) for row in book.rows],
        unopened=len(book.columns) - len(shown),
        unplaced=sum(one.category is None and one.counts for one in shown),
    )


def is_open(column: Column, now: datetime) -> bool:
    """Whether its reading has opened to those who take part."""
    reading = column.source.reading
    return reading is None or reading.opens_at is None or reading.opens_at <= now


def _has_figures(book: MarkBook, column: Column) -> bool:
    return any(row.figures[column.key].points is not None for row in book.rows)


def _groups(book: MarkBook, shown: Sequence[Column]) -> Iterator[ColumnGroup]:
    for category in book.categories:
        columns = [one for one in shown if one.category == category.pk]
        if columns:
            held = not any(one.is_released for one in columns if one.counts)
            yield ColumnGroup(category, category.name, columns, held)
    rest = [one for one in shown if one.category is None]
    if rest:
        yield ColumnGroup(None, _("In no total"), rest, is_held=False)


def _head(book: MarkBook, category: Category) -> CategoryHead:
    columns = book.columns_in(category)
    return CategoryHead(
        category=category,
        columns=columns,
        how=", ".join(how_made(category, columns)),
        released=sum(one.is_released for one in columns if one.counts),
    )


def how_made(category: Category, columns: Sequence[Column]) -> Iterator[str]:
    """How a category is made, thing by thing, in words."""
    by_points = all(one.own_weight is None for one in columns)
    yield _("points added up") if by_points else _("columns as they weigh")
    if category.drop_lowest:
        left_out = ngettext(
            "the lowest left out once %(once)d are in",
            "the %(many)d lowest left out once %(once)d are in",
            category.drop_lowest,
        )
        yield left_out % {"many": category.drop_lowest, "once": category.drop_from}
    if category.missing_is_zero:
        yield _("zero for what is not handed in by when it is due")


# --- Cells, written here: ten thousand of them by a template would be most of the page's time ----
def _address(member: int, key: str) -> str:
    """Where a figure is explained, from the table's own address: there are thousands of them."""
    return f"people/{member}/{key}/"


def _cells(row: PersonMarks, groups: Sequence[ColumnGroup]) -> SafeString:
    categories = {one.category.pk: one for one in row.categories}
    cells = []
    for group in groups:
        for place, column in enumerate(group.columns):
            figure = row.figures[column.key]
            url = _address(row.member.pk, column.key)
            cells.append(_cell(figure, url, starts=place == 0))
        if group.category is not None:
            cells.append(_sum(categories[group.category.pk], is_held=group.is_held))
    return mark_safe("".join(cells))  # noqa: S308 - escaped words


def _total(row: PersonMarks) -> str:
    return DASH if row.total is None else percent(row.total)


def _cell(figure: GradeFigure, url: str, *, starts: bool) -> str:
    classes = ["num-col"]
    if starts:
        classes.append("begins")
    if not figure.column.is_released:
        classes.append("held")
    if not figure.column.is_in_total:
        classes.append("uncounted")
    text = short(figure)
    if figure.is_dropped:
        text = f'<s>{text}</s><span class="vh">, {escape(_("left out"))}</span>'
    if figure.is_by_hand:
        told = escape(_("by hand"))
        text = f'<span class="by-hand">{text}</span><span class="vh">, {told}</span>'
    said = _SAID.get(figure.state)
    title = f' title="{escape(str(said))}"' if said else ""
    return f'<td class="{" ".join(classes)}"><a href="{url}"{title}>{text}</a></td>'


def _sum(marks: CategoryMarks, *, is_held: bool) -> str:
    text = DASH if marks.share is None else percent(marks.share)
    return f'<td class="num-col sum{" held" if is_held else ""}">{text}</td>'


def only(book: MarkBook, group: int) -> MarkBook:
    """The book with the people of one group alone."""
    rows = [one for one in book.rows if one.member.group_id == group]
    return replace(book, rows=rows)
