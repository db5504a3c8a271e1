"""An essay put before a seminar, and where each member stands in it; the general discussion."""

import functools
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from database.versions import Versioned
from readings.models.deadlines import Dated, Deadlines, deadlines_of
from readings.models.essays import Essay, Revision
from readings.models.units import Unit
from seminars.models import Group, Membership, Seminar
from seminars.permissions import INSTRUCTING_ROLES, has_role


def _visible_to(membership: Membership) -> Q:
    """The one rule of who may open which reading, at this moment."""
    seminar = Q(seminar_id=membership.seminar_id, removed_at=None)
    if membership.is_staff:
        return seminar
    named = ReadingGroup.objects.filter(reading=OuterRef("pk"))
    is_meant = ~Q(Exists(named))
    if membership.is_guest:
        is_meant &= Q(open_to_guests=True)
    elif membership.group_ids:
        theirs = functools.reduce(Q.__or__, (Q(group=one) for one in membership.group_ids))
        is_meant |= Q(Exists(named.filter(theirs)))
    return seminar & (Q(opens_at=None) | Q(opens_at__lte=membership.now)) & is_meant


class Anonymity(models.TextChoices):
    """Whether participants stand under their words with another name to each other."""

    OFF = "off", gettext_lazy("Names are shown")
    OPTIONAL = "optional", gettext_lazy("Whoever writes may be anonymous to classmates")
    REQUIRED = "required", gettext_lazy("Everybody is anonymous to classmates")


class ReadingKind(models.TextChoices):
    """What a seminar talks about there: an essay, or whatever concerns it and no essay."""

    ESSAY = "essay", gettext_lazy("Essay")
    GENERAL = "general", gettext_lazy("General discussion")


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, membership: Membership) -> Self:
        """What this member may open: staff all; others what is for their group and has opened;
        guests what is for all, and open to them."""
        return self.visible_to_any([membership])

    def visible_to_any(self, memberships: Iterable[Membership]) -> Self:
        """What somebody with these memberships may open, in all their seminars at once."""
        rules = [_visible_to(one) for one in memberships if one.removed_at is None]
        return self.filter(functools.reduce(Q.__or__, rules)) if rules else self.none()

    def instructed_by(self, user: Any) -> Self:
        """Those of the seminars in which `user` instructs now, seminar by seminar."""
        instructed = self.filter(
            has_role(user, INSTRUCTING_ROLES, "seminar__memberships"), removed_at=None
        )
        return instructed.order_by("seminar__name", "position", "pk")

    def of_essay(self, essay: Essay, user: Any) -> Self:
        """Where `user` has put this essay before a seminar in which something is changed still."""
        mine = self.instructed_by(user).filter(
            essay=essay, seminar__archived_at=None, seminar__deleted_from=None
        )
        return mine.select_related("seminar", "essay", "revision")

    def removed_from(self, seminar: Seminar) -> Self:
        """What was taken away, the last first."""
        gone = self.filter(seminar=seminar).exclude(removed_at=None)
        return gone.select_related("essay", "removed_by__user").order_by("-removed_at")

    def withholding(self, *, now: Any) -> Self:
        """Those in which one reads what others said only after having written oneself.

        `now` is a time, or the parameter of a prepared query.
        """
        waiting = Q(peek_at=None) | Q(peek_at__gt=now)
        return self.filter(waiting, peek_after__gt=0, removed_at=None)

    def with_outcome_counts(self) -> Self:
        """With their revision, and how many passages came to which end on the way to it."""
        here = Q(reanchorings__undone_at=None, reanchorings__to_revision=F("revision"))
        counts = {
            name: Count(
                "reanchorings__passages", filter=here & Q(reanchorings__passages__placement=name)
            )
            for name in ("exact", "moved", "changed", "unanchored")
        }
        return self.annotate(**counts)

    def for_seminar_page(self) -> Self:
        """By due date, with their essays."""
        return self.select_related("essay").order_by(
            F("due_at").asc(nulls_last=True), "position", "pk"
        )


_ReadingManager = models.Manager.from_queryset(ReadingQuerySet)


class EssayReadings(_ReadingManager["Reading"]):
    """Those of essays alone: what is read, due, prepared, revised and listed.

    The general discussion has nothing of all that. A list that is made without a thought of it
    leaves it out; what is about talk says `Reading.including_general`.
    """

    def get_queryset(self) -> "models.QuerySet[Reading]":
        return super().get_queryset().filter(kind=ReadingKind.ESSAY)


