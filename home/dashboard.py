"""What lies before a person to read: on the home page, and on a seminar's own."""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db.models import BigIntegerField, F
from django.urls import reverse
from django.utils import timezone

from database.prepared import Parameter, PreparedQuery, PreparedRows
from discussions.threads import load_withheld, new_threads
from documents.block_names import block_anchor
from home.owed_rows import OwedReading, owed_lines
from readings.models import Reading, ReadingGroup, ReadingKind, Visit
from readings.page import AskedReading, Ledger
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.models import Membership

MORE_THAN_READING = 2  # requirements; one alone is told by how far it is read

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
    asked: AskedReading | None = None  # nothing of staff and guests

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

    @property
    def slug(self) -> str:
        return self.membership.seminar.slug

    @property
    def is_read_only(self) -> bool:
        return self.membership.seminar.is_read_only

    @property
    def is_deleted(self) -> bool:
        """Whether it is to be deleted."""
        return self.membership.seminar.deleted_from is not None


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
    asked: AskedReading | None  # nothing of staff and guests

    @property
    def finished(self) -> bool:
        return self.progress >= 100

    @property
    def opens_later(self) -> bool:
        opens = self.reading.opens_at
        return opens is not None and opens > timezone.now()

    @property
    def due_at(self) -> datetime | None:
        """The date that holds for this member."""
        return self.asked.deadlines.due_at if self.asked else self.reading.due_at

    @property
    def is_extended(self) -> bool:
        return self.due_at != self.reading.due_at

    @property
    def is_closed(self) -> bool:
        """Nothing can be written any more: by this member, or, to staff, by those who take part."""
        closes = self.asked.deadlines.closes_at if self.asked else self.reading.closes_at
        return closes is not None and closes <= timezone.now()

    @property
    def owed_lines(self) -> str:
        """What it asks as HTML; nothing where reading it is all."""
        if self.asked is None or len(self.asked.requirements) < MORE_THAN_READING:
            return ""
        return owed_lines(self.asked, self.reading.seminar.slug, self.reading.slug)

    @property
    def overdue(self) -> bool:
        due = self.due_at
        return due is not None and due < timezone.now() and not self.finished


def seminar_summaries(user: "User") -> list[SeminarSummary]:
    """Return the seminars of a person by name, with what is new in each; of those that are archived
    or to be deleted, nothing.

    Three queries; five more for who takes part in one.
    """
    everywhere = _MEMBERSHIPS.all(user=user.pk)
    by_seminar = {member.seminar_id: SeminarSummary(member) for member in everywhere}
    members = [member for member in everywhere if not member.seminar.is_read_only]
    load_withheld(members)
    unread = new_threads(members)
    ledger = Ledger(members)
    now = timezone.now()
    for row in map(_ListedRow._make, _visible_readings(members)):
        summary = by_seminar[row.seminar_id]
        new = unread.get((summary.membership.pk, row.pk), 0)
        asked = ledger.of(row.seminar_id, row.pk, row)
        due_at = asked.deadlines.due_at if asked else row.due_at
        summary.new += new
        if row.kind == ReadingKind.GENERAL:
            if new:
                title = str(ReadingKind.GENERAL.label)
                summary.listed.append(
                    ListedReading(title, summary.slug, row.slug, None, overdue=False, new=new)
                )
            continue
        summary.readings += 1
        overdue = due_at is not None and due_at < now
        summary.listed.append(
            ListedReading(row.title, summary.slug, row.slug, due_at, overdue, new, asked)
        )
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


class _ListedRow(NamedTuple):
    """What the home page asks of a reading."""

    pk: int
    seminar_id: int
    kind: str
    slug: str
    title: str
    due_at: datetime | None
    late_until: datetime | None
    closes_at: datetime | None
    required_posts: int
    required_replies: int


def owed_readings(seminars: Sequence[SeminarSummary]) -> list[OwedReading]:
    """Return the readings of which something is open that still counts."""
    return [
        OwedReading(one.title, one.seminar, one.slug, one.asked)
        for summary in seminars
        for one in summary.listed
        if one.asked is not None and one.asked.is_owed
    ]


def _visible_readings(members: Sequence[Membership]) -> list[tuple[Any, ...]]:
    """The readings of these current members, general discussions too; the rule is
    `ReadingQuerySet.visible_to_any`.

    Of each what _ListedRow names.
    """
    if not members:
        return []
    kinds, keys = AnyMember.kinds_of(members)
    return _readings_visible_to(kinds).all(**keys)


@functools.lru_cache(maxsize=KINDS_KEPT)
def _readings_visible_to(kinds: tuple[AnyMember, ...]) -> PreparedRows:
    members = cast("tuple[Membership, ...]", kinds)
    visible = Reading.including_general.visible_to_any(members)
    columns = ["essay__title" if name == "title" else name for name in _ListedRow._fields]
    return PreparedRows(lambda: visible.for_seminar_page().values_list(*columns))


def reading_summaries(
    membership: Membership, unread: Mapping[tuple[int, int], int]
) -> list[ReadingSummary]:
    """Return the readings of essays that a member may open, by due date.

    `unread` is what discussions.threads.new_threads counts. Three queries; for staff four, for
    who takes part eight.
    """
    number_of = dict(_PLACES.all(member=membership.pk))
    visit_of = {visit.reading_id: visit for visit in _VISITS.all(member=membership.pk)}
    groups_of = _groups_of_readings(membership)
    ledger = Ledger([membership])
    found = []
    kinds, keys = AnyMember.kinds_of([membership])
    for reading in _readings_of(kinds).all(**keys):
        reading.seminar = membership.seminar
        visit = visit_of.get(reading.pk)
        number = number_of.get(reading.pk)
        progress = visit.progress if visit else 0
        url = reading.get_absolute_url()
        if visit and visit.place and progress < 100:
            url += f"#{block_anchor(number, visit.place)}"
        new = unread.get((membership.pk, reading.pk), 0)
        groups = ", ".join(groups_of[reading.pk])
        asked = ledger.of(reading.seminar_id, reading.pk, reading)
        begun = visit is not None
        found.append(ReadingSummary(reading, progress, begun, url, number, new, groups, asked))
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
    visible = Reading.objects.visible_to_any(members)
    return PreparedQuery(visible.for_seminar_page)
