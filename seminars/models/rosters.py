"""A list of people that an instructor is about to invite."""

from django.db import models

from database.versions import Versioned
from seminars.models.seminars import Membership, Seminar

# A lecture. More at once would be more mails than a provider takes from a small server.
MAX_ROSTER_ROWS = 500
MAX_ROSTER_LETTERS = 100_000  # two hundred a row


class Roster(Versioned):
    """A list of names, addresses and groups, until what it asks for is done, or it is let go.

    It holds addresses of people who are no members yet: whoever brought it alone sees it.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="rosters")
    created_by = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    source_name = models.CharField(max_length=200, blank=True, help_text="Of the file, if any.")
    text = models.TextField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.source_name or f"Roster of {self.created_at:%Y-%m-%d}"
