"""Starting a seminar, and its settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from seminars import actions, permissions
from seminars.access import library_view, seminar_view
from seminars.forms import SeminarForm
from seminars.http import Request, SeminarRequest


@library_view
@require_http_methods(["GET", "HEAD", "POST"])
def seminar_create(request: Request) -> HttpResponse:
    """Start a seminar; who starts it instructs it."""
    form = SeminarForm(request.POST or None)
    if request.method != "POST":
        return render(request, "seminars/seminar_create.html", {"form": form})
    if not form.is_valid():
        return render(request, "seminars/seminar_create.html", {"form": form}, status=422)
    seminar = actions.create_seminar(**form.cleaned_data, by=request.user)
    messages.success(
        request, _("The seminar is there. Invite people, and put an essay before them.")
    )
    return redirect(seminar)


@seminar_view(permissions.can_edit_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
def seminar_settings(request: SeminarRequest) -> HttpResponse:
    """The seminar's name and description."""
    seminar = request.seminar
    initial = {"name": seminar.name, "description": seminar.description}
    form = SeminarForm(request.POST or None, initial=initial)
    if request.method != "POST":
        return render(request, "seminars/seminar_settings.html", {"form": form})
    if not form.is_valid():
        return render(request, "seminars/seminar_settings.html", {"form": form}, status=422)
    actions.update_seminar(seminar=seminar, **form.cleaned_data, by=request.membership)
    messages.success(request, _("Name and description are saved."))
    return redirect("seminar_settings", seminar.slug)
