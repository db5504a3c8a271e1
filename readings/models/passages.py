"""The places that people point at, and what becomes of them when the text changes."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from readings.models.essays import Block, Revision
from readings.models.readings import Reading
from seminars.models import Membership, Seminar

CONTEXT_CHARACTERS = 32  # of prefix and suffix, as Hypothesis keeps: enough to tell repeats apart


class Placement(models.TextChoices):
    """How a passage stands in the revision that the seminar reads now."""

    EXACT = "exact", gettext_lazy("In its place")
    MOVED = "moved", gettext_lazy("Moved")
    CHANGED = "changed", gettext_lazy("This passage changed")
    UNANCHORED = "unanchored", gettext_lazy("Its place is gone")


class PassageQuerySet(models.QuerySet["Passage"]):
    def heads_in(self, block_keys: Collection[Any]) -> "models.QuerySet[Passage, Any]":
        """The keys (`head`) of the first rows of the passages with words in one of these blocks."""
        first = Coalesce("continues_id", "pk")
        return self.filter(block_key__in=block_keys).order_by().values(head=first)

    def touching(self, block_keys: Collection[Any]) -> Self:
        """The passages with words in one of these blocks, with all of their rows."""
        heads = self.heads_in(block_keys)
        return self.filter(Q(pk__in=heads) | Q(continues__in=heads))

    def behind(self, reading: Any, position: Any) -> "models.QuerySet[Passage, Any]":
        """The keys (`head`) of the first rows of the reading's passages that have words behind the
        block at this position, or in none of the text: its key and the position are numbers, or
        the parameters of a prepared query."""
        there = Block.objects.filter(
            revision=OuterRef("reading__revision"),
            key=OuterRef("block_key"),
            position__lte=position,
        )
        found = self.filter(~Exists(there), reading=reading)
        return found.order_by().values(head=Coalesce("continues_id", "pk"))


class Passage(models.Model):
    """A place in a reading: a whole block, or words in one or more blocks.

    `start` and `end` are Unicode code points of the block's text, both null for
    a whole block. Words over several blocks are a chain: the first row, and one
    more for each further block, which `continues` it. Threads, guide notes and
    questions point at the first row.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="passages")
    continues = models.ForeignKey("self", models.CASCADE, null=True, related_name="continuations")
    block_key = models.CharField(max_length=24)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=CONTEXT_CHARACTERS, blank=True)
    suffix = models.CharField(max_length=CONTEXT_CHARACTERS, blank=True)
    placement = models.CharField(max_length=12, choices=Placement, default=Placement.EXACT)
    # The words before the text changed, where the passage is changed or has lost its place.
    earlier_quote = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Passage"]] = models.Manager.from_queryset(PassageQuerySet)()

    class Meta:
        ordering = ["reading_id", "pk"]
        indexes = [models.Index(fields=["reading", "block_key"], name="passage_in_block")]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None, end=None, quote="")
                | Q(start__isnull=False, end__gt=F("start")),
                name="passage_is_block_or_words",
            ),
        ]

    def __str__(self) -> str:
        return self.quote or self.block_key

    @property
    def is_whole_block(self) -> bool:
        return self.start is None

    @property
    def is_altered(self) -> bool:
        """Whether the words that people pointed at have changed, or are gone from the text."""
        return self.placement in {Placement.CHANGED, Placement.UNANCHORED}


class Reanchoring(models.Model):
    """One reading moved from one revision of its essay to another, with all its passages."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="reanchorings")
    from_revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    to_revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["reading_id", "-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.reading}: revision {self.from_revision.number} to {self.to_revision.number}"


class ReanchoredPassage(models.Model):
    """What became of one passage: where it stood and where it stands.

    `before` and `after` are its rows in order, each a dict of block_key, start,
    end, quote, prefix, suffix, placement and earlier_quote. `score` is that of
    anchoring.find, from 0 to 1. `passage` is the chain's first row.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reanchoring = models.ForeignKey(Reanchoring, models.CASCADE, related_name="passages")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="reanchorings")
    placement = models.CharField(max_length=12, choices=Placement)
    score = models.FloatField()
    before = models.JSONField()
    after = models.JSONField()
    # Placed, or left where it was, by hand.
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["reanchoring_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reanchoring", "passage"], name="reanchored_once"),
            models.CheckConstraint(
                condition=Q(placement__in=Placement.values), name="reanchored_placement_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage}: {self.get_placement_display()}"
