"""How the texts of two revisions lie upon each other, worked out once."""

from django.db import models

from readings.models.essays import Revision


class RevisionAlignment(models.Model):
    """Which block of one revision became which of another, as anchoring.align found it.

    To find it takes seconds on a long text, and neither text ever changes. `data` is
    anchoring.Alignment as JSON; what another `algorithm` has found is worked out anew.
    """

    from_revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    to_revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    algorithm = models.PositiveSmallIntegerField()
    data = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_revision", "to_revision"], name="revision_alignment_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_revision} → {self.to_revision}"
