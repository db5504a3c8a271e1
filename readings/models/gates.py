"""Gates: where a text ends for who has not handed in the checkpoint that stands there.

A gate belongs to the item of a guide that is the checkpoint, and goes with its passage. The rule of
what stands behind one is here, for the querysets of all that hangs on a passage
(docs/adr/0038-gates-are-a-rule-of-querysets.md).
"""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy

from readings.models.essays import Block
from readings.models.guides import GuideItem
from readings.models.passages import Passage
from readings.models.readings import Reading
from seminars.models import Membership, Seminar

MOST_GATE_TRIES = 99
DEFAULT_GATE_TRIES = 3  # after so many, who has not reached the share goes on all the same


class GateKind(models.TextChoices):
    SOFT = "soft", gettext_lazy("Soft: one may skip it")
    HARD = "hard", gettext_lazy("Hard: one has to hand it in")


class PassedBy(models.TextChoices):
    """How somebody came through a gate."""

    HANDED_IN = "handed_in", gettext_lazy("Handed in")
    SKIPPED = "skipped", gettext_lazy("Skipped")
    LET_THROUGH = "let_through", gettext_lazy("Let through by staff")


class ReadingGateQuerySet(models.QuerySet["ReadingGate"]):
    def placed(self) -> Self:
        """With the `position` of the block after which each closes; null where that is gone, or
        nothing stands behind it."""
        block = Block.objects.filter(
            Exists(
                Block.objects.filter(
                    revision=OuterRef("revision"), position__gt=OuterRef("position")
                )
            ),
            revision=OuterRef("reading__revision"),
            key=OuterRef("item__passage__block_key"),
        )
        return self.annotate(position=Subquery(block.order_by().values("position")[:1]))

    def closed_to(self, member: Any) -> Self:
        """Those that the member of this key has not come through."""
        skipped = Q(how=PassedBy.SKIPPED)
        through = GatePassing.objects.filter(gate=OuterRef("pk"), membership=member)
        return self.exclude(
            Q(Exists(through.exclude(skipped)))
            | Q(Exists(through.filter(skipped)), kind=GateKind.SOFT)
        )


class ReadingGate(models.Model):
    """A checkpoint that closes the text behind it; its `item` is the checkpoint.

    With `share`, so many percent of the points open it, or `tries` tries without them.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="gates")
    item = models.OneToOneField(GuideItem, models.CASCADE, related_name="gate")
    kind = models.CharField(max_length=4, choices=GateKind)
    share = models.PositiveSmallIntegerField(default=0, help_text="Percent; 0: handing in is all.")
    tries = models.PositiveSmallIntegerField(default=DEFAULT_GATE_TRIES)

    objects: ClassVar[models.Manager["ReadingGate"]] = models.Manager.from_queryset(
        ReadingGateQuerySet
    )()

    class Meta:
        ordering = ["reading_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GateKind.values), name="gate_kind_known"),
            models.CheckConstraint(
                condition=Q(share__lte=100, tries__gte=1), name="gate_can_be_passed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item}"

    @property
    def is_soft(self) -> bool:
        return self.kind == GateKind.SOFT


class GatePassing(models.Model):
    """A member came through a gate, in one of the ways: then it stands open to them for good, but
    that staff take back what staff gave, and the row goes."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    gate = models.ForeignKey(ReadingGate, models.CASCADE, related_name="passings")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    how = models.CharField(max_length=12, choices=PassedBy)
    passed_at = models.DateTimeField(default=timezone.now)
    let_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["gate_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "membership", "how"], name="gate_passing_unique"
            ),
            models.CheckConstraint(condition=Q(how__in=PassedBy.values), name="gate_passing_how"),
            models.CheckConstraint(
                condition=Q(how=PassedBy.LET_THROUGH, let_by__isnull=False)
                | (~Q(how=PassedBy.LET_THROUGH) & Q(let_by=None)),
                name="gate_passing_let_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.gate}, {self.get_how_display()}"


def in_front(
    viewer: Membership, *, reading: str = "reading", passage: str = "passage", own: str = ""
) -> Q:
    """Of what hangs on passages: what `viewer` is served, by where the text ends for them.

    A passage that reaches behind a gate, or has lost its place in the text, is behind it; what is
    about the whole reading is not. `reading` and `passage` lead from the rows to both, and `own` to
    whoever wrote: one's own stays one's own.
    """
    rule = Q()
    for gated, position in viewer.gate_places:
        behind = Passage.objects.behind(gated, position)
        served = ~Q(**{reading: gated}) | ~Q(**{f"{passage}__in": behind})
        rule &= served | Q(**{own: viewer.pk}) if own else served
    return rule
