"""The pictures of an essay: a draft's, until the draft is published."""

from django.db import models
from django.db.models import Q

from readings.models.drafts import Draft
from readings.models.essays import Revision


class Picture(models.Model):
    """A picture of a draft or a revision; the HTML of its blocks names it as `picture:<name>`."""

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="pictures")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="pictures")
    name = models.CharField(max_length=40)
    file = models.FileField(upload_to="pictures/%Y/%m/")
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "name"], name="picture_name_unique"),
            models.UniqueConstraint(fields=["draft", "name"], name="draft_picture_name_unique"),
            models.CheckConstraint(
                condition=Q(draft=None, revision__isnull=False)
                | Q(draft__isnull=False, revision=None),
                name="picture_of_draft_or_revision",
            ),
        ]

    def __str__(self) -> str:
        return self.name
