"""Where an essay could be read: questions that cross the library and the seminars."""

from django.db.models import QuerySet

from accounts.models import User
from readings.models import Essay
from seminars.models import Role, Seminar


def seminars_without(essay: Essay, user: User) -> QuerySet[Seminar]:
    """Return the seminars that `user` instructs and that do not read this essay yet."""
    return Seminar.objects.filter(
        memberships__user=user, memberships__role=Role.INSTRUCTOR, memberships__removed_at=None
    ).exclude(readings__essay=essay)
