"""The weeks of a seminar: Monday to Sunday in the host's zone, counted from its first."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Case, IntegerField, Min, Value, When
from django.utils import timezone

from discussions.models import Comment
from readings.models import Visit


@dataclass(frozen=True, slots=True)
class Weeks:
    """`starts` are the Mondays at midnight on which they begin, the first first; at least one."""

    starts: tuple[datetime, ...]

    @property
    def count(self) -> int:
        return len(self.starts)

    def of(self, moment: datetime) -> int:
        """Return in which week it was, from 1 on; what was before the first is of the first."""
        return max(bisect_right(self.starts, moment), 1)

    def number_of(self, column: str) -> Case:
        """The same as an expression of a queryset, of a column with times."""
        later = reversed([*enumerate(self.starts, start=1)][1:])
        whens = [When(**{f"{column}__gte": start}, then=Value(week)) for week, start in later]
        return Case(*whens, default=Value(1), output_field=IntegerField())


def weeks_from(first: datetime, now: datetime) -> Weeks:
    """Return the weeks from that in which `first` was to that of now."""
    zone = timezone.get_default_timezone()
    day = timezone.localtime(min(first, now), zone).date()
    monday = day - timedelta(days=day.weekday())
    starts = []
    while (begins := datetime.combine(monday, time.min, zone)) <= now:
        starts.append(begins)
        monday += timedelta(days=7)
    return Weeks(tuple(starts))


def weeks_of(seminar_id: int) -> Weeks:
    """Return the weeks since somebody first opened a reading or wrote in the seminar.

    They are the same to everybody who is told a week's number. Two queries.
    """
    now = timezone.now()
    visits = Visit.objects.filter(seminar=seminar_id)
    words = Comment.objects.filter(seminar=seminar_id)
    firsts = [
        visits.aggregate(first=Min("begun_at"))["first"],
        words.aggregate(first=Min("published_at"))["first"],
    ]
    return weeks_from(min((one for one in firsts if one), default=now), now)
