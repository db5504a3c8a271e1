"""The threads of a reading as Web Annotations."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.comments.actions import edit_comment, withdraw
from discussions.models import Thread
from discussions.threads.actions import start_thread
from readings.models import Block, Reading
from readings.passages.segments import Segment
from tests.base import PARAGRAPHS, People
from tests.discussions.base import WORDS, answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.discussions.web_annotations import collection_faults, page_faults
from tests.examples import examples

HERE = "http://testserver"


def asked(people: People, reading: Reading, who: str = "carol", query: str = "?page=all") -> Any:
    return people.client(who).get(url("annotation_collection", reading, query=query))


def annotations(people: People, reading: Reading, who: str = "carol") -> list[dict[str, Any]]:
    """Everything that `who` may take away, checked against the model."""
    whole = asked(people, reading, who).json()
    assert not list(collection_faults(whole))
    items: list[dict[str, Any]] = whole.get("first", {}).get("items", [])
    assert len(items) == whole["total"]
    return items


def test_media_type_and_headers(people: People, reading: Reading) -> None:
    response = asked(people, reading)
    profile = '"http://www.w3.org/ns/anno.jsonld"'
    assert response["Content-Type"] == f"application/ld+json; profile={profile}"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"
    assert "Content-Disposition" not in asked(people, reading, query="")


def test_thread_on_words(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "What is *together*?", kind="question")
    [one] = annotations(people, reading)
    page = f"{HERE}/s/seminar/r/margins/"
    assert one["id"] == f"{page}threads/{thread.pk}/"
    assert one["motivation"] == "questioning"
    assert one["creator"] == {"type": "Person", "name": "Carol"}
    assert one["body"]["value"] == "What is *together*?"
    assert one["body"]["format"] == "text/markdown"
    assert "modified" not in one
    assert "audience" not in one
    assert one["target"]["source"] == page
    block, quote = one["target"]["selector"]
    assert block["value"] == "b-p1"
    start = PARAGRAPHS[0].index(WORDS)
    assert quote["exact"] == WORDS
    assert PARAGRAPHS[0].startswith(quote["prefix"] + WORDS + quote["suffix"])
    position = block["refinedBy"][1]
    assert (position["start"], position["end"]) == (start, start + len(WORDS))


def test_offsets_are_code_points(people: People, reading: Reading) -> None:
    """Neither UTF-16 units nor bytes: what Python counts."""
    text = "𝄞 é 门 the words"
    Block.objects.filter(key="p1").update(text=text, html=text)
    say(reading, people.carol, quote="the words")
    [one] = annotations(people, reading)
    assert one["target"]["selector"][0]["refinedBy"][1]["start"] == 6


def test_whole_block_whole_reading_and_several_blocks(people: People, reading: Reading) -> None:
    say(reading, people.carol, quote="")
    say(reading, people.carol, block="")
    segments = [Segment("p1", quote="stops at another place."), Segment("p2", quote="Where two")]
    start_thread(
        reading=reading,
        segments=segments,
        audience="seminar",
        kind="comment",
        body="Both.",
        by=people.carol,
    )
    block, whole, chain = (one["target"] for one in annotations(people, reading))
    assert block["selector"] == {
        "type": "FragmentSelector",
        "value": "b-p1",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
    }
    assert whole["id"] == f"{HERE}/s/seminar/r/margins/"
    assert [one["selector"][0]["value"] for one in chain] == ["b-p1", "b-p2"]


def test_replies_target_what_they_answer(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    one = answer(thread, people.dan, "First.")
    answer(thread, people.bob, "Under it.", parent=one)
    top, first, second = annotations(people, reading)
    assert (first["motivation"], first["target"]) == ("replying", top["id"])
    assert second["target"] == first["id"]
    assert first["body"]["purpose"] == "replying"


def test_reply_to_words_that_are_gone_stands_under_what_is_left(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.carol)
    one = answer(thread, people.dan, "Hidden words.")
    answer(thread, people.bob, "Below.", parent=one)
    hidden(one, people.alice)
    top, below = annotations(people, reading)
    assert below["target"] == top["id"]


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "grace"])
def test_hidden_and_withdrawn_words_are_for_nobody(
    people: People, reading: Reading, who: str
) -> None:
    """Not for their author, not for staff: a file is carried on."""
    thread = say(reading, people.carol, "Zanzibar one.")
    hidden(answer(thread, people.dan, "Zanzibar two."), people.alice)
    withdraw(comment=answer(thread, people.dan, "Zanzibar three."), by=people.dan)
    hidden(first_of(thread), people.alice)
    answer(thread, people.dan, "Stays.")
    gone = say(reading, people.carol, "Zanzibar four.")
    withdraw(comment=first_of(gone), by=people.carol)
    response = asked(people, reading, who)
    assert b"Zanzibar" not in response.content
    top, stays = annotations(people, reading, who)
    assert "body" not in top
    assert "creator" not in top
    assert stays["body"]["value"] == "Stays."


def test_only_what_a_member_may_see_and_for_whom_it_is(people: People, reading: Reading) -> None:
    say(reading, people.carol, "Mine.", audience="me")
    say(reading, people.carol, "Monday.", audience="group")
    say(reading, people.carol, "All.")
    say(reading, people.dan, "Staff.", audience="staff")
    seen = {
        "carol": {"Mine.", "Monday.", "All."},
        "bob": {"Monday.", "All.", "Staff."},
        "alice": {"Monday.", "All.", "Staff."},
        "dan": {"All.", "Staff."},
        "grace": {"All."},
    }
    for who, words in seen.items():
        assert {one["body"]["value"] for one in annotations(people, reading, who)} == words
    audiences = {
        one["body"]["value"]: one.get("audience", {}).get("schema:name")
        for one in annotations(people, reading)
    }
    assert audiences == {"Mine.": "Only you", "Monday.": "Monday", "All.": None}


def test_no_address_of_anybody_is_told(people: People, reading: Reading) -> None:
    answer(say(reading, people.carol), people.dan)
    assert b"@example.org" not in asked(people, reading).content


def test_highlight_and_edited_words(people: People, reading: Reading) -> None:
    say(reading, people.carol, "")
    comment = first_of(say(reading, people.carol, "Before."))
    answer(comment.thread, people.dan, parent=comment)
    edit_comment(comment=comment, body="After.", version=comment.version, by=people.carol)
    mark, edited, _ = annotations(people, reading)
    assert mark["motivation"] == "highlighting"
    assert "body" not in mark
    assert edited["body"]["value"] == "After."
    assert edited["modified"] >= edited["created"]


def test_pages_hold_everything_once(people: People, reading: Reading) -> None:
    for number in range(60):
        answer(say(reading, people.carol, f"Thread {number}."), people.dan)
    cover = asked(people, reading, query="").json()
    assert not list(collection_faults(cover))
    assert cover["total"] == 120
    client = people.client("carol")
    seen: list[str] = []
    address: str | None = cover["first"]
    while address:
        page = client.get(address.removeprefix(HERE)).json()
        assert not list(page_faults(page))
        assert page["startIndex"] == len(seen)
        assert page["partOf"]["id"] == cover["id"]
        seen += [one["id"] for one in page["items"]]
        last, address = page["id"], page.get("next")
    assert last == cover["last"]
    assert len(seen) == len(set(seen)) == 120
    assert set(seen) == {one["id"] for one in annotations(people, reading)}


def test_nothing_yet_and_pages_that_are_not_there(people: People, reading: Reading) -> None:
    assert annotations(people, reading) == []
    cover = asked(people, reading, query="").json()
    assert cover["total"] == 0
    assert not list(collection_faults(cover))
    for query in ("?page=2", "?page=0", "?page=x", "?page=99999999999999999999"):
        assert asked(people, reading, query=query).status_code == 404


words = st.text(min_size=1, max_size=40).filter(
    lambda text: bool(text.strip()) and "\x00" not in text and text.isprintable()
)


# What shows nothing to a reader, such as "#", is no comment.
written = words.filter(lambda text: any(map(str.isalnum, text)))


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    bodies=st.lists(written, min_size=1, max_size=4),
    audience=st.sampled_from(["me", "group", "seminar", "staff"]),
    quote=st.sampled_from(["", WORDS, "A seminar", "another place."]),
)
def test_whatever_is_written_the_model_is_kept(
    people: People, reading: Reading, bodies: list[str], audience: str, quote: str
) -> None:
    with transaction.atomic():
        thread = say(reading, people.carol, bodies[0], audience=audience, quote=quote)
        for body in bodies[1:]:
            answer(thread, people.carol, body)
        values = [one["body"]["value"] for one in annotations(people, reading)]
        assert values == bodies
        transaction.set_rollback(True)


def test_fixed_number_of_queries(people: People, reading: Reading) -> None:
    client = people.client("carol")
    counts: dict[str, list[int]] = {"?page=all": [], "?page=1": []}
    for size in (1, 200):
        for index in range(size):
            answer(say(reading, people.dan, f"Thread {index}."), people.carol)
        for query, numbers in counts.items():
            with CaptureQueriesContext(connection) as queries:
                client.get(url("annotation_collection", reading, query=query))
            numbers.append(len(queries))
    assert Thread.objects.count() == 201
    assert counts["?page=all"][0] == counts["?page=all"][1]
    # A page of threads alone asks less than one with replies.
    assert counts["?page=1"][1] <= counts["?page=1"][0]


def test_gates(people: People, reading: Reading) -> None:
    page = url("annotation_collection", reading)
    assert_closed_to_strangers(people, page)
    assert people.client("carol").post(page).status_code == 405
