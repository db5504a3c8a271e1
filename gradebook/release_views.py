"""Releasing marks, and holding them back: what it would do is shown before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.idempotency import answered_once
from gradebook import actions
from gradebook.book import MarkBook, load_book
from gradebook.columns import Column
from gradebook.effects import Effect, effect_of
from gradebook.figures import FigureState
from quizzes.statistics import counted_members
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_keep_gradebook


@dataclass(frozen=True, slots=True)
class PlannedRelease:
    """Columns that would be released, or held back, and what that changes."""

    columns: Sequence[Column]
    is_undo: bool
    people: int  # with a figure in one of them
    without: int
    waiting: int  # figures that wait for a mark, or for its release to its author
    effect: Effect

    @property
    def query(self) -> str:
        return "&".join(f"column={one.key}" for one in self.columns)


@answered_once
@seminar_view(can_keep_gradebook)
@require_http_methods(["GET", "HEAD", "POST"])
def grades_release(request: SeminarRequest) -> HttpResponse:
    """Let each see their own figures of some columns; `undo=1` takes that back.

    Named by `column`, of a whole `category`, or all.
    """
    book = load_book(request.membership, counted_members(request.membership))
    if book is None:
        raise Http404(_("This seminar has no gradebook."))
    asked = request.POST if request.method == "POST" else request.GET
    is_undo = asked.get("undo") == "1"
    columns = [one for one in asked_columns(book, asked) if one.is_released == is_undo]
    if request.method == "POST":
        act = actions.hold_back_grades if is_undo else actions.release_grades
        act(columns=columns, by=request.membership)
        messages.success(request, done_words(len(columns), is_undo=is_undo))
        return redirect("gradebook", request.seminar.slug)
    context = {"planned": planned_release(book, columns, is_undo=is_undo)}
    return render(request, "gradebook/grades_release.html", context)


def asked_columns(book: MarkBook, asked: QueryDict) -> list[Column]:
    """The columns that are named; 404 where one is none."""
    keys = asked.getlist("column")
    if keys:
        found = [one for one in book.columns if one.key in keys]
        if len(found) != len(set(keys)):
            raise Http404(_("There is no such column."))
        return found
    category = asked.get("category", "")
    if not category:
        return list(book.columns)
    if category not in {str(one.pk) for one in book.categories}:
        raise Http404(_("There is no such category."))
    return [one for one in book.columns if str(one.category) == category]


def planned_release(book: MarkBook, columns: Sequence[Column], *, is_undo: bool) -> PlannedRelease:
    """What releasing these columns, or holding them back, would change."""
    keys = {one.key for one in columns}
    now = {one.key for one in book.columns if one.is_released}
    after = book.with_scheme(book.scheme, now - keys if is_undo else now | keys)
    marked = sum(any(row.figures[key].points is not None for key in keys) for row in book.rows)
    return PlannedRelease(
        columns=columns,
        is_undo=is_undo,
        people=marked,
        without=len(book.rows) - marked,
        waiting=sum(
            row.figures[key].state == FigureState.WAITING for row in book.rows for key in keys
        ),
        effect=effect_of(book, after),
    )


def done_words(count: int, *, is_undo: bool) -> str:
    if not count:
        return _("There was nothing to do.")
    if is_undo:
        said = ngettext("%d column is held back.", "%d columns are held back.", count)
    else:
        said = ngettext(
            "Each sees their own marks of %d column now.",
            "Each sees their own marks of %d columns now.",
            count,
        )
    return said % count
