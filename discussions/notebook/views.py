"""My notebook: of one seminar, or of all; as a file; and what a member has written."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from discussions.notebook.files import FORMS, NotebookFile, columns, form_names, notebook_file_of
from discussions.notebook.filters import NotebookFilter
from discussions.notebook.pages import build_page
from discussions.notebook.sources import NotebookSource
from discussions.threads import removed_context
from documents.whole_number import whole_number
from seminars import permissions
from seminars.access import seminar_view, signed_in
from seminars.http import Request, SeminarRequest
from seminars.models import Membership


@seminar_view()
@require_safe
def notebook(request: SeminarRequest) -> HttpResponse:
    """All that one has marked and written in the seminar, in the order of the texts."""
    context = notebook_context(request, NotebookSource([request.membership]))
    context["files"] = files_at("notebook_file", request.seminar.slug)
    return render(request, "discussions/notebook.html", context)


@seminar_view()
@require_GET
def notebook_file(request: SeminarRequest, form: str) -> StreamingHttpResponse:
    """The same, as far as the filters let it through, as a file."""
    return file_response(request, NotebookSource([request.membership]), form)


@signed_in
@require_safe
def all_notebooks(request: Request) -> HttpResponse:
    """The notebooks of all one's seminars as one."""
    context = notebook_context(request, own_source(request))
    context["files"] = files_at("all_notebooks_file")
    return render(request, "discussions/all_notebooks.html", context)


@signed_in
@require_GET
def all_notebooks_file(request: Request, form: str) -> StreamingHttpResponse:
    """The same as a file."""
    return file_response(request, own_source(request), form)


@seminar_view(permissions.can_see_people)
@require_safe
def member_words(request: SeminarRequest, pk: int) -> HttpResponse:
    """What a member has written, as far as who asks may read it and know whose it is."""
    people = request.seminar.memberships.select_related("user", "group")
    member = get_object_or_404(people, pk=pk)
    source = NotebookSource([request.membership], author=member)
    context = notebook_context(request, source) | {"member": member}
    context["can_mute"] = permissions.can_mute(request.membership, member)
    context["can_mute_for_self"] = permissions.can_mute_for_self(request.membership, member)
    context["is_muted"] = member.pk in request.membership.muted_ids
    return render(request, "discussions/member_words.html", context)


def own_source(request: Request) -> NotebookSource:
    """One's own words in all the seminars that one is in now."""
    mine = Membership.objects.reaching().filter(user=request.user)
    return NotebookSource(list(mine.select_related("seminar", "user", "group")))


def notebook_context(request: Request, source: NotebookSource) -> dict[str, Any]:
    """What _notebook.html shows."""
    page = build_page(
        source,
        NotebookFilter.asked(request.GET),
        after=request.GET.get("after", ""),
        at=whole_number(request.GET.get("at", "")) or 0,
    )
    context: dict[str, Any] = {"page": page, "columns": columns()}
    removed = source.find_removed(whole_number(request.GET.get("removed", "")))
    if removed is not None:
        context |= removed_context(removed, source.viewer_in[removed.seminar_id])
    return context


def files_at(name: str, *args: str) -> list[tuple[str, str]]:
    """The files that a notebook can be taken away as: what each is called, and its address."""
    return [(form, reverse(name, args=[*args, key])) for key, form in form_names().items()]


def file_response(request: Request, source: NotebookSource, form: str) -> StreamingHttpResponse:
    """Answer with a file that a browser saves, written as it is sent."""
    if form not in FORMS:
        raise Http404(_("Notebooks cannot be taken away in this form."))
    asked = NotebookFilter.asked(request.GET)
    file: NotebookFile = notebook_file_of(source, asked, form, absolute=request.build_absolute_uri)
    response = StreamingHttpResponse(file.pieces, content_type=file.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or ""
    return response
