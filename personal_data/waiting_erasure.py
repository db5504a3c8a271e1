"""Whether somebody is about to be erased, and what they must see to before."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from personal_data.models import Erasure
from seminars import permissions
from seminars.models import Membership, Seminar


def waiting_erasure(user: User) -> Erasure | None:
    """Return what they have asked for and may still take back."""
    return Erasure.objects.waiting().filter(user=user).first()


def page_of_waiting_erasure(user: User) -> str | None:
    """Return where they take it back, for whoever signs in meanwhile."""
    return reverse("erasure") if waiting_erasure(user) else None


def seminars_to_hand_over(user: User) -> Sequence[Seminar]:
    """Return the seminars whose only instructor they are, by name."""
    instructors = Membership.objects.current().with_role(*permissions.INSTRUCTING_ROLES)
    others = instructors.filter(seminar=OuterRef("seminar")).exclude(user=user)
    alone = instructors.filter(~Exists(others), user=user)
    return list(Seminar.objects.filter(pk__in=alone.values("seminar")))
