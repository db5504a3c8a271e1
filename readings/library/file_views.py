"""An essay taken away as a file."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from readings.exporting import FORMATS
from readings.http import get_essay
from readings.library.essay_files import EssayFile, essay_file_of
from seminars.access import library_view
from seminars.http import Request


@library_view
@require_GET
def essay_file(request: Request, pk: int, form: str) -> HttpResponse:
    """Send the essay as Markdown, a web page, an EPUB or plain text."""
    essay = get_essay(request, pk)
    if form not in FORMATS:
        raise Http404("Essays cannot be taken away in this form.")
    return attachment(essay_file_of(essay, form))


def attachment(file: EssayFile) -> HttpResponse:
    """Answer with a file that a browser saves and does not show.

    The middleware says of all that members see that no cache keeps it and no type is guessed.
    """
    response = HttpResponse(file.data, content_type=file.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or ""
    return response
