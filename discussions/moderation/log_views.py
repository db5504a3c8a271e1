"""The audit log: as a page, as a file, corrected; and to each what is about their own words."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from discussions.common.http import number_in
from discussions.models import Decision
from discussions.moderation.decision_log import (
    build_log,
    build_own_log,
    log_choices,
    log_entry,
    log_table,
)
from discussions.moderation.log_filters import LogFilter
from discussions.moderation.log_forms import CorrectionForm
from discussions.moderation.rare_actions import correct
from rendering.csv_download import csv_download
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view(permissions.can_see_desk)
@require_GET
def decision_log(request: SeminarRequest) -> HttpResponse:
    """Every decision, newest first."""
    member, filters = request.membership, LogFilter.of(request.GET)
    log = build_log(member, filters, before=number_in(request, "before"))
    context = {"log": log, "choices": log_choices(member)}
    context["can_correct"] = permissions.can_set_moderation(member)
    return render(request, "discussions/decision_log.html", context)


@seminar_view(permissions.can_see_desk)
@require_safe
def decision_log_file(request: SeminarRequest) -> StreamingHttpResponse:
    """The same for a spreadsheet, as far as the filters let it through."""
    rows = log_table(request.membership, LogFilter.of(request.GET))
    return csv_download(f"{request.seminar.slug}-log.csv", rows)


@seminar_view(permissions.can_set_moderation)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_correction(request: SeminarRequest, pk: int) -> HttpResponse:
    """Add what an entry got wrong: the entry itself stays as it is."""
    row = get_object_or_404(Decision.objects.for_log(request.membership), pk=pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        correct(decision=row, by=request.membership, **form.cleaned_data)
        messages.success(request, _("The correction stands in the log."))
        return redirect("decision_log", request.seminar.slug)
    context = {"form": form, "entry": log_entry(row, request.membership)}
    status = 422 if form.errors else 200
    return render(request, "discussions/decision_correction.html", context, status=status)


@seminar_view(permissions.can_see_log)
@require_safe
def own_decisions(request: SeminarRequest) -> HttpResponse:
    """What staff decided about one's own words, and about oneself."""
    log = build_own_log(request.membership, before=number_in(request, "before"))
    return render(request, "discussions/own_decisions.html", {"log": log})
