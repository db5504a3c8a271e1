"""Fetch-or-404 helpers for views of the library and below a reading."""

from django.shortcuts import get_object_or_404

from readings.models import Essay, Reading, Revision
from seminars.http import Request, SeminarRequest


def get_reading(request: SeminarRequest, slug: str) -> Reading:
    """Return the seminar's reading, if this member may open it; 404 otherwise."""
    readings = Reading.objects.visible_to(request.membership).select_related("essay", "revision")
    # The whole document as imported is large and no page of a reading needs it.
    reading = get_object_or_404(readings.defer("revision__document"), slug=slug)
    # The seminar is at hand already: do not ask the database for it again.
    reading.seminar = request.seminar
    return reading


def get_essay(request: Request, pk: int) -> Essay:
    """Return a published essay of the library of who is asking."""
    return get_object_or_404(Essay.objects.in_library_of(request.user).published(), pk=pk)


def get_import(request: Request, pk: int) -> Revision:
    """Return a file's revision for who imported it: a draft, or what it has become."""
    return get_object_or_404(Revision.objects.imported_by(request.user), pk=pk)


def get_import_state(request: Request, pk: int) -> Revision:
    """The same, to tell how the reading of the file stands."""
    return get_object_or_404(Revision.objects.imported_by(request.user).without_text(), pk=pk)
