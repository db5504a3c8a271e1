"""What lies before a person to read: on the home page, and on a seminar's own.

Readings belong to an app above this one; it is reached through the seminar's
relations alone, and `readings` is not imported.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from seminars.models import Membership, Role
from seminars.news import news_of

if TYPE_CHECKING:
    from accounts.models import User

DUE_SHOWN = 3  # of each seminar on the home page; its own page has them all


@dataclass(frozen=True)
class Due:
    """A reading that is due, and when."""

    title: str
    url: str
    due_at: datetime
    new: int  # threads with something new


@dataclass
class Shelf:
    """One seminar on the home page."""

    membership: Membership
    readings: int
    new: int = 0  # threads with something new, in all its readings
    due: list[Due] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One reading on the seminar's page, with where this member stands in it."""

    reading: Any
    progress: int
    started: bool
    url: str
    number: int | None
    new: int  # threads with something new

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


def open_readings() -> Q:
    """Which readings of its seminar a membership may open, from the membership's side.

    The same rule as ReadingQuerySet.visible_to, for all of a person's seminars
    at once; a test holds the two together.
    """
    opened = Q(seminar__readings__opens_at=None) | Q(
        seminar__readings__opens_at__lte=timezone.now()
    )
    staff = Q(role__in=[Role.INSTRUCTOR, Role.ASSISTANT])
    guest = Q(role=Role.GUEST, seminar__readings__open_to_guests=True)
    return staff | (opened & (Q(role=Role.PARTICIPANT) | guest))


def shelves(user: "User") -> list[Shelf]:
    """Return the seminars of a person by name, with what is new and due in each. Three queries."""
    members = user.memberships.current()
    counted = (
        members.select_related("seminar", "group")
        .annotate(readings=Count("seminar__readings", filter=open_readings()))
        .order_by("seminar__name", "pk")
    )
    # Annotations of a queryset of our own are not known to the type checker.
    found = {m.pk: Shelf(m, m.readings) for m in counted}  # type: ignore[attr-defined]
    news = news_of([shelf.membership for shelf in found.values()])
    for (pk, _), count in news.items():
        found[pk].new += count
    due = (
        members.filter(open_readings(), seminar__readings__due_at__gte=timezone.now())
        .order_by("seminar__readings__due_at", "seminar__readings__pk")
        .values_list(
            "pk",
            "seminar__slug",
            "seminar__readings__pk",
            "seminar__readings__slug",
            "seminar__readings__essay__title",
            "seminar__readings__due_at",
        )
    )
    for pk, seminar, reading, slug, title, due_at in due:
        if due_at and len(found[pk].due) < DUE_SHOWN:
            url = reverse("reading_detail", args=[seminar, slug])
            found[pk].due.append(Due(title, url, due_at, news.get((pk, reading), 0)))
    return list(found.values())


def rows(membership: Membership) -> list[Row]:
    """Return the readings that a member may open, by due date. Four queries."""
    numbers = membership.visits.filter(reading__revision__blocks__key=F("place"))
    number_of = dict(numbers.values_list("reading_id", "reading__revision__blocks__number"))
    visit_of = {visit.reading_id: visit for visit in membership.visits.all()}
    news = news_of([membership])
    found = []
    for reading in membership.seminar.readings.visible_to(membership).for_seminar_page():
        reading.seminar = membership.seminar
        visit = visit_of.get(reading.pk)
        number = number_of.get(reading.pk)
        progress = visit.progress if visit else 0
        url = reading.get_absolute_url()
        if visit and visit.place and progress < 100:
            url += f"#p{number}" if number else f"#b-{visit.place}"
        new = news.get((membership.pk, reading.pk), 0)
        found.append(Row(reading, progress, visit is not None, url, number, new))
    return found
