"""Fetch-or-404 for views below a reading."""

from django.shortcuts import get_object_or_404

from readings.models import Reading
from seminars.http import SeminarRequest


def get_reading(request: SeminarRequest, slug: str) -> Reading:
    """Return the seminar's reading, if this member may open it; 404 otherwise."""
    readings = Reading.objects.visible_to(request.membership).select_related("essay", "revision")
    reading = get_object_or_404(readings, slug=slug)
    # The seminar is at hand already: do not ask the database for it again.
    reading.seminar = request.seminar
    return reading
