"""Announcements: listed, written, edited, withdrawn, put aside."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.idempotency import form_key
from config.template_tags import quoted
from database.versions import Stale
from rendering.markdown import as_html
from seminars import permissions
from seminars.access import seminar_view
from seminars.announcements import actions
from seminars.announcements.forms import AnnouncementForm, AnnouncementTextForm
from seminars.http import SeminarRequest
from seminars.models import Announcement
from seminars.read_only import though_read_only

# Those of a long term; older ones are by their own addresses.
LISTED = 100


@seminar_view()
@require_safe
def announcement_list(request: SeminarRequest) -> HttpResponse:
    """All that stand, the newest first; for who may put them back, the withdrawn ones too."""
    shown = Announcement.objects.visible_to(request.membership).for_page()[:LISTED]
    context: dict[str, Any] = {"announcements": shown}
    if permissions.can_announce(request.membership):
        gone = request.seminar.announcements.exclude(withdrawn_at=None).for_page()[:LISTED]
        context["withdrawn"] = gone
    return render(request, "seminars/announcement_list.html", context)


@seminar_view(permissions.can_announce)
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_create(request: SeminarRequest) -> HttpResponse:
    """Tell everybody in the seminar; `preview` shows it first."""
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    previewed = "preview" in request.POST
    if form.is_valid() and not previewed:
        made = actions.publish_announcement(
            **form.cleaned_data, by=request.membership, client_key=form_key(request)
        )
        made.seminar = request.seminar
        return _onwards(request, made)
    context = {"form": form, "action": request.path}
    return _form_page(request, "announcement_create", context, previewed=previewed)


@seminar_view()
@require_safe
def announcement_detail(request: SeminarRequest, pk: int) -> HttpResponse:
    """One announcement: what mail and news lead to."""
    announcement = get_announcement(request, pk)
    may_change = permissions.can_change_announcement(request.membership, announcement)
    unread = announcement.is_unread_by(request.membership)
    context = {"announcement": announcement, "may_change": may_change, "unread": unread}
    return render(request, "seminars/announcement_detail.html", context)


@seminar_view(permissions.can_announce)
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_text(request: SeminarRequest, pk: int) -> HttpResponse:
    """Put right what was announced."""
    found = get_announcement_to_change(request, pk)
    form = AnnouncementTextForm(request.POST if request.method == "POST" else None, row=found)
    previewed = "preview" in request.POST
    if form.is_valid() and not previewed:
        try:
            actions.edit_announcement(
                announcement=found, **form.cleaned_data, by=request.membership
            )
        except Stale as stale:
            form.show_current(stale.current)
        else:
            return _onwards(request, found)
    context = {"form": form, "announcement": found, "action": request.path}
    return _form_page(request, "announcement_text", context, previewed=previewed)


@seminar_view(permissions.can_announce)
@require_POST
def announcement_withdrawal(request: SeminarRequest, pk: int) -> HttpResponse:
    """Take an announcement back; `undo=1` puts it where it was."""
    found = get_announcement_to_change(request, pk)
    if request.POST.get("undo") == "1":
        actions.republish_announcement(announcement=found, by=request.membership)
        messages.success(request, _("“%s” stands again.") % quoted(found.title))
        return redirect(found)
    actions.withdraw_announcement(announcement=found, by=request.membership)
    said = _("“{title}” is withdrawn: members do not see it any more. You can put it back below.")
    messages.success(request, format_html(said, title=quoted(found.title)))
    return redirect("announcement_list", request.seminar.slug)


@seminar_view()
@require_POST
@though_read_only
def announcement_receipt(request: SeminarRequest, pk: int) -> HttpResponse:
    """Put an announcement aside: it is read."""
    actions.put_aside(announcement=get_announcement(request, pk), by=request.membership)
    return redirect(request.seminar)


def get_announcement(request: SeminarRequest, pk: int) -> Announcement:
    """One that this member sees; or a withdrawn one that they may put back."""
    rows = request.seminar.announcements.for_page()
    found = get_object_or_404(rows, pk=pk)
    if found.withdrawn_at and not permissions.can_change_announcement(request.membership, found):
        return get_object_or_404(rows.none())
    found.seminar = request.seminar
    return found


def get_announcement_to_change(request: SeminarRequest, pk: int) -> Announcement:
    found = get_object_or_404(request.seminar.announcements.for_page(), pk=pk)
    if not permissions.can_change_announcement(request.membership, found):
        raise PermissionDenied(_("Whoever announced it changes it, or an instructor."))
    found.seminar = request.seminar
    return found


def _onwards(request: SeminarRequest, announcement: Announcement) -> HttpResponse:
    url = announcement.get_absolute_url()
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _form_page(
    request: SeminarRequest, name: str, context: dict[str, Any], *, previewed: bool
) -> HttpResponse:
    """The form again, whole or for htmx, and the words as they will stand where that was asked."""
    form = context["form"]
    body = form.cleaned_data.get("body", "") if previewed else ""
    status = getattr(form, "status", 422 if form.errors else 200)
    if body:
        status = 200  # a title can come later
    # Sanitised by the renderer.
    context["preview"] = SafeString(as_html(body)) if body else ""
    context["back"] = reverse("announcement_list", args=[request.seminar.slug])
    if request.htmx:
        part = "_announcement_preview" if previewed else "_announcement_form"
        return render(request, f"seminars/{part}.html", context, status=status)
    return render(request, f"seminars/{name}.html", context, status=status)
