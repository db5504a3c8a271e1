"""The gradebook as files that Canvas and Moodle take in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from gradebook.book import MarkBook
from gradebook.columns import Column
from gradebook.figures import FigureState, GradeFigure
from gradebook.weighing import percent, plain

CANVAS, MOODLE = "canvas", "moodle"
FORMS = {CANVAS: gettext_lazy("Canvas"), MOODLE: gettext_lazy("Moodle")}
# The words of these files are those that the other side reads, and so in no other language.
CANVAS_HEAD = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE = "    Points Possible"  # with the spaces with which Canvas writes it
MOODLE_HEAD = ("First name", "Last name", "ID number", "Email address")
EXCUSED = "EX"  # as Canvas writes it


def file_rows(book: MarkBook, form: str, *, with_held: bool) -> Iterator[list[Any]]:
    """Yield the lines of the file: of what is released or, with what is held, of all columns."""
    columns = [one for one in book.columns if with_held or one.is_released]
    return _moodle(book, columns) if form == MOODLE else _canvas(book, columns)


def _canvas(book: MarkBook, columns: Sequence[Column]) -> Iterator[list[Any]]:
    """A gradebook as Canvas takes it in: whoever is in the course is found by the login."""
    yield [*CANVAS_HEAD, *titles_of(columns)]
    yield [POINTS_POSSIBLE, *[""] * 4, *(plain(one.maximum) for one in columns)]
    for row in book.rows:
        member = row.member
        who = [member.name, "", "", member.user.email, member.group and member.group.name]
        figures = [row.figures[one.key] for one in columns]
        yield [*who, *(_canvas_cell(one) for one in figures)]


def _canvas_cell(figure: GradeFigure) -> str:
    if figure.state == FigureState.EXCUSED:
        return EXCUSED
    return "" if figure.points is None else plain(figure.points)


def _moodle(book: MarkBook, columns: Sequence[Column]) -> Iterator[list[Any]]:
    """What Moodle's import of grades takes: points, what was said to the person, the total."""
    titles = titles_of(columns)
    told = [any(_comment(row.figures[column.key]) for row in book.rows) for column in columns]
    heads: list[str] = []
    for title, has_comments in zip(titles, told, strict=True):
        heads += [f"{title} (Real)", *([f"{title} (Feedback)"] if has_comments else [])]
    yield [*MOODLE_HEAD, *heads, "Course total (Percentage)"]
    for row in book.rows:
        first, _space, last = row.member.name.rpartition(" ")
        cells: list[Any] = [first or last, last if first else "", "", row.member.user.email]
        for column, has_comments in zip(columns, told, strict=True):
            figure = row.figures[column.key]
            cells.append("" if figure.points is None else plain(figure.points))
            if has_comments:
                cells.append(_comment(figure))
        yield [*cells, "" if row.total is None else percent(row.total)]


def _comment(figure: GradeFigure) -> str:
    return figure.given.comment if figure.given else ""


def titles_of(columns: Iterable[Column]) -> list[str]:
    """What columns are called in a file, each otherwise than all others."""
    seen: Counter[str] = Counter()
    titles = []
    for column in columns:
        title = column_title(column)
        seen[title] += 1
        titles.append(f"{title} [{seen[title]}]" if seen[title] > 1 else title)
    return titles


def column_title(column: Column) -> str:
    """With its reading, and where in it: two may be called the same."""
    source = column.source
    title = " ".join(source.full_title.split())
    return f"{title} ({source.place})" if source.place and source.place not in title else title
