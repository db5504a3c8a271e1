"""Starting a seminar, and its settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.idempotency import answered_once
from database.versions import Stale
from seminars import actions, permissions
from seminars.access import library_view, seminar_view
from seminars.forms import SeminarForm, SeminarSettingsForm
from seminars.http import Request, SeminarRequest


@answered_once
@library_view
@require_http_methods(["GET", "HEAD", "POST"])
def seminar_create(request: Request) -> HttpResponse:
    """Start a seminar; who starts it instructs it."""
    form = SeminarForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "seminars/seminar_create.html", {"form": form})
    if not form.is_valid():
        return render(request, "seminars/seminar_create.html", {"form": form}, status=422)
    seminar = actions.create_seminar(**form.cleaned_data, by=request.user)
    messages.success(
        request, _("The seminar has been created. Invite people, and put an essay before them.")
    )
    return redirect(seminar)


@seminar_view(permissions.can_instruct)
@require_http_methods(["GET", "HEAD", "POST"])
def seminar_settings(request: SeminarRequest) -> HttpResponse:
    """The seminar's name and description, its rules, and for whom threads are."""
    seminar = request.seminar
    data = request.POST if request.method == "POST" else None
    form = SeminarSettingsForm(data, row=seminar)
    if form.is_valid():
        try:
            actions.update_seminar(seminar=seminar, **form.cleaned_data, by=request.membership)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("seminar_settings", seminar.slug)
    context = {"form": form}
    return render(request, "seminars/seminar_settings.html", context, status=form.status)
