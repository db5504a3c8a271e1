"""One person's marks, each explained: to staff all of them, to the person what is released."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from documents.visible import isolated
from gradebook.book import CategoryMarks, MarkBook, PersonMarks, load_book
from gradebook.explanations import (
    SumStep,
    by_hand,
    category_steps,
    explained,
    figure_title,
    in_full,
    total_steps,
)
from gradebook.figures import GradeFigure
from gradebook.weighing import percent, plain
from readings.models import Reading
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure with its words, and where in the text it comes from."""

    key: str
    title: str
    place: str  # “¶ 4”; "" of what has none, or where the title names it
    url: str
    value: str
    lines: Sequence[str]
    by_hand: str
    comment: str
    commented_by: str
    is_dropped: bool
    is_released: bool


@dataclass(frozen=True, slots=True)
class ShownCategory:
    """A category with its figures, and how it comes to its percents; `weight` is "" of none."""

    name: str
    weight: str
    value: str
    figures: Sequence[ShownFigure]
    steps: Sequence[SumStep]
    is_released: bool


@dataclass(frozen=True, slots=True)
class ShownMarks:
    """What the page of a person's marks shows."""

    member: Membership
    categories: Sequence[ShownCategory]
    steps: Sequence[SumStep]
    total: str
    held: int  # columns that are not released, and so not among these


def own_marks_of(member: Membership) -> ShownMarks | None:
    """What a person is shown of themself: nothing that is not released."""
    book = load_book(member, [member])
    if book is None:
        return None
    book = book.with_scheme(book.scheme, _told(book, member))
    return shown_marks(book, book.rows[0], to_staff=False)


def _told(book: MarkBook, member: Membership) -> set[str]:
    """The columns that are released, but for those of readings that are not open to this member
    and of which they have done nothing: their titles are not theirs to know."""
    opened = set(Reading.objects.visible_to(member).order_by().values_list("pk", flat=True))
    figures = book.rows[0].figures
    return {
        one.key
        for one in book.columns
        if one.is_released
        and (
            one.source.reading is None
            or one.source.reading.pk in opened
            or figures[one.key].work is not None
        )
    }


def shown_marks(book: MarkBook, row: PersonMarks, *, to_staff: bool) -> ShownMarks:
    """Put one person's marks into words."""
    categories = [
        _category(one, to_staff=to_staff)
        for one in row.categories
        if any(to_staff or figure.column.is_released for figure in one.figures)
    ]
    rest = [
        row.figures[column.key]
        for column in book.columns
        if column.category is None and (to_staff or column.is_released)
    ]
    if rest:
        shown = [shown_figure(one, to_staff=to_staff) for one in rest]
        categories.append(ShownCategory(_("In no total"), "", "", shown, [], is_released=True))
    return ShownMarks(
        member=row.member,
        categories=categories,
        steps=total_steps(row),
        total="" if row.total is None else f"{percent(row.total)} %",
        held=sum(not one.is_released for one in book.columns),
    )


def _category(marks: CategoryMarks, *, to_staff: bool) -> ShownCategory:
    figures = [one for one in marks.figures if to_staff or one.column.is_released]
    share = marks.share if to_staff or marks.is_released else None
    return ShownCategory(
        name=isolated(marks.category.name),
        weight=plain(Fraction(marks.category.weight)),
        value="" if share is None else f"{percent(share)} %",
        figures=[shown_figure(one, to_staff=to_staff) for one in figures],
        steps=category_steps(marks, to_staff=to_staff),
        is_released=marks.is_released,
    )


def shown_figure(figure: GradeFigure, *, to_staff: bool) -> ShownFigure:
    """A figure in words."""
    given = figure.given
    title, place = figure_title(figure, to_staff=to_staff), figure.column.source.place
    return ShownFigure(
        key=figure.column.key,
        title=title,
        place="" if place in title else place,
        url=figure.column.source.url,
        value=in_full(figure),
        lines=explained(figure),
        by_hand=by_hand(figure),
        comment=given.comment if given else "",
        commented_by=given.created_by.name if given else "",
        is_dropped=figure.is_dropped,
        is_released=figure.column.is_released,
    )
