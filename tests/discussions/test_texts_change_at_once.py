"""Guides and revisions beside replies to links: nobody waits in a circle for anybody."""

from collections.abc import Callable

import pytest

from discussions.models import Comment, Thread
from readings.guides import apply_guide
from readings.models import Reading
from readings.revisions.actions import move_reading, withdraw_revision
from tests.at_once import at_once
from tests.base import PARAGRAPHS, People
from tests.discussions.base import answer
from tests.discussions.links import link, make_far_reading
from tests.readings.revised import revise

TIMES = 5
GUIDE = """---
guide: 1
title: Guide to margins
---

## Note ¶ 1

{words}

## Link ¶ 3 "Printers left it wide" → "{essay}" ¶ 2

{words}
"""

pytestmark = pytest.mark.django_db(transaction=True)


def replies(people: People, thread: Thread) -> list[Callable[[], None]]:
    def run(by: str) -> Callable[[], None]:
        def replying() -> None:
            for number in range(TIMES):
                found = Thread.objects.get(pk=thread.pk)
                answer(found, getattr(people, by), f"Reply {number}.")

        return replying

    return [run("bob"), run("carol")]


def test_guides_beside_replies_to_links(people: People, reading: Reading) -> None:
    far = make_far_reading(people)
    thread = link(reading, far, people.carol, "Words.")
    back = link(
        far, reading, people.carol, "Back.", block="p2", quote="", far_block="p1", far_quote=""
    )

    def guides() -> None:
        for number in range(TIMES):
            text = GUIDE.format(words=f"Words {number}.", essay=far.essay.title)
            apply_guide(reading=Reading.objects.get(pk=reading.pk), text=text, by=people.alice)

    before = Comment.objects.count()
    works = [guides, *replies(people, thread), *replies(people, back)]
    assert at_once(*works) == [None] * len(works)
    assert (
        Comment.objects.filter(author__in=[people.bob, people.carol]).count() >= before + 4 * TIMES
    )


@pytest.mark.parametrize("which", ["near", "far"])
def test_revisions_beside_replies_to_links(people: People, reading: Reading, which: str) -> None:
    far = make_far_reading(people)
    thread = link(reading, far, people.carol, "Words.")
    back = link(
        far, reading, people.carol, "Back.", block="p2", quote="", far_block="p1", far_quote=""
    )

    revised = reading if which == "near" else far

    def revisions() -> None:
        for number in range(TIMES):
            texts = [f"Once more, {number}. {one}" for one in PARAGRAPHS]
            revision = revise(Reading.objects.get(pk=revised.pk), texts, move=False)
            move_reading(
                reading=Reading.objects.get(pk=revised.pk), revision=revision, by=people.alice
            )
            withdraw_revision(revision=revision, by=people.alice.user)

    before = Comment.objects.count()
    works = [revisions, *replies(people, thread), *replies(people, back)]
    assert at_once(*works) == [None] * len(works)
    assert Comment.objects.count() == before + 4 * TIMES
