"""Weeks or units: the parts of a seminar's reading, in an order of the instructor's."""

from django.db import models

from database.versions import Versioned
from seminars.models import Seminar


class Unit(Versioned):
    """A week, a session, a theme: some readings that belong together.

    A seminar has one row of units; a reading is in one of them, or in none.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="units")
    name = models.CharField(max_length=120)
    starts_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["seminar_id", "position", "pk"]

    def __str__(self) -> str:
        return self.name
