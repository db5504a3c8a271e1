"""Links made at once, in both directions and beside other posts: none waits in a circle."""

from collections.abc import Callable
from typing import Any

import pytest

from discussions.models import Comment, Thread
from readings.models import Reading
from seminars.models import Membership
from tests.at_once import at_once
from tests.base import People
from tests.discussions.base import answer, say
from tests.discussions.links import link, make_far_reading

TIMES = 6
BACK: dict[str, Any] = {"block": "p2", "quote": "", "far_block": "p1", "far_quote": ""}


def again(write: Callable[[Membership], Any], who: Membership) -> Callable[[], None]:
    """Let somebody write a few times, on a connection of their own."""

    def run() -> None:
        for _ in range(TIMES):
            write(Membership.objects.get(pk=who.pk))

    return run


@pytest.mark.django_db(transaction=True)
def test_links_and_other_posts_at_once(people: People, reading: Reading) -> None:
    far = make_far_reading(people)
    first = link(reading, far, people.carol, "Words.")
    troubles = at_once(
        again(lambda by: link(reading, far, by, "There."), people.carol),
        again(lambda by: link(far, reading, by, "Back.", **BACK), people.dan),
        again(lambda by: say(far, by, "Here.", quote=""), people.alice),
        again(lambda by: answer(Thread.objects.get(pk=first.pk), by, "So."), people.bob),
    )
    assert troubles == [None] * 4
    assert Thread.objects.filter(kind="link").count() == 1 + 2 * TIMES
    assert Comment.objects.count() == 1 + 4 * TIMES
