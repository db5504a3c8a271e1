"""Fetch-or-404 for views of drafts."""

from django.shortcuts import get_object_or_404

from readings.models import Revision
from seminars.http import Request


def get_import(request: Request, pk: int) -> Revision:
    """Return a file's revision for who imported it: a draft, or what it has become."""
    return get_object_or_404(Revision.objects.imported_by(request.user), pk=pk)


def get_import_state(request: Request, pk: int) -> Revision:
    """The same, to tell how the reading of the file stands."""
    return get_object_or_404(Revision.objects.imported_by(request.user).without_text(), pk=pk)
