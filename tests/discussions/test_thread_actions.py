"""Starting threads, and taking highlights off."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from discussions.common.errors import NothingToPost
from discussions.models import Comment, Thread
from discussions.threads.actions import remove_highlight, start_thread
from readings.models import Passage, Reading
from readings.passages.segments import PassageNotFound, Segment
from seminars.models import Membership
from tests.at_once import at_once
from tests.base import People, make_people, make_reading
from tests.discussions.base import WORDS, answer, say


def test_thread_hangs_from_the_words_and_has_its_first_comment(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.carol, "*Which* text?", audience="group", kind="question")
    assert thread.passage is not None
    assert thread.passage.quote == WORDS
    assert thread.group == people.monday
    assert (thread.kind, thread.audience) == ("question", "group")
    assert (thread.comment_count, thread.last_seq) == (1, 1)
    comment = thread.comments.get()
    assert (comment.seq, comment.depth, comment.parent) == (1, 0, None)
    assert comment.html == "<p><em>Which</em> text?</p>"


def test_words_may_stretch_over_blocks(people: People, reading: Reading) -> None:
    segments = [Segment("p2", quote="a conversation begins"), Segment("p1", quote=WORDS)]
    thread = start_thread(
        reading=reading,
        segments=segments,
        audience="seminar",
        kind="comment",
        body="Both.",
        by=people.carol,
    )
    assert [row.block_key for row in thread.passages()] == ["p1", "p2"]


def test_highlight_is_quoted_words_without_a_comment(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "", audience="me")
    assert thread.is_highlight
    assert not thread.comments.exists()
    assert thread.comment_count == 0


@pytest.mark.parametrize("segments", [[], [Segment("p1")]])
def test_nothing_at_all_is_refused(
    people: People, reading: Reading, segments: list[Segment]
) -> None:
    with pytest.raises(NothingToPost):
        start_thread(
            reading=reading,
            segments=segments,
            audience="me",
            kind="comment",
            body=" \n ",
            by=people.carol,
        )
    assert not Thread.objects.exists()


def test_words_that_are_not_there_leave_nothing_behind(people: People, reading: Reading) -> None:
    with pytest.raises(PassageNotFound):
        say(reading, people.carol, quote="words of another essay")
    assert not Thread.objects.exists()
    assert not Passage.objects.exists()


def test_whole_reading(people: People, reading: Reading) -> None:
    assert say(reading, people.carol, block="").passage is None


def test_who_may_not(people: People, reading: Reading) -> None:
    with pytest.raises(PermissionDenied):
        say(reading, people.grace)
    with pytest.raises(PermissionDenied):
        say(reading, people.alice, audience="group")  # is in no group
    with pytest.raises(PermissionDenied):
        say(reading, people.carol, kind="guide")  # prompts come from a guide


def test_same_key_is_the_same_thread(people: People, reading: Reading) -> None:
    key = uuid.uuid4()
    first = say(reading, people.carol, client_key=key)
    assert say(reading, people.carol, client_key=key) == first
    assert say(reading, people.dan, client_key=key) != first
    assert Thread.objects.count() == 2
    assert Passage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_make_one_thread_and_one_comment(transactional_db: None) -> None:
    people = make_people()
    reading = make_reading(people)
    key = uuid.uuid4()
    made = at_once(*[lambda: say(reading, people.carol, client_key=key)] * 4)
    assert [type(one) for one in made] == [Thread] * 4, made
    assert len({one.pk for one in made}) == 1
    assert Passage.objects.count() == 1
    assert Comment.objects.count() == 1


def test_highlight_is_removed_by_its_owner_alone(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "")
    with pytest.raises(PermissionDenied):
        remove_highlight(thread=thread, by=people.dan)
    remove_highlight(thread=thread, by=people.carol)
    assert not Thread.objects.visible_to(people.carol).exists()


def test_highlight_that_was_answered_stays(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "")
    answer(thread, people.dan)
    with pytest.raises(PermissionDenied):
        remove_highlight(thread=thread, by=people.carol)
    assert Thread.objects.visible_to(people.dan).get() == thread


def test_audience_is_of_the_group_one_has_when_posting(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, audience="group")
    Membership.objects.filter(pk=people.carol.pk).update(group=people.thursday)
    thread.refresh_from_db()
    assert thread.group == people.monday
    assert not Thread.objects.visible_to(people.dan).exists()
