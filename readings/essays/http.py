"""Fetch-or-404 for views of the library."""

from django.shortcuts import get_object_or_404

from readings.models import Essay
from seminars.http import Request


def get_essay(request: Request, pk: int) -> Essay:
    """Return an essay of the library of who is asking."""
    return get_object_or_404(Essay.objects.in_library_of(request.user), pk=pk)
