"""A reading moves to a new text and back; no word that people pointed at is lost on the way."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.models import Thread
from readings.drafts.actions import AlreadyPublished, publish
from readings.essays.document_rows import essay_fields, metadata_of
from readings.models import (
    Block,
    Passage,
    Placement,
    Reading,
    ReanchoredPassage,
    Reanchoring,
    Revision,
    Visit,
)
from readings.passages.segments import Segment, create_passage, segments_of
from readings.revisions.actions import (
    CannotMove,
    CannotPlace,
    CannotWithdraw,
    leave_passage,
    move_reading,
    place_passage,
    undo_placing,
    withdraw_revision,
)
from tests.base import PARAGRAPHS, People, make_people, make_reading
from tests.discussions.base import say
from tests.examples import examples
from tests.readings.revised import REVISED, draft_of, revise, standing


def passage(reading: Reading, block: str, quote: str = "") -> Passage:
    return create_passage(reading=reading, segments=[Segment(block, quote=quote)])


def reanchored(one: Passage) -> ReanchoredPassage:
    return ReanchoredPassage.objects.get(passage=one)


# --- Moving --------------------------------------------------------------------------------------
def test_blocks_keep_their_keys(reading: Reading) -> None:
    revision = revise(reading, REVISED)
    keys = list(revision.blocks.values_list("key", flat=True))
    assert keys[:3] == ["h0", "h1", "p1"]
    assert keys[-1] == "p3"
    assert revision.number == 2


def test_each_passage_finds_its_place_or_says_that_it_has_none(reading: Reading) -> None:
    kept = passage(reading, "p3", "Printers left it wide")
    gone = passage(reading, "p2", "a conversation begins")
    block = passage(reading, "p1")
    revision = revise(reading, REVISED)
    assert reading.revision == revision
    kept.refresh_from_db()
    assert (kept.placement, kept.quote) == ("exact", "Printers left it wide")
    gone.refresh_from_db()
    assert gone.placement == Placement.UNANCHORED
    assert (gone.start, gone.quote) == (None, "")
    assert gone.earlier_quote == "a conversation begins"
    block.refresh_from_db()
    assert block.block_key == "p1"
    assert block.is_whole_block
    made = Reanchoring.objects.get()
    assert (made.from_revision.number, made.to_revision.number) == (1, 2)
    assert made.passages.count() == 3
    assert reanchored(gone).before[0]["quote"] == "a conversation begins"


def test_words_that_changed_keep_what_they_were(reading: Reading) -> None:
    one = passage(reading, "p2", "Where two readers stop at the same words, a conversation begins")
    changed = (
        "Where two readers stop at the same words, a long conversation begins; no method is older."
    )
    revise(reading, [PARAGRAPHS[0], changed, PARAGRAPHS[2]])
    one.refresh_from_db()
    assert one.placement == Placement.CHANGED
    assert one.quote == "Where two readers stop at the same words, a long conversation begins"
    assert one.earlier_quote.endswith("same words, a conversation begins")
    text = Block.objects.get(revision=reading.revision, key=one.block_key).text
    assert text[one.start : one.end] == one.quote
    # The next revision leaves these words alone: people still wrote about the earlier ones.
    revise(reading, [PARAGRAPHS[0], changed, "Another end of the whole essay altogether."])
    one.refresh_from_db()
    assert one.placement == Placement.CHANGED
    assert one.earlier_quote.endswith("same words, a conversation begins")
    # And when the first words come back, nothing has changed for whoever wrote about them.
    revise(reading, PARAGRAPHS)
    one.refresh_from_db()
    assert (one.placement, one.earlier_quote) == ("exact", "")
    assert one.quote.endswith("same words, a conversation begins")


def test_a_whole_paragraph_goes_with_its_text(reading: Reading) -> None:
    one = passage(reading, "p1")
    revise(reading, REVISED)
    one.refresh_from_db()
    assert one.is_whole_block
    assert (one.placement, one.earlier_quote) == ("changed", PARAGRAPHS[0])
    revise(reading, [*REVISED, "A last paragraph, which is new."])
    one.refresh_from_db()
    assert (one.placement, one.earlier_quote) == ("changed", PARAGRAPHS[0])
    revise(reading, PARAGRAPHS)
    one.refresh_from_db()
    assert (one.is_whole_block, one.placement, one.earlier_quote) == (True, "exact", "")


def test_words_that_come_back_are_found_again(reading: Reading) -> None:
    one = passage(reading, "p2", "a conversation begins")
    whole = passage(reading, "p2")
    first = standing(reading)
    revise(reading, [PARAGRAPHS[0], PARAGRAPHS[2]])
    for row in (one, whole):
        row.refresh_from_db()
        assert row.placement == Placement.UNANCHORED
    assert whole.earlier_quote == PARAGRAPHS[1]
    revise(reading, PARAGRAPHS)
    for row in (one, whole):
        row.refresh_from_db()
        assert row.quote == first[row.pk][0]["quote"]
        assert Block.objects.get(revision=reading.revision, key=row.block_key).text == PARAGRAPHS[1]
    assert whole.is_whole_block


def test_a_chain_keeps_its_first_row(reading: Reading) -> None:
    segments = [
        Segment("p1", quote="each reader stops at another place."),
        Segment("p2", quote="Where two readers stop"),
    ]
    first = create_passage(reading=reading, segments=segments)
    thread = say(reading, reading.created_by)
    joined = f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"
    revise(reading, [joined, PARAGRAPHS[2]])
    rows = segments_of(Passage.objects.filter(reading=reading))[first.pk]
    assert rows[0].pk == first.pk
    assert Thread.objects.get(pk=thread.pk).passage_id == thread.passage_id
    revision = reading.revision
    withdraw_revision(revision=revision, by=reading.created_by.user)
    reading.refresh_from_db()
    rows = segments_of(Passage.objects.filter(reading=reading))[first.pk]
    assert [row.quote for row in rows] == [segment.quote for segment in segments]


def test_who_stopped_at_a_block_that_is_gone_goes_on_above_it(
    people: People, reading: Reading
) -> None:
    Visit.objects.create(
        seminar=reading.seminar, reading=reading, membership=people.carol, place="p2"
    )
    Visit.objects.create(
        seminar=reading.seminar, reading=reading, membership=people.dan, place="p3"
    )
    revise(reading, [PARAGRAPHS[0], PARAGRAPHS[2]])
    assert Visit.objects.get(membership=people.carol).place == "p1"
    assert Visit.objects.get(membership=people.dan).place == "p3"


def test_only_an_instructor_moves_and_only_forward(people: People, reading: Reading) -> None:
    revision = revise(reading, REVISED, move=False)
    assert reading.revision.number == 1
    other = make_people("other").alice
    for member in (people.bob, people.carol, other):
        with pytest.raises(PermissionDenied):
            move_reading(reading=reading, revision=revision, by=member)
    made = move_reading(reading=reading, revision=revision, by=people.alice)
    assert move_reading(reading=reading, revision=revision, by=people.alice) == made
    with pytest.raises(CannotMove):
        move_reading(
            reading=reading, revision=reading.essay.revisions.get(number=1), by=people.alice
        )
    assert Reanchoring.objects.count() == 1


def test_a_reading_of_another_seminar_stays_where_it_is(people: People, reading: Reading) -> None:
    others = make_people("other")
    theirs = make_reading(others)
    Reading.objects.filter(pk=theirs.pk).update(essay=reading.essay, revision=reading.revision)
    draft = draft_of(reading, REVISED)
    publish(
        draft=draft,
        metadata=essay_fields(metadata_of(reading.essay)),
        by=people.alice.user,
        readings=[reading.pk, theirs.pk],
    )
    reading.refresh_from_db()
    theirs.refresh_from_db()
    assert (reading.revision.number, theirs.revision.number) == (2, 1)


def test_drafts_are_numbered_as_they_are_published(people: People, reading: Reading) -> None:
    first, second = draft_of(reading, REVISED), draft_of(reading, [*PARAGRAPHS, "One more."])
    for draft, number in ((second, 2), (first, 3)):
        assert publish(draft=draft, metadata={}, by=people.alice.user).number == number
    with pytest.raises(AlreadyPublished):
        publish(draft=first, metadata={}, by=people.alice.user)
    assert Revision.objects.filter(essay=reading.essay).count() == 3


# --- Withdrawing ---------------------------------------------------------------------------------
def test_withdrawing_restores_passages_and_particulars(people: People, reading: Reading) -> None:
    passage(reading, "p2", "a conversation begins")
    passage(reading, "p3", "Printers left it wide")
    before = standing(reading)
    revision = publish(
        draft=draft_of(reading, REVISED),
        metadata={**essay_fields(metadata_of(reading.essay)), "title": "On wide margins"},
        by=people.alice.user,
        readings=[reading.pk],
    )
    reading.refresh_from_db()
    assert reading.essay.title == "On wide margins"
    assert withdraw_revision(revision=revision, by=people.alice.user) == 1
    reading = Reading.objects.get(pk=reading.pk)
    assert (reading.revision.number, reading.essay.title) == (1, "On margins")
    assert standing(reading) == before
    revision.refresh_from_db()
    assert revision.withdrawn_by == people.alice.user


def test_what_was_made_since_is_placed_or_kept(people: People, reading: Reading) -> None:
    revision = revise(reading, REVISED)
    stays = say(reading, people.carol, block="p3", quote="Printers left it wide")
    new_block = Block.objects.get(revision=revision, text=REVISED[1]).key
    lost = say(reading, people.carol, block=new_block, quote="Printers pay for margins")
    withdraw_revision(revision=revision, by=people.alice.user)
    reading.refresh_from_db()
    stays.refresh_from_db()
    lost.refresh_from_db()
    assert stays.passage is not None
    assert lost.passage is not None
    assert (stays.passage.placement, stays.passage.quote) == ("exact", "Printers left it wide")
    assert lost.passage.placement == Placement.UNANCHORED
    assert lost.passage.earlier_quote == "Printers pay for margins"


def test_revisions_are_withdrawn_one_after_the_other(people: People, reading: Reading) -> None:
    one = passage(reading, "p2", "a conversation begins")
    before = standing(reading)
    second = revise(reading, REVISED)
    later = say(reading, people.carol, block="p3", quote="filled it with their doubts")
    third = revise(reading, [*REVISED, "One more paragraph at the end of the essay."])
    with pytest.raises(CannotWithdraw, match="later"):
        withdraw_revision(revision=second, by=people.alice.user)
    withdraw_revision(revision=third, by=people.alice.user)
    reading.refresh_from_db()
    assert reading.revision == second
    assert withdraw_revision(revision=third, by=people.alice.user) == 0, "it is done"
    withdraw_revision(revision=second, by=people.alice.user)
    reading.refresh_from_db()
    assert reading.revision.number == 1
    assert standing(reading)[one.pk] == before[one.pk]
    later.refresh_from_db()
    assert later.passage is not None
    assert later.passage.quote == "filled it with their doubts"
    with pytest.raises(CannotWithdraw, match="first"):
        withdraw_revision(revision=reading.revision, by=people.alice.user)
    # The number of what was withdrawn is not given again.
    assert revise(reading, REVISED).number == 4


def test_a_reading_that_began_with_the_revision_goes_to_the_one_before(
    people: People, reading: Reading
) -> None:
    revision = revise(reading, REVISED, move=False)
    Reading.objects.filter(pk=reading.pk).update(revision=revision)
    reading.refresh_from_db()
    thread = say(reading, people.carol, block="p3", quote="Printers left it wide")
    withdraw_revision(revision=revision, by=people.alice.user)
    reading.refresh_from_db()
    thread.refresh_from_db()
    assert reading.revision.number == 1
    assert thread.passage is not None
    assert thread.passage.quote == "Printers left it wide"


def test_only_who_brought_it_in_withdraws(people: People, reading: Reading) -> None:
    revision = revise(reading, REVISED)
    with pytest.raises(PermissionDenied):
        withdraw_revision(revision=revision, by=people.bob.user)
    reading.refresh_from_db()
    assert reading.revision == revision


# --- By hand -------------------------------------------------------------------------------------
def test_placing_by_hand_and_taking_it_back(people: People, reading: Reading) -> None:
    one = passage(reading, "p2", "a conversation begins")
    before = standing(reading)
    revision = revise(reading, REVISED)
    moved = reanchored(one)
    with pytest.raises(PermissionDenied):
        place_passage(moved=moved, segments=[Segment("p3")], by=people.bob)
    place_passage(moved=moved, segments=[Segment("p3", quote="left it wide")], by=people.alice)
    one.refresh_from_db()
    assert (one.block_key, one.quote, one.placement) == ("p3", "left it wide", "changed")
    assert one.earlier_quote == "a conversation begins"
    moved.refresh_from_db()
    assert moved.decided_by == people.alice
    undo_placing(moved=moved, by=people.alice)
    one.refresh_from_db()
    moved.refresh_from_db()
    assert (one.placement, moved.decided_at) == ("unanchored", None)
    leave_passage(moved=moved, by=people.alice)
    moved.refresh_from_db()
    assert moved.decided_at is not None
    place_passage(moved=moved, segments=[Segment("p3", quote="left it wide")], by=people.alice)
    withdraw_revision(revision=revision, by=people.alice.user)
    assert standing(reading) == before


def test_nothing_is_placed_in_a_text_that_has_changed_again(
    people: People, reading: Reading
) -> None:
    one = passage(reading, "p2", "a conversation begins")
    revise(reading, REVISED)
    moved = reanchored(one)
    revise(reading, [*REVISED, "One more paragraph at the end of the essay."])
    with pytest.raises(CannotPlace):
        leave_passage(moved=moved, by=people.alice)


# --- Any edits -----------------------------------------------------------------------------------
SENTENCES = [
    *(sentence for paragraph in PARAGRAPHS for sentence in paragraph.split("; ")),
    "Doubt is a kind of margin too.",
    "Nobody reads the same page twice.",
    "中国与北约 在边上。",
]
PARAGRAPH = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=examples(25),
    deadline=None,
)
@given(data=st.data())
def test_moving_and_withdrawing_restores_every_row(people: People, data: Any) -> None:
    texts = st.lists(PARAGRAPH, min_size=1, max_size=5)
    Reading.objects.filter(slug="any").delete()
    first = data.draw(texts)
    reading = make_reading(people, slug="any", paragraphs=first)
    for _ in range(data.draw(st.integers(1, 5))):
        number = data.draw(st.integers(1, len(first)))
        start = data.draw(st.integers(0, len(first[number - 1]) - 1))
        end = data.draw(st.integers(start + 1, len(first[number - 1])))
        words = first[number - 1][start:end]
        segments = [Segment(f"p{number}", start, end, words)]
        if number < len(first) and data.draw(st.booleans()):
            segments.append(Segment(f"p{number + 1}"))
        if words.strip():
            create_passage(reading=reading, segments=segments)
    before = standing(reading)
    revisions = [revise(reading, data.draw(texts)) for _ in range(data.draw(st.integers(1, 2)))]
    texts_now = dict(Block.objects.filter(revision=reading.revision).values_list("key", "text"))
    for rows in standing(reading).values():
        for row in rows:
            if row["start"] is not None:
                assert texts_now[row["block_key"]][row["start"] : row["end"]] == row["quote"]
    for revision in reversed(revisions):
        withdraw_revision(revision=revision, by=people.alice.user)
    assert standing(reading) == before
