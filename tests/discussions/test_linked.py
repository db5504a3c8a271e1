"""Links said in words, and who may not know of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.models import Thread
from discussions.threads import linked_ends
from readings.models import Reading
from seminars.models import Membership
from tests.base import People
from tests.discussions.base import say
from tests.discussions.links import NARROWED, link, make_far_reading, narrow


def test_sentence_names_both_ends(people: People, reading: Reading) -> None:
    far = make_far_reading(people)
    one = link(reading, far, people.carol)
    other = link(
        far,
        reading,
        people.carol,
        kind="same_word",
        block="h0",
        quote="",
        far_block="p3",
        far_quote="",
    )
    said = {pk: ends.sentence for pk, ends in linked_ends([one, other]).items()}
    assert said == {
        one.pk: "On margins ¶ 1 answers Good fences ¶ 2",
        other.pk: "Good fences uses the same word as On margins ¶ 3",
    }


def test_no_query_where_there_is_no_link(people: People, reading: Reading) -> None:
    far = make_far_reading(people)
    plain = say(reading, people.carol)
    counts = []
    for size in (0, 1, 20):
        threads = [plain, *(link(reading, far, people.carol) for _ in range(size))]
        with CaptureQueriesContext(connection) as queries:
            assert len(linked_ends(threads)) == size
        counts.append(len(queries))
    assert counts[0] == 0
    assert counts[1] == counts[2]


@pytest.mark.parametrize("how", NARROWED)
@pytest.mark.parametrize("at_far_end", [True, False])
def test_each_way_to_close_an_end_closes_the_link(
    people: People, reading: Reading, how: str, *, at_far_end: bool
) -> None:
    far = make_far_reading(people)
    link(reading, far, people.carol, block="p2", quote="")
    closed = far if at_far_end else reading
    who = getattr(people, NARROWED[how][1])
    assert Thread.objects.visible_to(Membership.objects.get(pk=who.pk)).exists()
    narrow(people, closed, how)
    assert not Thread.objects.visible_to(Membership.objects.get(pk=who.pk)).exists()
