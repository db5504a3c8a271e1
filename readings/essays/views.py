"""The library: my essays, and what is known of each."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents.writers import FORMATS
from readings.essays.files import EssayFile, essay_file_of
from readings.essays.http import get_essay
from readings.essays.queries import seminars_without
from readings.models import Draft, Essay, Reading, Revision
from seminars.access import library_view
from seminars.http import Request


@library_view
@require_GET
def library(request: Request) -> HttpResponse:
    """List my essays with where they are read, and the imports that are not published yet."""
    context = {
        "essays": Essay.objects.for_library_page(request.user),
        "drafts": Draft.objects.unpublished_of(request.user).for_library_page(),
    }
    return render(request, "readings/library.html", context)


@library_view
@require_GET
def essay_detail(request: Request, pk: int) -> HttpResponse:
    """Tell what is known about an essay, and where I have put it before a seminar."""
    essay = get_essay(request, pk)
    context = {
        "essay": essay,
        "revisions": Revision.objects.of_essay(essay),
        "newest": Revision.objects.newest_of(essay.pk),
        "readings": Reading.objects.of_essay(essay, request.user),
        "seminars": seminars_without(essay, request.user),
    }
    return render(request, "readings/essay_detail.html", context)


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
