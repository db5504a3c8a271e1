"""Watching a thread, and muting it."""

from discussions.models import SubscriptionLevel, Thread, ThreadSubscription
from readings.models import Reading
from tests.base import People
from tests.discussions.base import answer, say


def levels(thread: Thread) -> dict[str, str]:
    rows = ThreadSubscription.objects.filter(thread=thread).select_related("membership__user")
    return {row.membership.name: row.level for row in rows}


def test_who_posts_watches(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    answer(thread, people.dan)
    answer(thread, people.dan)
    assert levels(thread) == {"Carol": "watch", "Dan": "watch"}
    assert levels(say(reading, people.carol, "")) == {}  # a highlight


def test_who_has_muted_it_may_post_and_hear_no_more(people: People, thread: Thread) -> None:
    ThreadSubscription.objects.filter(thread=thread).update(level=SubscriptionLevel.MUTE)
    answer(thread, people.carol)
    assert levels(thread)["Carol"] == "mute"
