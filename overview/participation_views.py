"""Scores for participation: listed, set by hand, released; and one's own figures."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.idempotency import answered_once
from database.versions import Stale
from documents.visible import isolated
from overview import participation_actions as actions
from overview.models import ScoreOverride
from overview.participation import (
    Score,
    build_participation,
    is_scored,
    participation_rows,
    scores_of,
)
from overview.participation_forms import ScoreForm
from overview.progress import build_progress
from overview.records import load_record
from readings.essays import file_name
from readings.models import Reading
from readings.page import get_reading
from rendering.csv_download import csv_download
from seminars.access import seminar_view
from seminars.http import SeminarRequest, get_member
from seminars.models import Membership
from seminars.permissions import can_score_participation, can_see_desk, has_progress


@seminar_view(has_progress)
@require_safe
def progress(request: SeminarRequest) -> HttpResponse:
    """One's own row of what staff see, and one's scores once they are released."""
    context = {"progress": build_progress(request.membership)}
    return render(request, "overview/progress.html", context)


@seminar_view(can_see_desk)
@require_safe
def participation(request: SeminarRequest) -> HttpResponse:
    """The scores of everybody; an assistant sees the people of their own groups."""
    context = {
        "participation": build_participation(request.membership),
        "may_score": can_score_participation(request.membership),
    }
    return render(request, "overview/participation.html", context)


@seminar_view(can_see_desk)
@require_GET
def participation_file(request: SeminarRequest) -> StreamingHttpResponse:
    """The same for a spreadsheet."""
    name = f"{file_name(f'{request.seminar.name} participation')}.csv"
    return csv_download(name, [*participation_rows(request.membership)])


@answered_once
@seminar_view(can_score_participation)
@require_POST
def participation_scoring(request: SeminarRequest) -> HttpResponse:
    """Let the seminar have scores; `undo=1`: have none."""
    if request.POST.get("undo") == "1":
        actions.end_scoring(by=request.membership)
        messages.success(request, _("Participation is not scored any more."))
    else:
        actions.begin_scoring(by=request.membership)
        messages.success(request, _("Participation is scored. Nobody sees a score yet."))
    return redirect("participation", request.seminar.slug)


@answered_once
@seminar_view(can_score_participation)
@require_POST
def participation_release(request: SeminarRequest, reading: str) -> HttpResponse:
    """Let each see their own score of a reading; `undo=1` takes that back."""
    found = get_reading(request, reading)
    title = {"title": isolated(found.title)}
    if request.POST.get("undo") == "1":
        actions.hold_back_scores(reading=found, by=request.membership)
        messages.success(request, _("The scores of %(title)s are held back.") % title)
    else:
        actions.release_scores(reading=found, by=request.membership)
        messages.success(request, _("Each sees their own score of %(title)s now.") % title)
    return redirect("participation", request.seminar.slug)


@answered_once
@seminar_view(can_score_participation)
@require_http_methods(["GET", "HEAD", "POST"])
def participation_score(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """One person's score of one reading: what it is made of, and another number by hand."""
    found, member = get_reading(request, reading), get_member(request, pk)
    score = get_score(request, found, member)
    form = ScoreForm(request.POST if request.method == "POST" else None, score=score)
    if request.POST.get("undo") == "1":
        return counted_again(request, found, member)
    if form.is_valid():
        try:
            actions.set_score(
                reading=found, membership=member, **form.cleaned_data, by=request.membership
            )
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("Set for %(name)s.") % {"name": isolated(member.name)})
            return redirect("participation", request.seminar.slug)
    context = {"reading": found, "member": member, "score": score, "form": form}
    context["earlier"] = earlier_overrides(found, member)
    return render(request, "overview/participation_score.html", context, status=form.status)


def counted_again(request: SeminarRequest, reading: Reading, member: Membership) -> HttpResponse:
    """Take back what was set by hand."""
    actions.count_again(reading=reading, membership=member, by=request.membership)
    messages.success(request, _("Counted again."))
    return redirect("participation", request.seminar.slug)


def get_score(request: SeminarRequest, reading: Reading, member: Membership) -> Score:
    """The score of somebody of whom the reading asks for something; or 404."""
    found = None
    if is_scored(request.seminar.pk) and has_progress(member):
        record = load_record(request.membership, [member])
        found = scores_of(record).get((member.pk, reading.pk))
    if found is None:
        raise Http404(_("There is no such score."))
    return found


def earlier_overrides(reading: Reading, member: Membership) -> list[ScoreOverride]:
    """What was set by hand, the last first, with who did."""
    rows = ScoreOverride.objects.filter(reading=reading, membership=member)
    return list(rows.select_related("created_by__user", "undone_by__user"))
