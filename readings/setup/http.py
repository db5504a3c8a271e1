"""Fetch-or-404 for who sets readings up."""

from django.shortcuts import get_object_or_404

from readings.models import Extension, Reading
from seminars.http import SeminarRequest


def get_reading_to_remove(request: SeminarRequest, slug: str) -> Reading:
    """Return a reading of the seminar, one that was taken away too."""
    readings = Reading.objects.filter(seminar=request.seminar).select_related("essay")
    found = get_object_or_404(readings, slug=slug)
    found.seminar = request.seminar
    return found


def get_extension(request: SeminarRequest, reading: Reading, pk: int) -> Extension:
    """Return what somebody was given in this reading, though it was taken back; 404 otherwise."""
    given = Extension.objects.for_settings().filter(reading=reading, seminar=request.seminar)
    extension = get_object_or_404(given, pk=pk)
    extension.reading = reading
    return extension
