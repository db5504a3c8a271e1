"""Having a seminar deleted, by an instructor of it or the host, and taking that back.

Both ask for a state, and have it where it holds already. Not `answered_once`, which undoes all
that is refused, and so the count of passwords that were tried.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lifecycle.deletion_actions import ask_deletion, take_back_deletion
from lifecycle.forms import DeletionForm
from seminars.access import host_view, seminar_view
from seminars.http import Request, SeminarRequest
from seminars.models import Seminar
from seminars.permissions import can_delete_any_seminar, can_delete_seminar
from seminars.read_only import though_read_only


@seminar_view(can_delete_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
@though_read_only
def seminar_deletion(request: SeminarRequest) -> HttpResponse:
    """Say what goes, and have it deleted after the waiting time."""
    return _deletion(request, request.seminar, back="seminar_whole")


@seminar_view(can_delete_seminar)
@require_POST
@though_read_only
def seminar_deletion_undo(request: SeminarRequest) -> HttpResponse:
    """Let the seminar be as it was before."""
    _take_back(request, request.seminar)
    return redirect("seminar_whole", request.seminar.slug)


@require_safe
@host_view(can_delete_any_seminar)
def host_seminars(request: Request) -> HttpResponse:
    """All seminars of the site, for its host: their names and how many are in them, no more."""
    context = {"seminars": Seminar.objects.for_host(), "days": settings.SEMINAR_DELETION_DAYS}
    return render(request, "lifecycle/host_seminars.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@host_view(can_delete_any_seminar)
def host_seminar_deletion(request: Request, slug: str) -> HttpResponse:
    """The same as instructors do, by the host."""
    return _deletion(request, get_object_or_404(Seminar, slug=slug), back="host_seminars")


@require_POST
@host_view(can_delete_any_seminar)
def host_seminar_deletion_undo(request: Request, slug: str) -> HttpResponse:
    """Take a deletion back, whoever asked for it."""
    _take_back(request, get_object_or_404(Seminar, slug=slug))
    return redirect("host_seminars")


def _deletion(request: Request, seminar: Seminar, *, back: str) -> HttpResponse:
    """The form, or where it leads: `back`, the page of all that can be done."""
    sent = request.POST if request.method == "POST" else None
    form = DeletionForm(sent, request=request, seminar=seminar)
    address = [seminar.slug] if back == "seminar_whole" else []
    if form.is_valid():
        ask_deletion(seminar=seminar, by=request.user)
        messages.success(request, _("The seminar is closed, and its members are told."))
        return redirect(back, *address)
    context = {"form": form, "whole": seminar, "back": back}
    context |= {"days": settings.SEMINAR_DELETION_DAYS}
    status = 422 if form.errors else 200
    return render(request, "lifecycle/seminar_deletion.html", context, status=status)


def _take_back(request: Request, seminar: Seminar) -> None:
    if take_back_deletion(seminar=seminar, by=request.user):
        messages.success(request, _("The seminar is not deleted: it is as it was before."))
