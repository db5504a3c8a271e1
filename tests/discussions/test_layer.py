"""Threads as a layer of the reading page, and prompts as items of a guide."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from discussions.comments.actions import withdraw
from discussions.models import Thread
from discussions.threads.layer import DiscussionLayer
from discussions.threads.thread_summaries import ThreadCard, cards_of
from readings.guides import apply_guide
from readings.models import Passage, Reading, Visit
from readings.page.layers import Content, registered_layers
from readings.page.slots import Own, fill
from readings.passages.segments import Segment, segments_of
from seminars.models import Membership
from tests.base import People
from tests.discussions.base import WORDS, answer, first_of, hidden, say

LAYER = DiscussionLayer()


def content(reading: Reading, who: Membership) -> Content:
    passages = Passage.objects.filter(reading=reading)
    return LAYER.content(reading=reading, membership=who, segments=segments_of(passages))


def cards(reading: Reading, who: Membership) -> list[ThreadCard]:
    segments = segments_of(Passage.objects.filter(reading=reading))
    return cards_of(reading=reading, membership=who, segments=segments)


def unread(reading: Reading, who: Membership) -> set[int]:
    """The threads with something new to who was first here an hour ago."""
    begun_at = timezone.now() - timedelta(hours=1)
    return set(LAYER.unread(reading=reading, membership=who, begun_at=begun_at).counts)


def visited(people: People, reading: Reading, who: Membership) -> None:
    """This member was here an hour ago."""
    Visit.objects.create(
        seminar=people.seminar,
        reading=reading,
        membership=who,
        begun_at=timezone.now() - timedelta(hours=1),
    )


def add_prompts(people: People, reading: Reading, *bodies: str, quote: str = WORDS) -> None:
    """Apply a guide that has these prompts, and nothing but a note besides."""
    prompts = "".join(f'## Prompt ¶ 1 "{quote}"\n\n{body}\n\n' for body in bodies)
    text = f"---\nguide: 1\ntitle: T\n---\n## Note ¶ 3\n\nSaid.\n\n{prompts}"
    apply_guide(reading=reading, text=text, by=people.alice)


ASKED = "Where do you stand in this?"


def test_is_registered() -> None:
    assert any(isinstance(layer, DiscussionLayer) for layer in registered_layers())


def test_marks_and_cards_hang_where_the_words_are(people: People, reading: Reading) -> None:
    mine = say(reading, people.carol)
    theirs = say(reading, people.dan, block="p2", quote="no method is older", kind="question")
    found = content(reading, people.carol)
    assert [(mark.block_key, mark.card, mark.author) for mark in found.marks] == [
        ("p1", f"t{mine.pk}", people.carol.pk),
        ("p2", f"t{theirs.pk}", people.dan.pk),
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
    assert [(mark.block_key, mark.begins) for mark in found.marks] == [("p1", True), ("p2", False)]
    assert [card.block_key for card in found.beside] == ["p1"]


def test_whole_paragraph_has_a_card_and_no_mark(people: People, reading: Reading) -> None:
    say(reading, people.carol, quote="")
    found = content(reading, people.dan)
    assert found.marks == []
    assert len(found.beside) == 1


def test_threads_about_everything_stand_at_the_end(people: People, reading: Reading) -> None:
    say(reading, people.carol, "On the whole.", block="")
    found = content(reading, people.grace)
    (card,) = found.at_end
    assert card.html
    assert "On the whole." in card.html()
    assert found.beside == []


def test_card_tells_author_replies_quote_and_first_words(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "What *is* it?", audience="group")
    answer(thread, people.bob)
    (card,) = cards(reading, people.bob)
    assert (card.who, card.replies, card.quote, card.first) == (
        "Carol",
        1,
        WORDS,
        "What is it?",
    )
    assert card.audience == "Monday"
    assert card.shown_under == "group all"
    write = content(reading, people.bob).beside[0].html
    assert write
    html = write()
    assert 'data-show="group all"' in fill(html, Own(people.bob.pk))
    assert 'data-show="mine group all" data-own' in fill(html, Own(people.carol.pk))


def test_new_is_what_others_said_since_the_last_visit(people: People, reading: Reading) -> None:
    ago = timezone.now() - timedelta(hours=2)
    old = say(reading, people.dan, "Old.", at=ago)
    say(reading, people.carol, "Mine.", block="p2", quote="")
    new = say(reading, people.dan, "New.", block="p3", quote="")
    page = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert "data-unread" not in page  # never here before: nothing is new
    assert unread(reading, people.carol) == {new.pk}
    answer(old, people.dan)
    assert unread(reading, people.carol) == {new.pk, old.pk}
    hidden(first_of(new), people.alice)
    assert unread(reading, people.carol) == {old.pk}


def test_highlights_are_marked_and_not_counted(people: People, reading: Reading) -> None:
    say(reading, people.carol, "", audience="me")
    found = content(reading, people.carol)
    assert len(found.marks) == len(found.beside) == 1
    assert found.counts == {}
    assert content(reading, people.alice).marks == []


def test_guest_gets_no_form(people: People, reading: Reading) -> None:
    tools = LAYER.tools(reading=reading, membership=people.grace)
    assert [one.template for one in tools] == ["discussions/_new_sheet.html"]
    tools = LAYER.tools(reading=reading, membership=people.carol)
    assert "discussions/_composer.html" in {one.template for one in tools}


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
    add_prompts(people, reading, ASKED)
    thread = Thread.objects.get()
    assert (thread.kind, thread.audience, thread.author) == ("guide", "seminar", people.alice)
    assert first_of(thread).html == f"<p>{ASKED}</p>"
    found = content(reading, people.carol)
    assert found.marks[0].audience == "guide"
    assert found.talk[0].shown_under == "mine group all"
    page = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert "Prompt" in page
    assert ASKED in page


def test_new_guide_takes_off_what_nobody_answered(people: People, reading: Reading) -> None:
    add_prompts(people, reading, "One?", "Two?")
    one, two = Thread.objects.order_by("pk")
    answer(one, people.carol)
    gone = answer(two, people.dan)
    withdraw(comment=gone, by=people.dan)
    add_prompts(people, reading)
    assert list(Thread.objects.visible_to(people.carol)) == [one]


def test_answered_prompt_that_comes_again_is_not_doubled(people: People, reading: Reading) -> None:
    add_prompts(people, reading, ASKED)
    answer(Thread.objects.get(), people.carol)
    add_prompts(people, reading)
    add_prompts(people, reading, ASKED, "Another?")
    bodies = [first_of(thread).body for thread in Thread.objects.visible_to(people.dan)]
    assert bodies == [ASKED, "Another?"]


def test_a_prompt_that_comes_back_is_the_same_thread(people: People, reading: Reading) -> None:
    add_prompts(people, reading, ASKED)
    thread = Thread.objects.get()
    add_prompts(people, reading)
    assert not Thread.objects.visible_to(people.carol).exists()
    add_prompts(people, reading, ASKED)
    assert list(Thread.objects.visible_to(people.carol)) == [thread]


def test_a_corrected_prompt_keeps_its_answers_and_what_it_said(
    people: People, reading: Reading
) -> None:
    add_prompts(people, reading, ASKED)
    thread = Thread.objects.get()
    reply = answer(thread, people.carol)
    add_prompts(people, reading, "Where do you stand in that?")
    opening = first_of(Thread.objects.get())
    assert opening.body == "Where do you stand in that?"
    assert opening.html == "<p>Where do you stand in that?</p>"
    assert [revision.body for revision in opening.revisions.all()] == [ASKED]
    assert reply.thread.comments.count() == 2


def test_a_moved_prompt_takes_its_thread_along(people: People, reading: Reading) -> None:
    add_prompts(people, reading, ASKED)
    thread = Thread.objects.get()
    answer(thread, people.carol)
    add_prompts(people, reading, ASKED, quote="another place")
    (moved,) = Thread.objects.visible_to(people.dan)
    assert moved == thread
    assert moved.passage
    assert moved.passage.quote == "another place"
    assert Passage.objects.filter(threads=thread).count() == 1
    assert not Passage.objects.filter(guide_items=None, threads=None).exists()


def test_another_prompt_in_its_place_is_another_thread(people: People, reading: Reading) -> None:
    add_prompts(people, reading, ASKED)
    thread = Thread.objects.get()
    answer(thread, people.carol)
    add_prompts(people, reading, "What would a printer say of so wide an edge?")
    old, new = Thread.objects.visible_to(people.dan).order_by("pk")
    assert old == thread
    assert first_of(old).body == ASKED
    assert new.comment_count == 1


def test_a_prompt_whose_words_were_taken_back_begins_anew(people: People, reading: Reading) -> None:
    add_prompts(people, reading, ASKED)
    withdraw(comment=first_of(Thread.objects.get()), by=people.alice)
    add_prompts(people, reading, ASKED)
    (thread,) = Thread.objects.visible_to(people.carol)
    assert first_of(thread).body == ASKED


def test_another_instructor_may_correct_a_prompt(people: People, reading: Reading) -> None:
    add_prompts(people, reading, ASKED)
    answer(Thread.objects.get(), people.carol)
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    text = f'---\nguide: 1\ntitle: T\n---\n## Prompt ¶ 1 "{WORDS}"\n\nWhere do you stand now?\n'
    apply_guide(reading=reading, text=text, by=people.bob)
    opening = first_of(Thread.objects.get())
    assert opening.body == "Where do you stand now?"
    assert opening.author == people.alice
    assert opening.revisions.get().editor == people.bob


def test_members_threads_stay_when_a_guide_goes(people: People, reading: Reading) -> None:
    thread = say(reading, people.alice)
    add_prompts(people, reading, ASKED)
    add_prompts(people, reading)
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
