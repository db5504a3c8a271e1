"""What of a seminar is copied for the next term, besides its readings: each app above adds its own.

Only what instructors set up. Whatever members have said or done stays where it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seminars.models import Seminar


@dataclass(frozen=True, slots=True)
class CopiedPart:
    """How one app's part is counted, in words like “3 tags”, and copied from one to another."""

    count: Callable[[Seminar], Sequence[str]]
    copy: Callable[[Seminar, Seminar], None]


_parts: list[CopiedPart] = []


def register_copied(
    *, count: Callable[[Seminar], Sequence[str]], copy: Callable[[Seminar, Seminar], None]
) -> None:
    """Add to what is copied; called from AppConfig.ready()."""
    _parts.append(CopiedPart(count, copy))


def copied_parts() -> Sequence[CopiedPart]:
    return tuple(_parts)
