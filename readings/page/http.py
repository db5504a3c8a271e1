"""Fetch-or-404 for views below a reading."""

from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _

from database.prepared import Parameter, PreparedQuery
from readings.models import Essay, Reading
from seminars import permissions
from seminars.http import SeminarRequest

_READING = PreparedQuery(
    lambda: Reading.objects.select_related("essay", "revision").filter(
        seminar=Parameter("seminar", models.BigIntegerField()),
        slug=Parameter("slug", models.SlugField()),
    )
)
_ESSAY = PreparedQuery(
    lambda: Essay.objects.filter(pk=Parameter("essay", models.BigIntegerField()))
)


def essay_of(reading: Reading) -> Essay:
    """Return the essay of a reading that was found without it, and leave it there."""
    if not Reading.essay.is_cached(reading):
        found = _ESSAY.first(essay=reading.essay_id)
        if found is not None:
            reading.essay = found
    return reading.essay


def get_reading(request: SeminarRequest, slug: str) -> Reading:
    """Return the seminar's reading, if this member may open it; 404 otherwise."""
    reading = _READING.first(seminar=request.seminar.pk, slug=slug)
    if reading is None or not permissions.can_open_reading(request.membership, reading):
        raise Http404(_("No such reading, or not open to you."))
    # The seminar is at hand already: do not ask the database for it again.
    reading.seminar = request.seminar
    return reading
