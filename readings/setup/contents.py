"""What hangs on a reading, in words: each app above says what it keeps of one."""

from collections.abc import Callable, Sequence

from readings.models import Reading

# What there is of one kind, like “3 threads”; nothing where there is none.
Count = Callable[[Reading], Sequence[str]]

_counts: list[Count] = []


def register_contents(count: Count) -> None:
    """Add to what is said before a reading is taken away; called from AppConfig.ready()."""
    _counts.append(count)


def contents_of(reading: Reading) -> list[str]:
    """All that people have put on the reading, of whatever audience: numbers, and no words."""
    return [phrase for count in _counts for phrase in count(reading)]
