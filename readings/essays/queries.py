"""Where an essay could be read: questions that cross the library and the seminars."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from readings.models import Draft, Essay, Reading
from seminars.models import Membership, Seminar
from seminars.permissions import INSTRUCTING_ROLES, has_role


def possible_editors(essay: Essay) -> QuerySet[User]:
    """Return the people with whom the owner of `essay` can share it, by name.

    Those who instruct a seminar with the owner, or one that reads the essay: to share by
    address would tell who has an account here.
    """
    instructing = Membership.objects.current().with_role(*INSTRUCTING_ROLES)
    owners = instructing.filter(user=essay.created_by_id).order_by().values("seminar")
    near = Q(seminar__in=owners) | Q(seminar__readings__essay=essay)
    people = instructing.filter(near).order_by().values("user")
    known = User.objects.filter(pk__in=people, is_active=True)
    gone = [essay.created_by_id, *essay.editor_ids]
    return known.exclude(pk__in=gone).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class RemovalEffect:
    """What stays where the essay goes out of the library; of others' seminars, the number alone."""

    readings: Sequence[Reading]  # those that the viewer instructs
    other_readings: int
    drafts: int


def removal_effect(essay: Essay, user: User) -> RemovalEffect:
    readings = list(Reading.objects.of_essay(essay, user))
    everywhere = Reading.objects.filter(essay=essay, removed_at=None).count()
    drafts = Draft.objects.for_essay(essay).filter(revision=None).count()
    return RemovalEffect(readings, everywhere - len(readings), drafts)


def seminars_without(essay: Essay, user: User) -> QuerySet[Seminar]:
    """Return the seminars that `user` instructs and that do not read this essay yet."""
    open_ones = Seminar.objects.filter(archived_at=None, deleted_from=None)
    instructed = open_ones.filter(has_role(user, INSTRUCTING_ROLES))
    return instructed.exclude(readings__essay=essay)
