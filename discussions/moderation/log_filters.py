"""Which rows of the audit log are listed, as the address of the page says it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.timezone import get_current_timezone, make_aware

from discussions.models import Action, DecisionQuerySet
from documents.whole_number import whole_number


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What is asked of the log; what an address cannot say is as if it said nothing.

    `actor` and `member` are keys of memberships, `reading` is one of a reading; the days are those
    of the reader's own time zone, both included.
    """

    action: str = ""
    actor: int | None = None
    member: int | None = None
    reading: int | None = None
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, asked: QueryDict) -> "LogFilter":
        action = asked.get("action", "")
        return cls(
            action=action if action in Action.values else "",
            actor=whole_number(asked.get("actor", "")),
            member=whole_number(asked.get("member", "")),
            reading=whole_number(asked.get("reading", "")),
            since=_day(asked.get("since", "")),
            until=_day(asked.get("until", "")),
        )

    @property
    def is_narrowed(self) -> bool:
        return self != LogFilter()

    @property
    def query(self) -> str:
        """The same as an address says it."""
        asked: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("action", "actor", "member", "reading", "since", "until")
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def narrow(self, rows: DecisionQuerySet) -> DecisionQuerySet:
        """Return those of the rows that fit."""
        wanted = Q()
        if self.action:
            wanted &= Q(action=self.action)
        if self.actor:
            wanted &= Q(actor=self.actor)
        if self.member:
            # Whose words they are is told of nobody who wrote anonymously.
            theirs = Q(comment__author=self.member, comment__alias="")
            wanted &= theirs | Q(member=self.member)
        if self.reading:
            wanted &= Q(thread__reading=self.reading)
        if self.since:
            wanted &= Q(created_at__gte=_midnight(self.since))
        if self.until and self.until < date.max:
            wanted &= Q(created_at__lt=_midnight(self.until + timedelta(days=1)))
        return rows.filter(wanted)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min), get_current_timezone())
