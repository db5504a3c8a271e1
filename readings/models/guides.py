"""What an instructor adds to a reading: the guide as a file, and its items on the text."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from database.full_text import TermsField, WithoutTerms
from database.versions import Versioned
from readings.models.passages import Passage
from readings.models.readings import Reading
from seminars.models import Membership, Seminar


class Guide(Versioned):
    """The guide of a reading, as it was applied last."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.OneToOneField(Reading, models.CASCADE, related_name="guide")
    title = models.CharField(max_length=300)
    # The file as it was applied, to be taken away, edited and applied again.
    source = models.TextField()
    # What of it found no place: a list of {"line", "heading", "reason"}.
    unplaced = models.JSONField(default=list)
    applied_at = models.DateTimeField(default=timezone.now)
    applied_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class GuideItemKind(models.TextChoices):
    NOTE = "note", _("Note")
    CONTEXT = "context", _("Context")
    TERM = "term", _("Term")
    PERSON = "person", _("Person")
    TRANSLATION = "translation", _("Translation")
    PROMPT = "prompt", _("Prompt")
    CHECKPOINT = "checkpoint", _("Checkpoint")


NOTE_KINDS = (
    GuideItemKind.NOTE,
    GuideItemKind.CONTEXT,
    GuideItemKind.TERM,
    GuideItemKind.PERSON,
    GuideItemKind.TRANSLATION,
)


class GuideItemQuerySet(WithoutTerms["GuideItem"]):
    def of(self, reading: Reading) -> Self:
        """The items that are on the text now, in the order of the guide."""
        return self.filter(guide__reading=reading, removed_at=None)

    def notes_of(self, reading: Reading) -> Self:
        return self.of(reading).filter(kind__in=NOTE_KINDS)


class GuideItem(models.Model):
    """One note, prompt or checkpoint of a guide, at its place in the text.

    It is the same row when the guide is applied again, so that what members did
    with it stays with it: readings.guides.identity says when it is the same. One
    that was taken off is kept, with `removed_at`, where something hangs on it.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="items")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="guide_items")
    kind = models.CharField(max_length=12, choices=GuideItemKind)
    body = models.TextField(help_text="Markdown, as the guide has it.")
    html = models.TextField(blank=True, help_text="Of a note: rendered and sanitised.")
    position = models.PositiveIntegerField()
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    # Of a note: prompts are found as the threads that they are, and questions are not.
    terms = TermsField(source="html", scope="seminar_id")

    objects: ClassVar[models.Manager["GuideItem"]] = models.Manager.from_queryset(
        GuideItemQuerySet
    )()

    class Meta:
        ordering = ["guide_id", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=GuideItemKind.values), name="guide_item_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.passage}"
