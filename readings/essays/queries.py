"""Where an essay could be read: questions that cross the library and the seminars."""

from django.db.models import QuerySet

from accounts.models import User
from readings.models import Essay
from seminars.models import Seminar
from seminars.permissions import INSTRUCTING_ROLES, has_role


def seminars_without(essay: Essay, user: User) -> QuerySet[Seminar]:
    """Return the seminars that `user` instructs and that do not read this essay yet."""
    instructed = Seminar.objects.filter(has_role(user, INSTRUCTING_ROLES))
    return instructed.exclude(readings__essay=essay)
