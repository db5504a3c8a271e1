"""Threads as a layer of the reading page, and prompts as part of a guide."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from discussions.comments.actions import withdraw
from discussions.models import Thread
from discussions.threads.layer import DiscussionLayer
from readings.guides.guide_file import Anchor, GuideItem
from readings.guides.handlers import PlacedItem
from readings.models import Passage, Reading, Visit
from readings.page.layers import Content, registered_layers
from readings.passages.segments import Segment, create_passage, segments_of
from seminars.models import Membership
from tests.base import People
from tests.discussions.base import WORDS, answer, first_of, hidden, say

LAYER = DiscussionLayer()


def content(reading: Reading, who: Membership) -> Content:
    passages = Passage.objects.filter(reading=reading)
    return LAYER.content(reading=reading, membership=who, segments=segments_of(passages))


def visited(people: People, reading: Reading, who: Membership) -> None:
    """This member was here an hour ago."""
    Visit.objects.create(
        seminar=people.seminar,
        reading=reading,
        membership=who,
        new_since=timezone.now() - timedelta(hours=1),
    )


def prompt(reading: Reading, body: str = "Where do you stand?", quote: str = WORDS) -> PlacedItem:
    item = GuideItem("prompt", Anchor(1, quote), body, f'Prompt ¶ 1 "{quote}"', 7)
    return PlacedItem(item, create_passage(reading=reading, segments=[Segment("p1", quote=quote)]))


def test_is_registered() -> None:
    assert any(isinstance(layer, DiscussionLayer) for layer in registered_layers())


def test_marks_and_cards_hang_where_the_words_are(people: People, reading: Reading) -> None:
    mine = say(reading, people.carol)
    theirs = say(reading, people.dan, block="p2", quote="no method is older", kind="question")
    found = content(reading, people.carol)
    assert [(mark.block_key, mark.card, mark.own) for mark in found.marks] == [
        ("p1", f"t{mine.pk}", True),
        ("p2", f"t{theirs.pk}", False),
    ]
    words = found.marks[0]
    assert reading.revision.blocks.get(key="p1").text[words.start : words.end] == WORDS
    assert [card.block_key for card in found.beside] == ["p1", "p2"]
    assert found.counts == {"p1": 1, "p2": 1}


def test_words_over_several_blocks_are_marked_in_each(people: People, reading: Reading) -> None:
    from discussions.threads.actions import start_thread

    start_thread(
        reading=reading,
        segments=[Segment("p1", quote=WORDS), Segment("p2", quote="Where two readers")],
        audience="seminar",
        kind="comment",
        body="Both.",
        by=people.carol,
    )
    found = content(reading, people.dan)
    assert [mark.block_key for mark in found.marks] == ["p1", "p2"]
    assert [card.block_key for card in found.beside] == ["p1"]


def test_whole_paragraph_has_a_card_and_no_mark(people: People, reading: Reading) -> None:
    say(reading, people.carol, quote="")
    found = content(reading, people.dan)
    assert found.marks == []
    assert len(found.beside) == 1


def test_threads_about_everything_stand_at_the_end(people: People, reading: Reading) -> None:
    say(reading, people.carol, "On the whole.", block="")
    found = content(reading, people.grace)
    assert [card.first for card in found.at_end[0].context["threads"]] == ["On the whole."]
    assert found.beside == []


def test_card_tells_author_replies_quote_and_first_words(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "What *is* it?", audience="group")
    answer(thread, people.bob)
    card = content(reading, people.bob).beside[0].context["thread"]
    assert (card.who, card.replies, card.quote, card.first) == (
        "Carol",
        1,
        WORDS,
        "What is it?",
    )
    assert card.audience == "Monday"
    assert card.shown_under == "group all"
    assert (
        content(reading, people.carol).beside[0].context["thread"].shown_under == "mine group all"
    )


def test_new_is_what_others_said_since_the_last_visit(people: People, reading: Reading) -> None:
    ago = timezone.now() - timedelta(hours=2)
    old = say(reading, people.dan, "Old.", at=ago)
    say(reading, people.carol, "Mine.", block="p2", quote="")
    new = say(reading, people.dan, "New.", block="p3", quote="")
    assert content(reading, people.carol).unread == {}  # never here before: nothing is new
    visited(people, reading, people.carol)
    assert content(reading, people.carol).unread == {"p3": 1}
    answer(old, people.dan)
    assert content(reading, people.carol).unread == {"p3": 1, "p1": 1}
    hidden(first_of(new), people.alice)
    assert content(reading, people.carol).unread == {"p1": 1}


def test_highlights_are_marked_and_not_counted(people: People, reading: Reading) -> None:
    say(reading, people.carol, "", audience="me")
    found = content(reading, people.carol)
    assert len(found.marks) == len(found.beside) == 1
    assert found.counts == {}
    assert content(reading, people.alice).marks == []


def test_guest_gets_no_form(people: People, reading: Reading) -> None:
    assert content(reading, people.grace).tools == []
    assert content(reading, people.carol).tools != []


@pytest.mark.parametrize("who", ["carol", "alice"])
def test_fixed_number_of_queries(people: People, reading: Reading, who: str) -> None:
    counts = []
    member = getattr(people, who)
    visited(people, reading, member)
    for size in (2, 200):
        for index in range(size):
            thread = say(reading, people.dan, f"{index}", block=f"p{index % 3 + 1}", quote="")
            if index % 2:
                answer(thread, people.bob)
            if index % 9 == 1:
                hidden(first_of(thread), people.alice)
        with CaptureQueriesContext(connection) as queries:
            content(reading, member)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 6


# --- Prompts -----------------------------------------------------------------------------------
def test_prompt_is_a_thread_that_the_instructor_begins(people: People, reading: Reading) -> None:
    LAYER.apply_items([prompt(reading)], reading=reading, by=people.alice)
    thread = Thread.objects.get()
    assert (thread.kind, thread.audience, thread.author) == ("guide", "seminar", people.alice)
    assert first_of(thread).html == "<p>Where do you stand?</p>"
    found = content(reading, people.carol)
    assert found.marks[0].audience == "guide"
    assert found.beside[0].context["thread"].shown_under == "mine group all"
    page = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert "Prompt" in page
    assert "Where do you stand?" in page


def test_new_guide_takes_off_what_nobody_answered(people: People, reading: Reading) -> None:
    LAYER.apply_items(
        [prompt(reading, "One?"), prompt(reading, "Two?")], reading=reading, by=people.alice
    )
    one, two = Thread.objects.order_by("pk")
    answer(one, people.carol)
    gone = answer(two, people.dan)
    withdraw(comment=gone, by=people.dan)
    LAYER.clear_guide(reading=reading, by=people.alice)
    assert list(Thread.objects.visible_to(people.carol)) == [one]


def test_answered_prompt_that_comes_again_is_not_doubled(people: People, reading: Reading) -> None:
    LAYER.apply_items([prompt(reading)], reading=reading, by=people.alice)
    answer(Thread.objects.get(), people.carol)
    LAYER.clear_guide(reading=reading, by=people.alice)
    LAYER.apply_items(
        [prompt(reading), prompt(reading, "Another?")], reading=reading, by=people.alice
    )
    bodies = [first_of(thread).body for thread in Thread.objects.visible_to(people.dan)]
    assert bodies == ["Where do you stand?", "Another?"]


def test_members_threads_stay_when_a_guide_goes(people: People, reading: Reading) -> None:
    thread = say(reading, people.alice)
    LAYER.clear_guide(reading=reading, by=people.alice)
    assert list(Thread.objects.visible_to(people.dan)) == [thread]


def test_tells_how_many_threads_the_filter_keeps_away(people: People, reading: Reading) -> None:
    """Guide and mine, the filter of a first reading: others' threads are a click away."""
    say(reading, people.dan, "Of the other group, to all.")
    say(reading, people.bob, "To Monday.", audience="group")
    say(reading, people.dan, "To Thursday.", audience="group")
    say(reading, people.carol, "My own.")
    client = people.client("carol")
    page = client.get(reading.get_absolute_url()).content.decode()
    assert "2 threads by others." in page
    assert "1 thread outside your group." in page
    button = '<button type="submit" form="display" name="annotations" value="all">'
    assert button in page
    # What a browser sends for that button: the form as it is, then the button.
    chosen = {"text_size": "m", "measure": "normal", "theme": "auto", "typeface": "serif"}
    sent = chosen | {"annotations": ["mine", "all"], "next": reading.get_absolute_url()}
    answer = client.post(reverse("display_settings"), sent, follow=True)
    assert 'data-filter="all"' in answer.content.decode()


def test_says_nothing_of_others_where_there_are_none(people: People, reading: Reading) -> None:
    say(reading, people.carol, "My own.")
    assert (
        "by others" not in people.client("carol").get(reading.get_absolute_url()).content.decode()
    )
