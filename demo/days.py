"""When things happened in the demonstration: by days from the day on which it is made."""

from datetime import datetime, time, timedelta

from django.utils import timezone


def moment(day: int, clock: str) -> datetime:
    """`day` days from today, at `clock` by the host's time zone; never in the future for talk."""
    today = timezone.localtime().date()
    return datetime.combine(
        today + timedelta(days=day), time.fromisoformat(clock), timezone.get_current_timezone()
    )
