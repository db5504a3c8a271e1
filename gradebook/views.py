"""The gradebook: the table for staff, one person's marks, one figure, and one's own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.idempotency import answered_once
from database.versions import Stale
from documents.visible import isolated
from documents.whole_number import whole_number
from gradebook import actions
from gradebook.book import MarkBook, load_book
from gradebook.figures import GradeFigure
from gradebook.forms import GivenMarkForm
from gradebook.person import own_marks_of, shown_figure, shown_marks
from gradebook.rows import marks_before
from gradebook.table import build_table, only
from quizzes.statistics import counted_members
from seminars.access import seminar_view
from seminars.http import SeminarRequest, get_member
from seminars.models import Membership
from seminars.permissions import (
    can_keep_gradebook,
    can_see_desk,
    can_see_marks_of,
    has_progress,
)


@seminar_view(can_see_desk)
@require_safe
def gradebook(request: SeminarRequest) -> HttpResponse:
    """Everybody's marks; an assistant sees the people of their own groups."""
    member = request.membership
    book = load_book(member, counted_members(member))
    group = whole_number(request.GET.get("group", "")) or 0
    groups = {one.member.group_id: one.member.group for one in book.rows} if book else {}
    if group and group not in groups:
        raise Http404(_("There are no marks of that group, or they are not for you."))
    if book and group:
        book = only(book, group)
    context = {
        "table": build_table(book) if book else None,
        "may_keep": can_keep_gradebook(member),
        "groups": sorted((one for one in groups.values() if one), key=lambda one: one.name),
        "group": group,
    }
    return render(request, "gradebook/gradebook.html", context)


@answered_once
@seminar_view(can_keep_gradebook)
@require_POST
def gradebook_opening(request: SeminarRequest) -> HttpResponse:
    """Let the seminar have a gradebook."""
    actions.begin_gradebook(by=request.membership)
    messages.success(request, _("The gradebook is begun. Nobody sees a mark yet."))
    return redirect("gradebook", request.seminar.slug)


@seminar_view(can_see_desk)
@require_safe
def member_marks(request: SeminarRequest, pk: int) -> HttpResponse:
    """All marks of one person, each explained, released or not."""
    member = get_marked(request, pk)
    book = get_book(request, member)
    context = {"member": member, "marks": shown_marks(book, book.rows[0], to_staff=True)}
    return render(request, "gradebook/member_marks.html", context)


@answered_once
@seminar_view(can_see_desk)
@require_http_methods(["GET", "HEAD", "POST"])
def grade_detail(request: SeminarRequest, pk: int, column: str) -> HttpResponse:
    """One figure: what it is made of, another one by hand; `undo=1` takes that back."""
    member = get_marked(request, pk)
    figure = get_figure(request, member, column)
    data = request.POST if request.method == "POST" else None
    if data is not None and not can_keep_gradebook(request.membership):
        raise PermissionDenied(_("Only an instructor of this seminar gives marks by hand."))
    if data is not None and data.get("undo") == "1":
        actions.take_back_mark(column=figure.column, membership=member, by=request.membership)
        messages.success(request, _("Taken back."))
        return way_back(request, member, figure)
    form = GivenMarkForm(data, figure=figure)
    if form.is_valid() and saved(request, form, figure, member):
        return way_back(request, member, figure)
    return figure_page(request, form, figure, member)


@seminar_view(has_progress)
@require_safe
def own_marks(request: SeminarRequest) -> HttpResponse:
    """One's own marks, as far as they are released, each explained."""
    return render(request, "gradebook/own_marks.html", {"marks": own_marks_of(request.membership)})


def figure_page(
    request: SeminarRequest, form: GivenMarkForm, figure: GradeFigure, member: Membership
) -> HttpResponse:
    """What `grade_detail` shows; to a page's script without all around it."""
    may_keep = can_keep_gradebook(request.membership)
    context = {
        "member": member,
        "figure": figure,
        "column": figure.column,
        "shown": shown_figure(figure, to_staff=True),
        "earlier": marks_before(figure.column.row, member),
        "may_give": may_keep and not figure.column.is_participation,
        "may_score": may_keep and figure.column.is_participation,
        "form": form,
        "back": request.POST.get("back", ""),
    }
    if request.htmx:
        panel = context | {"in_panel": True}
        return render(request, "gradebook/_grade.html", panel, status=form.status)
    return render(request, "gradebook/grade_detail.html", context, status=form.status)


def way_back(request: SeminarRequest, member: Membership, figure: GradeFigure) -> HttpResponse:
    """To the table, where it was opened beside it (`back`), of the group that stood there; or to
    the figure as it is now."""
    if request.POST.get("back") == "1":
        group = whole_number(request.POST.get("group", ""))
        table = reverse("gradebook", args=[request.seminar.slug])
        return redirect(f"{table}?group={group}" if group else table)
    return redirect("grade_detail", request.seminar.slug, member.pk, figure.column.key)


def saved(
    request: SeminarRequest, form: GivenMarkForm, figure: GradeFigure, member: Membership
) -> bool:
    """Keep the mark; where somebody was faster the form says so, and what stands now."""
    try:
        actions.give_mark(
            column=figure.column, membership=member, **form.cleaned_data, by=request.membership
        )
    except Stale as stale:
        form.show_current(stale.current)
        return False
    messages.success(request, _("Kept for %(name)s.") % {"name": isolated(member.name)})
    return True


def get_marked(request: SeminarRequest, pk: int) -> Membership:
    """A member who has marks; 403 where they are of another group than the assistant's."""
    member = get_member(request, pk)
    if not has_progress(member):
        raise Http404(_("This person has no marks."))
    if not can_see_marks_of(request.membership, member):
        raise PermissionDenied(_("The marks of this person are not for you."))
    return member


def get_book(request: SeminarRequest, member: Membership) -> MarkBook:
    """The gradebook with this member's figures alone; or 404."""
    book = load_book(request.membership, [member])
    if book is None:
        raise Http404(_("This seminar has no gradebook."))
    return book


def get_figure(request: SeminarRequest, member: Membership, key: str) -> GradeFigure:
    figure = get_book(request, member).rows[0].figures.get(key)
    if figure is None:
        raise Http404(_("There is no such column."))
    return figure
