"""Fetch-or-404 for views below a reading."""

import functools
from typing import cast

from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _

from config.refusals import TakenAway
from database.prepared import Parameter, PreparedQuery
from readings.models import Essay, Reading
from seminars import permissions
from seminars.any_member import AnyMember
from seminars.http import SeminarRequest
from seminars.models import Membership

_ESSAY = PreparedQuery(
    lambda: Essay._base_manager.filter(pk=Parameter("essay", models.BigIntegerField()))
)


@functools.cache
def _reading_for(viewer: AnyMember, *, or_general: bool) -> PreparedQuery[Reading]:
    """Find a reading by its slug, if whoever is like `viewer` may open it now."""
    slug = Parameter("slug", models.SlugField())

    def make() -> "models.QuerySet[Reading]":
        readings = Reading.including_general if or_general else Reading.objects
        visible = readings.visible_to(cast("Membership", viewer))
        return visible.select_related("essay", "revision").filter(slug=slug)

    return PreparedQuery(make)


def essay_of(reading: Reading) -> Essay:
    """Return the essay of a reading that was found without it, and leave it there."""
    if not Reading.essay.is_cached(reading):
        found = _ESSAY.first(essay=reading.essay_id)
        if found is not None:
            reading.essay = found
    return reading.essay


def no_reading(user_id: int, seminar: str, slug: str) -> Http404:
    """Say that there is no such reading; to whoever had it open, that it was taken away."""
    removed = Reading.objects.exclude(removed_at=None).select_related("seminar")
    reading = removed.filter(seminar__slug=seminar, slug=slug).first()
    if reading is not None:
        members = Membership.objects.current().filter(user=user_id, seminar=reading.seminar)
        reading.removed_at = None  # as it was
        if any(permissions.can_open_reading(member, reading) for member in members):
            said = _("This reading was taken away from the seminar. An instructor can put it back.")
            return TakenAway(said, reading.seminar.get_absolute_url())
    return Http404(_("There is no such reading, or it is not open to you."))


def get_reading(request: SeminarRequest, slug: str) -> Reading:
    """Return the seminar's reading of an essay, if this member may open it; 404 otherwise."""
    return _get_reading(request, slug, or_general=False)


def get_reading_or_general(request: SeminarRequest, slug: str) -> Reading:
    """The same, where its talk is meant: the general discussion, too."""
    return _get_reading(request, slug, or_general=True)


def _get_reading(request: SeminarRequest, slug: str, *, or_general: bool) -> Reading:
    kind = AnyMember.like(request.membership)
    keys = kind.keys_of(request.membership)
    found = _reading_for(kind, or_general=or_general)
    reading = found.first(slug=slug, **keys)
    if reading is None:
        raise no_reading(request.membership.user_id, request.seminar.slug, slug)
    # The seminar is at hand already: do not ask the database for it again.
    reading.seminar = request.seminar
    return reading
