"""What is new to a person in what their seminars read.

Talk belongs to an app above this one, which hands its count over in AppConfig.ready().
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from seminars.models import Membership

# Per (membership, reading) pks: how many threads have something new. Memberships are one person's.
News = Mapping[tuple[int, int], int]
Source = Callable[[Sequence[Membership]], News]

_sources: list[Source] = []


def register(source: Source) -> None:
    _sources.append(source)


def news_of(members: Sequence[Membership]) -> News:
    """Join what the sources say, in a fixed number of queries whatever the number of readings."""
    found: Counter[tuple[int, int]] = Counter()
    for source in _sources:
        found.update(source(members))
    return found
