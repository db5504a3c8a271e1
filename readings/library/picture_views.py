"""The pictures of a draft, for its preview."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from readings.http import get_import
from readings.picture_files import picture_response
from seminars.access import library_view
from seminars.http import Request


@library_view
@require_GET
def import_picture(request: Request, pk: int, name: str) -> HttpResponse:
    """Send a picture of an imported file to who imported it."""
    return picture_response(get_import(request, pk), name)
