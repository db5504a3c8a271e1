"""Fetch-or-404 for views of the library."""

from django.shortcuts import get_object_or_404

from readings.models import Essay
from seminars.http import Request


def get_essay(request: Request, pk: int) -> Essay:
    """Return an essay of the library of who is asking."""
    return get_object_or_404(Essay.objects.in_library_of(request.user), pk=pk)


def get_essay_to_remove(request: Request, pk: int) -> Essay:
    """The same, and also one that they have taken out of it."""
    # In this order, or one that is taken out between the two would be in neither.
    essay = Essay.objects.in_library_of(request.user).filter(pk=pk).first()
    return essay or get_object_or_404(Essay.objects.removed_of(request.user), pk=pk)
