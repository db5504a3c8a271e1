"""Links made at once, in both directions and beside other posts: none waits in a circle."""

from collections.abc import Callable
from typing import Any

import pytest

from discussions.links import link_kinds
from discussions.links.kind_actions import change_link_kind
from discussions.models import Action, Comment, ReviewItem, Thread
from discussions.moderation.several_actions import SeenCase, decide_several
from readings.models import Reading
from seminars.models import Membership
from tests.at_once import at_once
from tests.base import People
from tests.discussions.base import answer, first_of, reported, say
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


@pytest.mark.django_db(transaction=True)
def test_several_decisions_beside_replies_to_a_link(people: People, reading: Reading) -> None:
    """Cases of both texts, in the other order than that of their pages, while others reply."""
    far = make_far_reading(people)
    first = link(reading, far, people.carol, "Words.")
    cases: list[list[int]] = []
    for _ in range(TIMES):
        there = reported(first_of(say(far, people.dan, "There.", quote="")), people.grace)
        here = reported(first_of(say(reading, people.dan, "Here.")), people.grace)
        cases.append([there.pk, here.pk])

    def decide(by: Membership) -> None:
        items = ReviewItem.objects.select_related("comment").filter(pk__in=cases.pop())
        seen = [SeenCase(one, one.version, one.comment.version) for one in items]
        decide_several(cases=seen, action=Action.REMOVE, reason="spam", by=by)

    troubles = at_once(
        again(decide, people.alice),
        again(lambda by: answer(Thread.objects.get(pk=first.pk), by, "So."), people.bob),
        again(lambda by: answer(Thread.objects.get(pk=first.pk), by, "Too."), people.carol),
    )
    assert troubles == [None] * 3
    assert Comment.objects.filter(state="removed").count() == 2 * TIMES


@pytest.mark.django_db(transaction=True)
def test_a_kind_worded_anew_beside_replies_to_its_links(people: People, reading: Reading) -> None:
    far = make_far_reading(people)
    first = link(reading, far, people.carol, "Words.")
    names = [f"replies {number} to" for number in range(TIMES)]

    def word(by: Membership) -> None:
        kind = next(one for one in link_kinds(by.seminar) if one.pk == first.link_kind_id)
        passive = "has a reply in"
        change_link_kind(kind=kind, name=names.pop(), passive=passive, is_directed=True, by=by)

    troubles = at_once(
        again(word, people.alice),
        again(lambda by: answer(Thread.objects.get(pk=first.pk), by, "So."), people.bob),
        again(lambda by: answer(Thread.objects.get(pk=first.pk), by, "Too."), people.carol),
    )
    assert troubles == [None] * 3
    assert Comment.objects.count() == 1 + 2 * TIMES