class Reading(Versioned):
    """An essay put before a seminar: its revision, its dates, its guide.

    One of each seminar is no essay's but its general discussion: threads hang from it as from a
    whole reading. It stands on an empty essay of its own, so that nothing else about threads
    has to know (docs/adr/0031-the-general-discussion-is-a-reading.md).
    """

    kind = models.CharField(
        max_length=8, choices=ReadingKind, default=ReadingKind.ESSAY, editable=False
    )
    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="readings")
    essay = models.ForeignKey(Essay, models.PROTECT, related_name="readings")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="readings")
    slug = models.SlugField(max_length=60)
    # None: in no unit, and listed by when it is due. `position` is its place in the unit.
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="readings")
    position = models.PositiveIntegerField(default=0)
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    # What comes after it is due counts as late until then; without it, as long as there is time.
    late_until = models.DateTimeField(null=True, blank=True)
    # From then on it is read, and nothing is written in it any more.
    closes_at = models.DateTimeField(null=True, blank=True)
    # Since when it is due then, and since when late work or all of it ends then; None: from the
    # first. Who was told of another date is told of this one.
    due_set_at = models.DateTimeField(null=True, editable=False)
    end_set_at = models.DateTimeField(null=True, editable=False)
    # Of each participant, besides reading it and its checkpoints.
    required_posts = models.PositiveSmallIntegerField(default=0)
    required_replies = models.PositiveSmallIntegerField(default=0)
    open_to_guests = models.BooleanField(default=False)
    # For whom it is; none: for all groups, and for who is in none.
    groups = models.ManyToManyField(Group, through="ReadingGroup", related_name="+")
    # Post before you peek: after so many comments of one's own (0: at once), or from then on.
    peek_after = models.PositiveSmallIntegerField(default=0)
    peek_at = models.DateTimeField(null=True, blank=True)
    anonymity = models.CharField(max_length=8, choices=Anonymity, default=Anonymity.OFF)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    # Taken away, with all that members wrote about it, until it is put back.
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[EssayReadings] = EssayReadings()
    including_general: ClassVar[models.Manager["Reading"]] = _ReadingManager()

    class Meta:
        ordering = ["seminar_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar"],
                condition=Q(kind=ReadingKind.GENERAL),
                name="reading_general_unique",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ReadingKind.values), name="reading_kind_known"
            ),
            models.UniqueConstraint(fields=["seminar", "slug"], name="reading_slug_unique"),
            models.CheckConstraint(
                condition=Q(late_until=None) | Q(due_at__isnull=False, late_until__gt=F("due_at")),
                name="reading_late_after_due",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None)
                | (
                    (Q(opens_at=None) | Q(closes_at__gt=F("opens_at")))
                    & (Q(due_at=None) | Q(closes_at__gte=F("due_at")))
                    & (Q(late_until=None) | Q(closes_at__gte=F("late_until")))
                ),
                name="reading_closes_last",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_general(self) -> bool:
        return self.kind == ReadingKind.GENERAL

    @property
    def title(self) -> str:
        """What pages call it."""
        return gettext("General discussion") if self.is_general else self.essay.title

    @property
    def whole(self) -> str:
        """What people call the place of a thread that is about no words of it."""
        return gettext("General discussion") if self.is_general else gettext("The essay")

    def get_absolute_url(self) -> str:
        """Its page; that of the general discussion is its list of threads."""
        page = "thread_list" if self.is_general else "reading_detail"
        return reverse(page, args=[self.seminar.slug, self.slug])

    @functools.cached_property
    def group_ids(self) -> frozenset[int]:
        """The groups that it is for; none: all."""
        return frozenset(group.pk for group in self.groups.all())

    @functools.cached_property
    def _given(self) -> dict[int | None, Sequence[Dated]]:
        """The extensions that are known already, by the key of whoever was given them."""
        return {}

    def keep_extensions(self, member: int | None, given: Sequence[Dated]) -> None:
        """Remember what the member of this key was given, so that it need not be asked for."""
        self._given[member] = given

    def deadlines_for(self, member: Membership) -> Deadlines:
        """The dates as they hold for one member; what they were given is asked for once."""
        if member.pk not in self._given:
            manager: Any = self.extensions  # of readings.models.extensions
            self.keep_extensions(member.pk, list(manager.given_to(member)))
        return deadlines_of(
            self, self._given[member.pk], opens_at=self.opens_at, is_staff=member.is_staff
        )

    def is_closed_to(self, member: Membership) -> bool:
        """Whether nothing can be written in it any more by this member."""
        now = timezone.now()
        if self.closes_at is None or now < self.closes_at:
            return False  # and no extension would close it sooner
        return self.deadlines_for(member).is_closed_at(now)


class ReadingGroup(models.Model):
    """A group that a reading is for. It cannot be deleted: the reading would be for all then."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "group"], name="reading_group_unique")
        ]

    def __str__(self) -> str:
        return f"{self.reading} for {self.group}"


class Visit(models.Model):
    """Where one member stands in one reading."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="visits")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="visits")
    place = models.CharField(max_length=24, blank=True, help_text="Key of the block reached.")
    progress = models.PositiveSmallIntegerField(default=0, help_text="Percent, the furthest.")
    # The first visit: what was said before it is not new to who comes late.
    begun_at = models.DateTimeField(default=timezone.now)
    # When the page was sent to them on the visit before this one; fixed for as long as this lasts.
    new_since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=timezone.now, help_text="Last sign of them.")
    # Reading on in a page is a sign of them, but shows them nothing that came meanwhile.
    shown_at = models.DateTimeField(default=timezone.now, help_text="The page was sent to them.")
    # The text that they were shown last: who comes back to another is told so, once.
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    # Written by the database with all that this member alone sees (readings.page.triggers).
    own_version = models.BigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "membership"], name="visit_unique"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="visit_progress_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.membership} at {self.place or 'the start'}"
