"""A text changes while people write on it: nothing is lost, and nothing stands on stale offsets."""

import uuid
from collections.abc import Callable
from typing import Any

from django.test import Client

from discussions.models import Thread
from discussions.threads.actions import start_thread
from readings.models import Block, Passage, Placement, Reading, Reanchoring
from readings.passages.segments import Segment
from readings.revisions.actions import (
    move_reading,
    withdraw_revision,
)
from tests.at_once import at_once
from tests.base import PARAGRAPHS, People, make_people, make_reading
from tests.readings.revised import revise

# Every block begins otherwise, so that every offset is another.
SHIFTED = [f"Let us say it again. {paragraph}" for paragraph in PARAGRAPHS]
PHRASES = [
    ("p1", "reads one text together"),
    ("p2", "a conversation begins"),
    ("p3", "filled it with their doubts"),
]


def posts(reading: Reading, people: People, seen: int) -> list[Callable[[], Any]]:
    """Posts from pages that show the revision `seen`."""

    def post(key: str, words: str) -> Callable[[], Any]:
        text = Block.objects.get(revision=seen, key=key).text
        start = text.index(words)
        return lambda: start_thread(
            reading=Reading.objects.get(pk=reading.pk),
            segments=[Segment(key, start, start + len(words), words)],
            audience="seminar",
            kind="comment",
            body="A remark.",
            by=people.carol,
            seen=seen,
            client_key=uuid.uuid4(),
        )

    return [post(key, words) for key, words in PHRASES]


def check_words(reading: Reading) -> None:
    reading.refresh_from_db()
    texts = dict(Block.objects.filter(revision=reading.revision).values_list("key", "text"))
    for row in Passage.objects.filter(reading=reading):
        assert row.placement != Placement.UNANCHORED
        assert texts[row.block_key][row.start : row.end] == row.quote


def test_posts_while_the_reading_moves(transactional_db: None) -> None:
    people = make_people()
    reading = make_reading(people)
    seen = reading.revision_id
    revision = revise(reading, SHIFTED, move=False)
    move = lambda: move_reading(  # noqa: E731 - one of several works
        reading=Reading.objects.get(pk=reading.pk), revision=revision, by=people.alice
    )
    done = at_once(*posts(reading, people, seen), move)
    assert [type(one) for one in done] == [Thread, Thread, Thread, Reanchoring], done
    check_words(reading)
    assert sorted(Passage.objects.values_list("quote", flat=True)) == sorted(
        words for _, words in PHRASES
    )


def test_posts_while_the_revision_is_withdrawn(transactional_db: None) -> None:
    people = make_people()
    reading = make_reading(people)
    revision = revise(reading, SHIFTED)
    withdraw = lambda: withdraw_revision(revision=revision, by=people.alice.user)  # noqa: E731
    done = at_once(*posts(reading, people, revision.pk), withdraw)
    assert [type(one) for one in done] == [Thread, Thread, Thread, int], done
    check_words(reading)
    assert reading.revision.number == 1


def test_two_moves_at_once_are_one(transactional_db: None) -> None:
    people = make_people()
    reading = make_reading(people)
    revision = revise(reading, SHIFTED, move=False)
    move = lambda: move_reading(  # noqa: E731 - one of several works
        reading=Reading.objects.get(pk=reading.pk), revision=revision, by=people.alice
    )
    done = at_once(move, move)
    made = Reanchoring.objects.get()
    assert done == [made, made]


def test_two_withdrawals_at_once_are_one(transactional_db: None) -> None:
    people = make_people()
    reading = make_reading(people)
    revision = revise(reading, SHIFTED)
    withdraw = lambda: withdraw_revision(revision=revision, by=people.alice.user)  # noqa: E731
    done = at_once(withdraw, withdraw)
    assert sorted(done) == [0, 1], "one sent back the reading, and the other found it done"
    reading.refresh_from_db()
    assert reading.revision.number == 1


def test_words_that_are_gone_are_refused_with_the_text_kept(
    people: People, reading: Reading
) -> None:
    seen = reading.revision_id
    revise(reading, [PARAGRAPHS[0], PARAGRAPHS[2]])
    client = people.client("carol")
    sent = {
        "seen": seen,
        "block": "p2",
        "segments": '[{"block": "p2", "start": 0, "end": 5, "exact": "Where"}]',
        "body": "What I wrote.",
        "kind": "comment",
        "audience": "seminar",
    }
    for page in (client.post(threads(reading), sent), fragment(client, reading, sent)):
        assert page.status_code == 422
        assert "The text was revised while you were reading" in page.content.decode()
        assert "What I wrote." in page.content.decode()
    assert not Thread.objects.exists()


def test_sentences_ticked_on_the_old_text_are_those_sentences(
    people: People, reading: Reading
) -> None:
    seen = reading.revision_id
    revise(reading, SHIFTED)
    end = len("The margin was made for this.")
    sent = {
        "seen": seen,
        "picker": "1",
        "block": "p3",
        "sentence": [f"0-{end}"],
        "body": "So it was.",
        "kind": "comment",
        "audience": "seminar",
    }
    page = fragment(people.client("carol"), reading, sent)
    assert page.headers["HX-Refresh"] == "true"
    thread = Thread.objects.get()
    assert thread.passage is not None
    assert thread.passage.quote == "The margin was made for this."


def test_nonsense_for_the_revision_that_was_seen_is_none(people: People, reading: Reading) -> None:
    for seen in ("", "x", "-1", "9" * 40, "987654"):
        sent = {
            "seen": seen,
            "block": "p1",
            "words": "reads one text together",
            "body": f"With {seen}.",
            "kind": "comment",
            "audience": "seminar",
        }
        assert people.client("carol").post(threads(reading), sent).status_code == 302
    assert Thread.objects.count() == 5


def threads(reading: Reading) -> str:
    return f"{reading.get_absolute_url()}threads/"


def fragment(client: Client, reading: Reading, sent: dict[str, Any]) -> Any:
    return client.post(threads(reading), sent, headers={"HX-Request": "true"})
