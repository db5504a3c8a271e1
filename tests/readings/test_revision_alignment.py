"""The alignment of two revisions: worked out once, before anything is locked, and kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anchoring import ALIGNMENT_VERSION, Alignment, align
from discussions.threads.actions import start_thread
from readings.drafts.actions import publish
from readings.models import Reading, Revision, RevisionAlignment
from readings.passages.segments import Segment
from readings.revisions import alignments
from readings.revisions.actions import move_reading, withdraw_revision
from readings.revisions.alignments import blocks_of, text_change
from tests.at_once import at_once
from tests.base import PARAGRAPHS, People, make_people, make_reading
from tests.readings.revised import REVISED, draft_of, revise

SHIFTED = [f"Let us say it again. {paragraph}" for paragraph in PARAGRAPHS]


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each alignment that is worked out, whether a transaction was open then."""
    calls: list[bool] = []

    def watched(*texts: object) -> Alignment:
        calls.append(connection.in_atomic_block)
        return align(*texts)  # type: ignore[arg-type]

    monkeypatch.setattr("readings.revisions.alignments.align", watched)
    monkeypatch.setattr("readings.drafts.publish_actions.align", watched)
    return calls


def kept() -> set[tuple[int, int]]:
    rows = RevisionAlignment.objects.values_list("from_revision__number", "to_revision__number")
    return set(rows)


def test_what_is_kept_is_what_was_found(people: People, reading: Reading) -> None:
    first = reading.revision_id
    revision = revise(reading, REVISED)
    row = RevisionAlignment.objects.get()
    assert row.algorithm == ALIGNMENT_VERSION
    found = Alignment.from_json(row.data)
    again = align(blocks_of(first), blocks_of(revision.pk))
    assert (found.pairs, found.keys) == (again.pairs, again.keys)


@pytest.mark.django_db(transaction=True)
def test_publishing_moving_and_looking_work_it_out_once_and_unlocked(
    worked_out: list[bool],
) -> None:
    people = make_people()
    reading = make_reading(people)
    revision = revise(reading, REVISED, move=False)
    assert worked_out == [False]
    client = people.client("alice")
    for _ in range(2):
        assert client.get(f"/library/revisions/{revision.pk}/changes/").status_code == 200
        assert client.get(f"{reading.get_absolute_url()}revision/").status_code == 200
    move_reading(reading=reading, revision=revision, by=people.alice)
    assert worked_out == [False]
    assert kept() == {(1, 2)}
    # The way back is another pair.
    withdraw_revision(revision=revision, by=people.alice.user)
    assert worked_out == [False, False]
    assert kept() == {(1, 2), (2, 1)}


@pytest.mark.django_db(transaction=True)
def test_a_reading_that_is_far_behind_moves_at_publishing(worked_out: list[bool]) -> None:
    people = make_people()
    reading = make_reading(people)
    revise(reading, REVISED, move=False)
    revise(reading, SHIFTED)
    assert reading.revision.number == 3
    assert kept() == {(1, 2), (2, 3), (1, 3)}
    assert worked_out == [False] * 3


@pytest.mark.django_db(transaction=True)
def test_words_chosen_two_texts_ago_are_found_without_a_lock(worked_out: list[bool]) -> None:
    people = make_people()
    reading = make_reading(people)
    seen = reading.revision_id
    revise(reading, [*PARAGRAPHS, "One more."])
    revise(reading, SHIFTED)
    worked_out.clear()
    for body in ("First.", "Second."):
        thread = start_thread(
            reading=reading,
            segments=[Segment("p3", 0, 14, "The margin was")],
            audience="seminar",
            kind="comment",
            body=body,
            by=people.carol,
            seen=seen,
        )
        assert thread.passage is not None
        assert thread.passage.quote == "The margin was"
    assert worked_out == [False]
    assert (1, 3) in kept()


def test_of_another_algorithm_it_is_worked_out_anew(
    people: People, reading: Reading, worked_out: list[bool]
) -> None:
    first = reading.revision_id
    revision = revise(reading, REVISED)
    RevisionAlignment.objects.update(algorithm=0, data={})
    worked_out.clear()
    for _ in range(2):
        assert text_change(first, revision.pk).alignment.pairs
    assert len(worked_out) == 1
    assert RevisionAlignment.objects.get().algorithm == ALIGNMENT_VERSION


def test_a_kept_one_costs_no_write(people: People, reading: Reading) -> None:
    first = reading.revision_id
    revision = revise(reading, REVISED)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        text_change(first, revision.pk)
        alignments.prepare_alignment(first, revision.pk)
    assert all(one["sql"].startswith("SELECT") for one in captured)


def test_two_drafts_published_at_once_are_two_revisions_in_a_row(transactional_db: None) -> None:
    """One works its alignment out with a text that is no longer the last: it begins again."""
    people = make_people()
    reading = make_reading(people)
    drafts = [draft_of(reading, REVISED), draft_of(reading, SHIFTED)]
    click = [
        lambda draft=draft: publish(
            draft=draft, metadata={}, by=people.alice.user, readings=[reading.pk]
        )
        for draft in drafts
    ]
    done = at_once(*click)
    assert [type(one) for one in done] == [Revision, Revision], done
    assert sorted(one.number for one in done) == [2, 3]
    assert {(1, 2), (2, 3)} <= kept()
    reading.refresh_from_db()
    assert reading.revision.number == 3
    keys = [{block.key for block in blocks_of(one.pk)} for one in done]
    assert {"h0", "h1", "p1", "p3"} <= keys[0] & keys[1]
