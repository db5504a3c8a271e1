"""What is asked of seminars as such; each member's own are asked of memberships."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from seminars.models.seminars import Seminar  # noqa: F401 - named in a string


class SeminarQuerySet(models.QuerySet["Seminar"]):
    def for_host(self) -> Self:
        """By name, `.members` the number of those who are in each now."""
        current = Q(memberships__removed_at=None)
        members = models.Count("memberships", filter=current)
        return self.annotate(members=members).order_by("name", "pk")
