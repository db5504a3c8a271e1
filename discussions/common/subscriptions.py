"""Who posts in a thread watches it."""

from discussions.models import SubscriptionLevel, Thread, ThreadSubscription
from seminars.models import Membership


def watch_by_posting(thread: Thread, *, by: Membership) -> None:
    """Let whoever posted follow the thread; who follows or has muted it already stays so."""
    row = ThreadSubscription(
        seminar_id=thread.seminar_id,
        thread=thread,
        membership=by,
        level=SubscriptionLevel.WATCH,
    )
    ThreadSubscription.objects.bulk_create([row], ignore_conflicts=True)
