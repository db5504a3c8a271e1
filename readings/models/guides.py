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


class EarlierGuide(models.Model):
    """The guide of a reading as it was before another was put in its place: the last ones."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="earlier")
    # Its `edit_version` then.
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    source = models.TextField()
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guide", "version"], name="earlier_guide_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.applied_at:%Y-%m-%d %H:%M}"


class GuideDraft(Versioned):
    """What staff are writing of a reading's guide, before it is added to the text.

    It changes by readings.guides.draft_items.write_draft alone, which keeps `marks` beside the
    text: for each of its items, in order, {"key", "version", "parts"}. A key names its item as long
    as the draft is; parts (readings.guides.draft_parts) are the questions of a checkpoint.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.OneToOneField(Reading, models.CASCADE, related_name="guide_draft")
    # A guide's file, which may have no items yet.
    text = models.TextField()
    marks = models.JSONField(default=list)
    # What was taken off and can be put back: a list of {"key", "kind", "anchor", "body",
    # "position", "block"}.
    removed = models.JSONField(default=list)
    # What is written of it and not ready: a list of readings.guides.unfinished.Unfinished.
    unfinished = models.JSONField(default=list)
    # The last forms that were done with: what is still on its way from them is let go.
    done_forms = models.JSONField(default=list)
    next_key = models.PositiveIntegerField(default=1)
    # Of the guide with which it was begun, 0 where there was none.
    guide_version = models.PositiveIntegerField(default=0)
    # And of the one whose text it was begun with, or taken back to.
    text_version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    discarded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Draft of the guide to {self.reading}"


class GuideDraftStep(models.Model):
    """How a draft was before its last change, and before that: so it goes back step by step."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    draft = models.ForeignKey(GuideDraft, models.CASCADE, related_name="steps")
    text = models.TextField()
    marks = models.JSONField(default=list)
    removed = models.JSONField(default=list)
    unfinished = models.JSONField(default=list)
    # The form in which it was typed: of one form, all of it is one step. "" of any other change.
    form = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.draft}, before {self.taken_at:%Y-%m-%d %H:%M}"


class GuideItemKind(models.TextChoices):
    NOTE = "note", _("Note")
    CONTEXT = "context", _("Context")
    TERM = "term", _("Term")
    PERSON = "person", _("Person")
    TRANSLATION = "translation", _("Translation")
    PROMPT = "prompt", _("Prompt")
    CHECKPOINT = "checkpoint", _("Checkpoint")
    LINK = "link", _("Link")


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

    def served_to(self, member: Membership) -> Self:
        """Without what stands behind one of their gates."""
        # Imported here: a gate is an item's, and so knows items first.
        from readings.models.gates import in_front

        return self.filter(in_front(member, reading="guide__reading"))

    def notes_of(self, reading: Reading) -> Self:
        return self.of(reading).filter(kind__in=NOTE_KINDS)


class GuideItem(models.Model):
    """One note, prompt, checkpoint or link of a guide, at its place in the text.

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
    # What it said before, as readings.guides.identity names it: by that it is known again.
    wordings = models.JSONField(default=list)
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
