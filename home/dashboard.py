"""What lies before a person to read: on the home page, and on a seminar's own."""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db.models import BigIntegerField, DateTimeField, F
from django.urls import reverse
from django.utils import timezone

from database.prepared import Parameter, PreparedQuery, PreparedRows
from discussions.threads import load_withheld, new_threads
from documents.block_names import block_anchor
from readings.models import Reading, ReadingGroup, Visit
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.models import Membership

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class ListedReading:
    """A reading on the home page, and when it is due, or was."""

    title: str
    seminar: str  # its slug, and
    slug: str  # the reading's
    due_at: datetime | None
    overdue: bool
    new: int  # threads with something new

    @property
    def url(self) -> str:
        return reverse("reading_detail", args=[self.seminar, self.slug])


@dataclass
class SeminarSummary:
    """One seminar on the home page."""

    membership: Membership
    readings: int = 0
    new: int = 0  # threads with something new, in all its readings
    listed: list[ListedReading] = field(default_factory=list)


@dataclass(frozen=True)
class ReadingSummary:
    """One reading on the seminar's page, with where this member stands in it."""

    reading: Reading
    progress: int
    started: bool
    url: str
    number: int | None
    new: int  # threads with something new
    groups: str  # to staff: the groups that it is for, where it is not for all

    @property
    def finished(self) -> bool:
        return self.progress >= 100

    @property
    def opens_later(self) -> bool:
        opens = self.reading.opens_at
        return opens is not None and opens > timezone.now()

    @property
    def overdue(self) -> bool:
        due = self.reading.due_at
        return due is not None and due < timezone.now() and not self.finished


def seminar_summaries(user: "User") -> list[SeminarSummary]:
    """Return the seminars of a person by name, with what is new in each. Three queries."""
    members = _MEMBERSHIPS.all(user=user.pk)
    load_withheld(members)
    by_seminar = {member.seminar_id: SeminarSummary(member) for member in members}
    unread = new_threads(members)
    now = timezone.now()
    for pk, seminar_pk, slug, title, due_at in _visible_readings(members, now):
        summary = by_seminar[seminar_pk]
        new = unread.get((summary.membership.pk, pk), 0)
        summary.readings += 1
        summary.new += new
        seminar = summary.membership.seminar.slug
        overdue = due_at is not None and due_at < now
        summary.listed.append(ListedReading(title, seminar, slug, due_at, overdue, new))
    for summary in by_seminar.values():
        # What comes next stands first, then what has no date, and last what is over.
        summary.listed.sort(key=lambda one: one.overdue)
    return list(by_seminar.values())


_MEMBERSHIPS = PreparedQuery(
    lambda: (
        Membership.objects.current()
        .filter(user=Parameter("user", BigIntegerField()))
        .select_related("seminar", "group")
        .order_by("seminar__name", "pk")
    )
)


def _visible_readings(members: Sequence[Membership], now: datetime) -> list[tuple[Any, ...]]:
    """The readings of these current members; the rule is `Reading.objects.visible_to_any`.

    Of each its key, that of its seminar, its slug, its essay's title, and when it is due.
    """
    if not members:
        return []
    kinds, keys = AnyMember.kinds_of(members)
    return _readings_visible_to(kinds).all(now=now, **keys)


@functools.lru_cache(maxsize=KINDS_KEPT)
def _readings_visible_to(kinds: tuple[AnyMember, ...]) -> PreparedRows:
    members = cast("tuple[Membership, ...]", kinds)
    visible = Reading.objects.visible_to_any(members, now=Parameter("now", DateTimeField()))
    columns = ("pk", "seminar_id", "slug", "essay__title", "due_at")
    return PreparedRows(lambda: visible.for_seminar_page().values_list(*columns))


def reading_summaries(membership: Membership) -> list[ReadingSummary]:
    """Return the readings that a member may open, by due date. Four queries; for staff five."""
    number_of = dict(_PLACES.all(member=membership.pk))
    visit_of = {visit.reading_id: visit for visit in _VISITS.all(member=membership.pk)}
    unread = new_threads([membership])
    groups_of = _groups_of_readings(membership)
    found = []
    kinds, keys = AnyMember.kinds_of([membership])
    for reading in _readings_of(kinds).all(now=timezone.now(), **keys):
        reading.seminar = membership.seminar
        visit = visit_of.get(reading.pk)
        number = number_of.get(reading.pk)
        progress = visit.progress if visit else 0
        url = reading.get_absolute_url()
        if visit and visit.place and progress < 100:
            url += f"#{block_anchor(number, visit.place)}"
        new = unread.get((membership.pk, reading.pk), 0)
        groups = ", ".join(groups_of[reading.pk])
        found.append(ReadingSummary(reading, progress, visit is not None, url, number, new, groups))
    return found


def _groups_of_readings(membership: Membership) -> Mapping[int, list[str]]:
    """The names of the groups that each reading is for; whoever reads in one knows for whom."""
    groups: defaultdict[int, list[str]] = defaultdict(list)
    if membership.is_staff:
        for reading, name in _GROUPS.all(seminar=membership.seminar_id):
            groups[reading].append(name)
    return groups


_GROUPS = PreparedRows(
    lambda: (
        ReadingGroup.objects.filter(reading__seminar=Parameter("seminar", BigIntegerField()))
        .order_by("group__name")
        .values_list("reading_id", "group__name")
    )
)
_MEMBER = Parameter("member", BigIntegerField())
_VISITS = PreparedQuery(lambda: Visit.objects.filter(membership=_MEMBER))
# Of each reading, the number of the paragraph where the member stopped.
_PLACES = PreparedRows(
    lambda: Visit.objects.filter(
        membership=_MEMBER, reading__revision__blocks__key=F("place")
    ).values_list("reading_id", "reading__revision__blocks__number")
)


@functools.lru_cache(maxsize=KINDS_KEPT)
def _readings_of(kinds: tuple[AnyMember, ...]) -> PreparedQuery[Reading]:
    members = cast("tuple[Membership, ...]", kinds)
    visible = Reading.objects.visible_to_any(members, now=Parameter("now", DateTimeField()))
    return PreparedQuery(visible.for_seminar_page)
