"""Placing a passage by hand: by selection, by sentences, by number and words; leaving it; undo."""

import json
from typing import Any

import pytest
from django.test import Client

from discussions.models import Thread
from readings.models import Passage, Reading, ReanchoredPassage
from tests.base import PARAGRAPHS, People, markup
from tests.discussions.base import say
from tests.readings.revised import REVISED, revise


@pytest.fixture
def thread(people: People, reading: Reading) -> Thread:
    thread = say(reading, people.carol, "On talk.", block="p2", quote="a conversation begins")
    revise(reading, REVISED)
    return thread


def url(reading: Reading) -> str:
    return f"{reading.get_absolute_url()}changes/{ReanchoredPassage.objects.get().pk}/place/"


def now(thread: Thread) -> Passage:
    assert thread.passage is not None
    return Passage.objects.get(pk=thread.passage.pk)


def test_shows_the_old_words_and_the_text(people: People, reading: Reading, thread: Thread) -> None:
    page = people.client("alice").get(url(reading)).content.decode()
    assert "a conversation begins" in page
    assert REVISED[1] in page
    assert "/threads/new/" not in page  # nothing else is done on this page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"number": "3", "words": "left it wide"}, "left it wide"),
        ({"words": "grown narrow"}, "grown narrow"),
        ({"number": "3"}, ""),
        ({"block": "p3", "sentence": ["0-29"]}, PARAGRAPHS[2][:29]),
        (
            {
                "segments": json.dumps(
                    [{"block": "p3", "start": 30, "end": 38, "exact": PARAGRAPHS[2][30:38]}]
                )
            },
            PARAGRAPHS[2][30:38],
        ),
    ],
)
def test_places_it(
    people: People, reading: Reading, thread: Thread, sent: dict[str, Any], words: str
) -> None:
    response = people.client("alice").post(url(reading), {"act": "place", **sent})
    assert response["Location"] == f"{reading.get_absolute_url()}changes/"
    assert now(thread).quote == words
    assert now(thread).placement == "changed"
    assert now(thread).earlier_quote == "a conversation begins"
    assert "Decided" in people.client("alice").get(response["Location"]).content.decode()


def test_sentences_are_shown_to_be_ticked(people: People, reading: Reading, thread: Thread) -> None:
    client = people.client("alice")
    page = markup(client.get(f"{url(reading)}?number=3"))
    assert 'name="sentence" value="0-29"' in page
    for nonsense in ("99", "x", "²", "9" * 30):
        assert (
            "The text has no ¶" in client.get(url(reading), {"number": nonsense}).content.decode()
        )


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"words": "words that are nowhere"},
        {"number": "77"},
        {"number": "x"},
        {"segments": "not json"},
        {"segments": '[{"block": "gone", "start": 0, "end": 4, "exact": "Word"}]'},
        {"segments": '[{"block": "p3", "start": 0, "end": 4, "exact": "Word"}]'},
        {"block": "p3", "sentence": ["9-3"]},
        {"block": "p3", "sentence": ["9000-9010"]},
        {"words": "the"},
    ],
)
def test_says_what_is_wrong_and_changes_nothing(
    people: People, reading: Reading, thread: Thread, sent: dict[str, Any]
) -> None:
    before = now(thread).placement, now(thread).quote
    response = people.client("alice").post(url(reading), {"act": "place", **sent})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'class="error' in page
    if "words" in sent:
        assert f'value="{sent["words"]}"' in page
    assert (now(thread).placement, now(thread).quote) == before


def test_leaves_it_and_takes_that_back(people: People, reading: Reading, thread: Thread) -> None:
    client = people.client("alice")
    client.post(url(reading), {"act": "leave"})
    assert ReanchoredPassage.objects.get().decided_by == people.alice
    assert now(thread).placement == "unanchored"
    client.post(url(reading), {"act": "undo"})
    assert ReanchoredPassage.objects.get().decided_at is None


def test_a_passage_of_which_one_may_not_know_is_not_there(people: People, reading: Reading) -> None:
    say(reading, people.carol, "Mine.", audience="me", block="p2", quote="no method is older")
    revise(reading, REVISED)
    assert people.client("alice").get(url(reading)).status_code == 404
    assert people.client("alice").post(url(reading), {"act": "leave"}).status_code == 404


def test_once_the_text_has_changed_again_it_is_not_there(
    people: People, reading: Reading, thread: Thread
) -> None:
    place = url(reading)
    revise(reading, [*REVISED, "A last paragraph, which is new."])
    assert people.client("alice").get(place).status_code == 404


def test_who_may(people: People, reading: Reading, thread: Thread) -> None:
    for key in ("bob", "carol", "grace"):
        assert people.client(key).get(url(reading)).status_code == 403
        assert people.client(key).post(url(reading), {"act": "leave"}).status_code == 403
    assert people.client("mallory").get(url(reading)).status_code == 404
    assert Client().get(url(reading)).status_code == 302
    assert people.client("alice").delete(url(reading)).status_code == 405
