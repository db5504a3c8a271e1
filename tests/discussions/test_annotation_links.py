"""Links in files of Web Annotations: one annotation with two targets."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readings.models import Reading
from readings.passages.segments import Segment
from tests.base import People
from tests.discussions.annotation_files import file_of
from tests.discussions.base import WORDS, answer, first_of, hidden, say, url
from tests.discussions.links import (
    FAR_TITLE,
    FAR_WORDS,
    NARROWED,
    link,
    make_far_reading,
    narrow,
)

HERE = "http://testserver/s/seminar/r/"


@pytest.fixture
def far(people: People) -> Reading:
    return make_far_reading(people)


def items_of(people: People, reading: Reading, who: str = "carol") -> list[dict[str, Any]]:
    whole = file_of(people, reading, who)
    items: list[dict[str, Any]] = whole.get("first", {}).get("items", [])
    assert len(items) == whole["total"]
    return items


# --- Out -------------------------------------------------------------------------------------
def test_link_is_one_annotation_with_two_targets(
    people: People, reading: Reading, far: Reading
) -> None:
    thread = link(reading, far, people.carol, "Both stop at a wall.")
    [one] = items_of(people, reading)
    assert one["id"] == f"{HERE}margins/threads/{thread.pk}/"
    assert one["motivation"] == "linking"
    near_end, far_end = one["target"]
    assert near_end["source"] == f"{HERE}margins/"
    assert far_end["source"] == f"{HERE}fences/"
    assert far_end["schema:isPartOf"] == {"id": f"{HERE}fences/", "schema:name": FAR_TITLE}
    quotes = [end["selector"][1]["exact"] for end in one["target"]]
    assert quotes == [WORDS, FAR_WORDS]
    assert far_end["selector"][0]["value"] == "b-p2"
    words, kind = one["body"]
    assert words["value"] == "Both stop at a wall."
    assert (kind["value"], kind["purpose"]) == ("answers", "classifying")
    assert kind["rdf:subject"] == {"id": near_end["source"]}
    assert kind["rdf:object"] == {"id": far_end["source"]}
    assert one["creator"] == {"type": "Person", "name": "Carol"}


def test_both_readings_give_the_same_annotation(
    people: People, reading: Reading, far: Reading
) -> None:
    thread = link(reading, far, people.carol, "Both stop at a wall.", audience="group")
    answer(thread, people.bob, "Do they?", parent=answer(thread, people.carol, "They do."))
    link(
        far,
        reading,
        people.carol,
        kind="same_word",
        block="p3",
        quote="",
        far_block="p2",
        far_quote="",
    )
    assert items_of(people, reading) == items_of(people, far)
    assert len(items_of(people, reading)) == 4


def test_link_without_words_and_without_a_direction(
    people: People, reading: Reading, far: Reading
) -> None:
    link(reading, far, people.carol, kind="same_word")
    [one] = items_of(people, reading)
    assert one["body"] == {
        "type": "TextualBody",
        "value": "uses the same word as",
        "format": "text/plain",
        "purpose": "classifying",
        "schema:identifier": "same_word",
    }
    assert one["creator"]["name"] == "Carol"


def test_hidden_words_of_a_link_are_in_no_file(
    people: People, reading: Reading, far: Reading
) -> None:
    thread = link(reading, far, people.carol, "Zanzibar.")
    hidden(first_of(thread), people.alice)
    [one] = items_of(people, far, "alice")
    assert "creator" not in one
    assert one["body"]["purpose"] == "classifying"


@pytest.mark.parametrize("how", NARROWED)
@pytest.mark.parametrize("at_far_end", [True, False])
def test_who_may_not_see_an_end_finds_nothing_of_a_link(
    people: People, reading: Reading, far: Reading, how: str, *, at_far_end: bool
) -> None:
    thread = link(reading, far, people.carol, "Zanzibar.", block="p2", quote="")
    answer(thread, people.bob, "Zanzibar again.")
    closed, open_one = (far, reading) if at_far_end else (reading, far)
    who = NARROWED[how][1]
    assert len(items_of(people, open_one, who)) == 2
    narrow(people, closed, how)
    whole = str(file_of(people, open_one, who))
    assert "'total': 0" in whole
    assert "Zanzibar" not in whole
    assert closed.slug not in whole
    assert len(items_of(people, open_one, "alice")) == 2


def test_fixed_number_of_queries(people: People, reading: Reading, far: Reading) -> None:
    client = people.client("carol")
    page = url("annotation_collection", reading, query="?page=all")
    say(reading, people.dan)
    counts = []
    for size in (0, 1, 30):
        for _ in range(size):
            answer(link(reading, far, people.dan, "Words."), people.carol)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))
    assert counts[1] == counts[2]
    assert counts[1] <= counts[0] + 6


def test_end_over_two_paragraphs_has_a_target_for_each(
    people: People, reading: Reading, far: Reading
) -> None:
    segments = [Segment("p1", quote="stops at another place."), Segment("p2", quote="Where two")]
    link(reading, far, people.carol, segments=segments)
    [one] = items_of(people, reading)
    places = [(end["source"][-8:], end["selector"][0]["value"]) for end in one["target"]]
    assert places == [("margins/", "b-p1"), ("margins/", "b-p2"), ("/fences/", "b-p2")]
