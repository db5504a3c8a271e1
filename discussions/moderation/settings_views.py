"""The settings of moderation, and the reasons that its decisions choose from."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import answered_once
from config.template_tags import quoted
from database.versions import Stale
from discussions.models import ModerationReason
from discussions.moderation import settings_actions as actions
from discussions.moderation.reasons import own_reasons_of, reason_choices
from discussions.moderation.settings_forms import ModerationForm, ReasonDetailForm, ReasonForm
from documents.whole_number import whole_number
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view(permissions.can_set_moderation)
@require_http_methods(["GET", "HEAD", "POST"])
def moderation_settings(request: SeminarRequest) -> HttpResponse:
    """Whose posts wait for staff, what hides and slows down by itself, what assistants may."""
    seminar = request.seminar
    form = ModerationForm(request.POST if request.method == "POST" else None, row=seminar)
    if form.is_valid():
        try:
            actions.set_moderation(seminar=seminar, **form.cleaned_data, by=request.membership)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("Moderation is set."))
            return redirect("moderation_settings", seminar.slug)
    context = {"form": form}
    return render(request, "discussions/moderation_settings.html", context, status=form.status)


@answered_once
@seminar_view(permissions.can_set_moderation)
@require_http_methods(["GET", "HEAD", "POST"])
def reason_list(request: SeminarRequest) -> HttpResponse:
    """The reasons of decisions; POST adds one."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reason = actions.add_reason(**form.cleaned_data, by=request.membership)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The reason “%s” is in the list.") % quoted(reason.name))
            return redirect("reason_list", request.seminar.slug)
    common = [name for _key, name in reason_choices(request.seminar)]
    context = {"form": form, "reasons": own_reasons_of(request.seminar), "common": common}
    status = 422 if form.errors else 200
    return render(request, "discussions/reason_list.html", context, status=status)


@seminar_view(permissions.can_set_moderation)
@require_POST
def own_reasons(request: SeminarRequest) -> HttpResponse:
    """Make the list that every seminar begins with the seminar's own, to be changed."""
    actions.begin_reasons(by=request.membership)
    return redirect("reason_list", request.seminar.slug)


@seminar_view(permissions.can_set_moderation)
@require_http_methods(["GET", "HEAD", "POST"])
def reason_detail(request: SeminarRequest, pk: int) -> HttpResponse:
    """Word a reason anew."""
    reason = get_reason(request, pk)
    form = ReasonDetailForm(request.POST if request.method == "POST" else None, row=reason)
    if form.is_valid():
        try:
            actions.change_reason(reason=reason, **form.cleaned_data, by=request.membership)
        except ValidationError as error:
            form.add_error(None, error)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("The reason is %s now.") % quoted(reason.name))
            return redirect("reason_list", request.seminar.slug)
    context = {"reason": reason, "form": form}
    return render(request, "discussions/reason_detail.html", context, status=form.status)


@seminar_view(permissions.can_set_moderation)
@require_POST
def reason_place(request: SeminarRequest, pk: int) -> HttpResponse:
    """Put a reason at another place in the list."""
    reason = get_reason(request, pk)
    place = whole_number(request.POST.get("place", ""), digits=4)
    if place is not None:
        actions.place_reason(reason=reason, place=place, by=request.membership)
    return redirect("reason_list", request.seminar.slug)


@answered_once
@seminar_view(permissions.can_set_moderation)
@require_http_methods(["GET", "HEAD", "POST"])
def reason_removal(request: SeminarRequest, pk: int) -> HttpResponse:
    """Take a reason from the list, after saying what stays."""
    reason = get_reason(request, pk)
    if request.method == "POST":
        actions.remove_reason(reason=reason, by=request.membership)
        messages.success(request, _("The reason “%s” is removed.") % quoted(reason.name))
        return redirect("reason_list", request.seminar.slug)
    return render(request, "discussions/reason_removal.html", {"reason": reason})


def get_reason(request: SeminarRequest, pk: int) -> ModerationReason:
    return get_object_or_404(ModerationReason, seminar=request.seminar, pk=pk)
