"""The words of a link before staff: with both of its ends, in the queue and open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from readings.models import Reading
from tests.base import People, markup
from tests.discussions.base import WORDS, first_of, reported, say
from tests.discussions.links import FAR_WORDS, link, make_far_reading

SENTENCE = "On margins ¶ 1 answers Good fences ¶ 2"


@pytest.fixture
def far(people: People) -> Reading:
    return make_far_reading(people)


def queue(people: People, query: str = "") -> str:
    page = reverse("review_queue", args=[people.seminar.slug])
    return markup(people.client("alice").get(page + query))


def test_reported_link_stands_in_both_of_its_places(
    people: People, reading: Reading, far: Reading
) -> None:
    item = reported(first_of(link(reading, far, people.carol, "Unkind.")), people.dan)
    page = queue(people, f"?case={item.pk}")
    assert page.count(SENTENCE) >= 2, "in its line, and where it is open"
    for words in (WORDS, FAR_WORDS):
        assert f'<mark class="mark">{words}</mark>' in page
    assert "Open Good fences there" in page


def test_fixed_number_of_queries(people: People, reading: Reading, far: Reading) -> None:
    first = reported(first_of(say(reading, people.carol, "Unkind.")), people.dan)
    query, counts = f"?case={first.pk}", []
    for size in (0, 1, 6):
        for _ in range(size):
            reported(first_of(link(reading, far, people.carol, "Unkind.")), people.dan)
        with CaptureQueriesContext(connection) as queries:
            queue(people, query)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= counts[0] + 5
