"""The pictures of the essay that is read."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from readings.http import get_reading
from readings.picture_files import picture_response
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view()
@require_GET
def reading_picture(request: SeminarRequest, reading: str, name: str) -> HttpResponse:
    """Send a picture of the revision that is read to who may open the reading."""
    return picture_response(get_reading(request, reading).revision, name)
