"""The time that the app is told, moved on by hand: twelve weeks pass in a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Any
from unittest.mock import patch

from django.utils import timezone


class _AnyTime(type):
    """Of the clock's own kind of time: what is a time elsewhere is one to it, too."""

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, datetime)


class Clock:
    """What `timezone.now()` says, in whole microseconds; it stands still but for `pass_time`."""

    def __init__(self, begins: datetime) -> None:
        self.now = begins

    def pass_time(self, span: timedelta) -> None:
        self.now += span

    @contextmanager
    def ruling(self) -> Iterator["Clock"]:
        """Let Django, its models' defaults and the app tell the time from this clock."""
        clock = self

        class MovedTime(datetime, metaclass=_AnyTime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return clock.now.astimezone(tz)

        # There, and not `timezone.now` itself, which columns have as their default already.
        with patch.object(timezone, "datetime", MovedTime):
            yield self
