"""The library: my essays, and what is known of each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.idempotency import answered_once
from config.template_tags import quoted
from documents.writers import FORMATS
from readings.essays import actions
from readings.essays.files import EssayFile, essay_file_of
from readings.essays.forms import SharingForm
from readings.essays.http import get_essay, get_essay_to_remove
from readings.essays.queries import removal_effect, seminars_without
from readings.models import Draft, Essay, Reading, Revision
from seminars import permissions
from seminars.access import library_view
from seminars.http import Request


@library_view
@require_GET
def library(request: Request) -> HttpResponse:
    """List my essays with where they are read, and the imports that are not published yet."""
    context = {
        "essays": Essay.objects.for_library_page(request.user),
        "removed": Essay.objects.removed_of(request.user),
        "drafts": Draft.objects.unpublished_of(request.user).for_library_page(),
    }
    return render(request, "readings/library.html", context)


@library_view
@require_GET
def essay_detail(request: Request, pk: int) -> HttpResponse:
    """Tell what is known about an essay, and where I have put it before a seminar."""
    return _show_essay(request, get_essay(request, pk))


def _show_essay(
    request: Request, essay: Essay, *, sharing: SharingForm | None = None, status: int = 200
) -> HttpResponse:
    can_share = permissions.can_share_essay(request.user, essay)
    context = {
        "essay": essay,
        "can_change": permissions.can_change_essay(request.user, essay),
        "can_share": can_share,
        "can_remove": permissions.can_remove_essay(request.user, essay),
        "editors": essay.editors.order_by("name", "pk"),
        "sharing": sharing or (SharingForm(essay=essay) if can_share else None),
        "revisions": Revision.objects.of_essay(essay),
        "newest": Revision.objects.newest_of(essay.pk),
        "readings": Reading.objects.of_essay(essay, request.user),
        "seminars": seminars_without(essay, request.user),
    }
    return render(request, "readings/essay_detail.html", context, status=status)


@answered_once
@library_view
@require_POST
def essay_editors(request: Request, pk: int) -> HttpResponse:
    """Share the essay with somebody; answers 422 with the page where that cannot be."""
    essay = _own_essay(request, pk)
    form = SharingForm(request.POST, essay=essay)
    if not form.is_valid():
        return _show_essay(request, essay, sharing=form, status=422)
    editor = form.cleaned_data["editor"]
    actions.share_essay(essay=essay, editor=editor, by=request.user)
    messages.success(request, _("%s may change this essay now.") % editor)
    return redirect("essay_detail", pk)


@library_view
@require_POST
def essay_editor_removal(request: Request, pk: int, user: int) -> HttpResponse:
    """End sharing the essay with somebody."""
    actions.end_sharing(essay=_own_essay(request, pk), editor_id=user, by=request.user)
    messages.success(request, _("The essay is not shared with them any more."))
    return redirect("essay_detail", pk)


def _own_essay(request: Request, pk: int) -> Essay:
    essay = get_essay(request, pk)
    if not permissions.can_share_essay(request.user, essay):
        raise PermissionDenied(_("Only whose essay it is says who may change it."))
    return essay


@library_view
@require_http_methods(["GET", "POST"])
def essay_removal(request: Request, pk: int) -> HttpResponse:
    """Say what taking the essay out of the library means, and do it; `undo=1` puts it back."""
    essay = get_essay_to_remove(request, pk)
    if not permissions.can_remove_essay(request.user, essay):
        raise PermissionDenied(_("Only whose essay it is takes it out of the library."))
    if request.method == "GET":
        context = {"essay": essay, "effect": removal_effect(essay, request.user)}
        return render(request, "readings/essay_removal.html", context)
    if request.POST.get("undo") == "1":
        actions.restore_essay(essay=essay, by=request.user)
        messages.success(request, _("“%s” is in your library again.") % quoted(essay))
        return redirect("essay_detail", pk)
    actions.remove_essay(essay=essay, by=request.user)
    messages.success(request, _("“%s” is out of your library.") % quoted(essay))
    return redirect("library")


@library_view
@require_GET
def essay_file(request: Request, pk: int, form: str) -> HttpResponse:
    """Send the essay as Markdown, a web page, an EPUB or plain text."""
    essay = get_essay(request, pk)
    if form not in FORMATS:
        raise Http404(_("Essays cannot be taken away in this form."))
    return attachment(essay_file_of(essay, form))


def attachment(file: EssayFile) -> HttpResponse:
    """Answer with a file that a browser saves and does not show.

    The middleware says of all that members see that no cache keeps it and no type is guessed.
    """
    response = HttpResponse(file.data, content_type=file.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or ""
    return response
