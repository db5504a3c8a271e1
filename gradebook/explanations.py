"""Figures in words: what each was made of, and how a total came about, step by step.

For staff and for the person alike. What a person is shown of is chosen before: only what is
released is explained to them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.visible import isolated
from gradebook.book import CategoryMarks, PersonMarks
from gradebook.figures import FigureState, GradeFigure
from gradebook.tries import CheckpointTry, OpenMark
from gradebook.weighing import percent, plain, rounded
from overview.participation import Score

DASH = "–"
_STATES = {
    FigureState.NOTHING: gettext_lazy("Nothing yet: it counts neither way."),
    FigureState.ZERO: gettext_lazy("Nothing was handed in by when it was due: zero."),
    FigureState.WAITING: gettext_lazy("It waits for a mark, and counts neither way until then."),
    FigureState.TOO_LATE: gettext_lazy("It was handed in when nothing counted any more."),
    FigureState.NOT_DUE: gettext_lazy("It counts from when it is due on."),
    FigureState.JOINED_LATER: gettext_lazy(
        "It was due before this person joined: it counts neither way."
    ),
    FigureState.NOT_ASKED: gettext_lazy("It is not asked of this person: it counts neither way."),
    FigureState.EXCUSED: gettext_lazy("It counts neither way, as an instructor has settled."),
}


@dataclass(frozen=True, slots=True)
class SumStep:
    """One line of a sum: what, and how much; `kind` is "off" of what is left out, or "total"."""

    words: str
    value: str = ""
    kind: str = ""


# Of what somebody has not come to, the title may say more than they have read.
_UNREAD = {
    FigureState.NOTHING,
    FigureState.ZERO,
    FigureState.JOINED_LATER,
    FigureState.NOT_ASKED,
    FigureState.EXCUSED,
    FigureState.GIVEN,
}


def figure_title(figure: GradeFigure, *, to_staff: bool) -> str:
    """What a figure is of; to the person, of what they have not come to, its place alone."""
    source, work = figure.column.source, figure.work
    is_met = work is not None and not (isinstance(work, OpenMark) and not work.is_asked)
    is_hidden = not to_staff and not is_met and figure.state in _UNREAD
    if not is_hidden or source.reading is None or figure.column.is_participation:
        return source.full_title
    return f"{isolated(source.reading.title)}: {isolated(source.place_name)}"


def short(figure: GradeFigure) -> str:
    """A figure as a cell has it: “7.5”, or a dash."""
    return DASH if figure.points is None else plain(figure.points)


def out_of(points: Fraction, maximum: Fraction) -> str:
    """“7.5 of 10”."""
    return _("%(points)s of %(maximum)s") % {"points": plain(points), "maximum": plain(maximum)}


def in_full(figure: GradeFigure) -> str:
    """“7 of 10”, or a dash."""
    return DASH if figure.points is None else out_of(figure.points, figure.column.maximum)


def explained(figure: GradeFigure) -> list[str]:
    """What it is made of, each thing a sentence; who has set it by hand, and why, is told apart."""
    lines = list(_work_lines(figure))
    state = _STATES.get(figure.state)
    if state is not None:
        lines.append(str(state))
    if figure.is_late and figure.state == FigureState.DONE:
        lines.append(_("Some of it was late, and counts all the same."))
    if figure.is_dropped:
        lines.append(_("It is left out as one of the lowest of its category."))
    if figure.column.source.is_retired:
        lines.append(_("It is asked no more. What was answered still counts."))
    if not figure.column.is_in_total:
        lines.append(_("This column counts in no total."))
    return lines


def by_hand(figure: GradeFigure) -> str:
    """Who has set it by hand, what it was before, and the reason; "" where nobody has."""
    score = figure.work if isinstance(figure.work, Score) else None
    if figure.given is not None and figure.given.changes_figure:
        given, before = figure.given, figure.worked_out
        said = _("Set by %(name)s.") % {"name": isolated(given.created_by.name)}
        if before is not None:
            worked_out = out_of(before, figure.column.maximum)
            said += " " + _("Worked out it is %(before)s.") % {"before": worked_out}
        return f"{said} {isolated(given.reason)}".rstrip()
    if score is not None and score.override is not None:
        row = score.override
        counted = {"done": score.counted, "needed": score.needed}
        return " ".join(
            (
                _("Set by %(name)s.") % {"name": isolated(row.created_by.name)},
                _("Counted it is %(done)d of %(needed)d.") % counted,
                isolated(row.reason),
            )
        )
    return ""


def _work_lines(figure: GradeFigure) -> Iterator[str]:
    work = figure.work
    if isinstance(work, CheckpointTry):
        yield _sentence(work.in_words)
        if work.points is not None and work.points != work.right:
            yield _("%(part)s points.") % {"part": out_of(work.points, work.maximum)}
        if work.points is not None and work.maximum != figure.column.maximum:
            share = work.points / work.maximum if work.maximum else Fraction(0)
            yield _counts_as(share * figure.column.maximum, figure.column.maximum)
    elif isinstance(work, OpenMark) and work.points is not None:
        most = figure.column.source.maximum
        yield _("%(part)s points for the answer.") % {"part": out_of(work.points, most)}
        if most != figure.column.maximum:
            share = work.points / most
            yield _counts_as(share * figure.column.maximum, figure.column.maximum)
    elif isinstance(work, Score):
        yield _sentence(work.explained)
        if figure.column.maximum != work.needed and figure.worked_out is not None:
            yield _counts_as(figure.worked_out, figure.column.maximum)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _counts_as(points: Fraction, maximum: Fraction) -> str:
    return _("It counts as %(part)s.") % {"part": out_of(points, maximum)}


# --- How a sum came about ------------------------------------------------------------------------
def category_steps(marks: CategoryMarks, *, to_staff: bool) -> list[SumStep]:
    """What was added up in a category, line by line, with what is left out of it."""
    if not to_staff and not marks.is_released:
        return []
    figures = [one for one in marks.figures if one.column.counts and one.points is not None]
    if marks.is_released:
        figures = [one for one in figures if one.column.is_released]
    by_points = all(one.column.weight == one.column.maximum for one in figures)
    steps = [_figure_step(one, by_points=by_points, to_staff=to_staff) for one in figures]
    weighed = marks.weighed
    if marks.share is None:
        return [*steps, SumStep(_("Nothing counts yet"), DASH, "total")]
    if len(figures) > 1:
        words = _("Sum of what counts") if by_points else _("Sum of what counts, as it weighs")
        steps.append(SumStep(words, out_of(weighed.points, weighed.weight)))
    share = f"{percent(marks.share)} %"
    return [*steps, SumStep(isolated(marks.category.name), share, "total")]


def _figure_step(figure: GradeFigure, *, by_points: bool, to_staff: bool) -> SumStep:
    title = figure_title(figure, to_staff=to_staff)
    value = in_full(figure)
    if not by_points:
        value = _("%(part)s, weighs %(weight)s") % {
            "part": value,
            "weight": plain(figure.column.weight),
        }
    if figure.is_dropped:
        return SumStep(_("%(title)s, left out as the lowest") % {"title": title}, value, "off")
    return SumStep(title, value)


def total_steps(marks: PersonMarks) -> list[SumStep]:
    """How the total came about of the categories that are released."""
    counted = marks.counted_categories
    steps = [
        SumStep(
            f"{isolated(one.category.name)}: {percent(share)} × {plain(weight)}",
            rounded(share * weight, 2),
        )
        for one in counted
        for share, weight in [(one.share or Fraction(0), Fraction(one.category.weight))]
    ]
    if marks.total is None:
        return [*steps, SumStep(_("Total so far"), DASH, "total")]
    if len(counted) > 1:
        whole = marks.total * marks.counted_weight
        steps.append(SumStep(_("Sum"), rounded(whole, 2)))
    steps.append(
        SumStep(_("Divided by the weights that count so far"), plain(marks.counted_weight))
    )
    return [*steps, SumStep(_("Total so far"), f"{percent(marks.total)} %", "total")]
