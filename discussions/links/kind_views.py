"""The kinds of link, in a seminar's settings."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import answered_once
from config.template_tags import quoted
from database.versions import Stale
from discussions.links import kind_actions as actions
from discussions.links.kind_forms import LinkKindDetailForm, LinkKindForm
from discussions.links.kinds import link_kinds
from discussions.models import LinkKind, Thread
from documents.whole_number import whole_number
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@answered_once
@seminar_view(permissions.can_edit_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
def link_kind_list(request: SeminarRequest) -> HttpResponse:
    """The kinds that a link may be; POST adds one."""
    form = LinkKindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            kind = actions.add_link_kind(**form.cleaned_data, by=request.membership)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The kind “%s” is in the list.") % quoted(kind.name))
            return redirect("link_kind_list", request.seminar.slug)
    kinds = link_kinds(request.seminar)
    use = Thread.objects.visible_to(request.membership).use_of_link_kinds()
    context = {"form": form, "kinds": [(kind, use.get(kind.pk, 0)) for kind in kinds]}
    status = 422 if form.errors else 200
    return render(request, "discussions/link_kind_list.html", context, status=status)


@seminar_view(permissions.can_edit_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
def link_kind_detail(request: SeminarRequest, pk: int) -> HttpResponse:
    """Word a kind anew."""
    kind = get_link_kind(request, pk)
    form = LinkKindDetailForm(request.POST if request.method == "POST" else None, row=kind)
    if form.is_valid():
        try:
            actions.change_link_kind(kind=kind, **form.cleaned_data, by=request.membership)
        except ValidationError as error:
            form.add_error(None, error)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("The kind is “%s” now.") % quoted(kind.name))
            return redirect("link_kind_list", request.seminar.slug)
    context = {"kind": kind, "form": form}
    return render(request, "discussions/link_kind_detail.html", context, status=form.status)


@seminar_view(permissions.can_edit_seminar)
@require_POST
def link_kind_place(request: SeminarRequest, pk: int) -> HttpResponse:
    """Put a kind at another place in the list."""
    kind = get_link_kind(request, pk)
    place = whole_number(request.POST.get("place", ""), digits=4)
    if place is not None:
        actions.place_link_kind(kind=kind, place=place, by=request.membership)
    return redirect("link_kind_list", request.seminar.slug)


@answered_once
@seminar_view(permissions.can_edit_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
def link_kind_removal(request: SeminarRequest, pk: int) -> HttpResponse:
    """Offer a kind no more, after saying what stays."""
    kind = get_link_kind(request, pk)
    said = ""
    if request.method == "POST":
        try:
            actions.remove_link_kind(kind=kind, by=request.membership)
        except ValidationError as error:
            said = str(error.message)
        else:
            messages.success(request, _("The kind “%s” is removed.") % quoted(kind.name))
            return redirect("link_kind_list", request.seminar.slug)
    context = {"kind": kind, "said": said}
    status = 422 if said else 200
    return render(request, "discussions/link_kind_removal.html", context, status=status)


@answered_once
@seminar_view(permissions.can_edit_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
def default_link_kinds(request: SeminarRequest) -> HttpResponse:
    """Go back to the kinds that every seminar begins with, after saying what goes."""
    if request.method == "POST":
        actions.restore_link_kinds(by=request.membership)
        messages.success(request, _("The list is the one that every seminar begins with."))
        return redirect("link_kind_list", request.seminar.slug)
    own = [one for one in link_kinds(request.seminar) if not one.code]
    return render(request, "discussions/default_link_kinds.html", {"own": own})


def get_link_kind(request: SeminarRequest, pk: int) -> LinkKind:
    return get_object_or_404(LinkKind.objects.offered_in(request.seminar), pk=pk)
