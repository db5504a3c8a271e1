"""How many cases wait for a member of staff: beside the desk, on every page that leads there.

What a case is is known above this app, which registers how they are counted. It is asked once for
a request, and only by pages that show it.
"""

from collections.abc import Callable

from seminars.models import Membership

CountReviews = Callable[[Membership], int]
_counts: list[CountReviews] = []


def register_review_count(count: CountReviews) -> None:
    """Say how many cases wait for a member; called from AppConfig.ready()."""
    _counts.append(count)


def reviews_waiting(member: Membership) -> int:
    """Return how many cases wait for this member; one query."""
    return sum(count(member) for count in _counts)
