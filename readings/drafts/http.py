"""Fetch-or-404 for views of drafts."""

from django.shortcuts import get_object_or_404

from readings.models import Draft
from seminars.http import Request


def get_import(request: Request, pk: int) -> Draft:
    """Return a draft for who brought its file in, also where it is published by now."""
    return get_object_or_404(Draft.objects.imported_by(request.user), pk=pk)


def get_import_state(request: Request, pk: int) -> Draft:
    """The same, to tell how the reading of the file stands."""
    return get_object_or_404(Draft.objects.imported_by(request.user).without_text(), pk=pk)
