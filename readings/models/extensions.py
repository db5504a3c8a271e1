"""More time for one group or one person."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from database.versions import Versioned
from readings.models.deadlines import deadlines_of
from readings.models.readings import Reading
from seminars.models import Group, Membership, Seminar

NOTE_LENGTH = 300  # characters: a line for colleagues


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(taken_back_at=None)

    def standing_in(self, reading: Reading) -> Self:
        return self.standing().filter(reading=reading)

    def given_to(self, *members: Membership) -> Self:
        """What stands for these members, themselves or with their groups."""
        keys = [one.pk for one in members if one.pk]
        groups = [one.group_id for one in members if one.group_id]
        return self.standing().filter(Q(membership__in=keys) | Q(group__in=groups))

    def reaching(self, *members: Any) -> Self:
        """Those of these members and of all their groups; of stand-ins in a prepared query too."""
        theirs = Q()
        for one in members:
            theirs |= Q(membership=one.pk)
            for group in one.group_ids:
                theirs |= Q(group=group)
        return self.filter(theirs)

    def for_settings(self) -> Self:
        """With the names that a page of them tells, groups first, then people by name."""
        return self.select_related("group", "membership__user", "given_by__user").order_by(
            F("group__name").asc(nulls_last=True), "membership__user__name", "pk"
        )


class Extension(Versioned):
    """More time in a reading for one group or for one member, until it is taken back.

    Of the dates, those that it moves; who got several has the most generous of each
    (readings.models.deadlines).
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="extensions")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    late_until = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    # As those of a reading; None: since it was given.
    due_set_at = models.DateTimeField(null=True, editable=False)
    end_set_at = models.DateTimeField(null=True, editable=False)
    given_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Extension"]] = models.Manager.from_queryset(
        ExtensionQuerySet
    )()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group=None, membership__isnull=False)
                | Q(group__isnull=False, membership=None),
                name="extension_for_one",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=False)
                | Q(late_until__isnull=False)
                | Q(closes_at__isnull=False),
                name="extension_moves_a_date",
            ),
            models.UniqueConstraint(
                fields=["reading", "group"],
                condition=Q(taken_back_at=None),
                name="extension_of_group_unique",
            ),
            models.UniqueConstraint(
                fields=["reading", "membership"],
                condition=Q(taken_back_at=None),
                name="extension_of_member_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"More time in {self.reading} for {self.receiver}"

    @property
    def receiver(self) -> str:
        """Who has it, in words: a group, or a person."""
        if self.group is not None:
            return self.group.name
        return self.membership.name if self.membership else ""


def keep_extensions_of(reading: Reading, members: Iterable[Membership]) -> None:
    """Let the reading know what each of these members was given in it, by one query."""
    keep_everybodys_extensions([reading], members)


def keep_everybodys_extensions(
    readings: Collection[Reading], members: Iterable[Membership]
) -> None:
    """Let each reading know what each of these members was given in it, by one query."""
    given: defaultdict[int, list[Extension]] = defaultdict(list)
    for one in Extension.objects.standing().filter(reading__in=[one.pk for one in readings]):
        given[one.reading_id].append(one)
    for member in members:
        for reading in readings:
            theirs = [
                one
                for one in given[reading.pk]
                if one.membership_id == member.pk or (one.group_id or 0) == member.group_id
            ]
            reading.keep_extensions(member.pk, theirs)


def keep_extensions(readings: Iterable[Reading], members: Mapping[int, Membership]) -> None:
    """Let each reading know what the member of its seminar was given in it, by one query.

    `members` are one person's, by seminar.
    """
    found = Extension.objects.given_to(*members.values())
    given: dict[int, list[Extension]] = {}
    for one in found:
        given.setdefault(one.reading_id, []).append(one)
    for reading in readings:
        member = members[reading.seminar_id]
        reading.keep_extensions(member.pk, given.get(reading.pk, []))


def closed_to_each(
    ends: Iterable[tuple[int, datetime | None]], members: Sequence[Membership]
) -> frozenset[tuple[int, int]]:
    """Return (member, reading) of those of these readings in which nothing can be written or handed
    in any more by these members, with what they were given.

    `ends` are readings with when they close. No query where none has, and else two.
    """
    now = timezone.now()
    over = {reading for reading, closes_at in ends if closes_at is not None and closes_at <= now}
    if not over:
        return frozenset()
    given = list(Extension.objects.given_to(*members).filter(reading__in=over))
    found = set()
    for reading in Reading.objects.filter(pk__in=over).order_by():
        for member in members:
            theirs = [
                one
                for one in given
                if one.reading_id == reading.pk
                and (one.membership_id == member.pk or (one.group_id or 0) == member.group_id)
            ]
            if member.pk and deadlines_of(reading, theirs).is_closed_at(now):
                found.add((member.pk, reading.pk))
    return frozenset(found)
