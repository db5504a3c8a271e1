"""Where a question stands: after each thing that can be said or done in its thread."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from discussions.comments.actions import undo_withdrawal, withdraw
from discussions.models import Endorsement, Outcome, Resolution, Thread
from discussions.moderation.actions import hide, restore
from discussions.moderation.thread_actions import lock
from discussions.questions.actions import (
    endorse,
    judge_question,
    undo_endorsement,
    undo_judgement,
)
from readings.models import Reading
from seminars.models import Event
from tests.base import People
from tests.discussions.base import answer, first_of, say

RESOLVED, STILL_OPEN = Outcome.RESOLVED, Outcome.STILL_OPEN


def state(thread: Thread) -> str:
    """The state that is kept; and what the rule makes of all there is says the same."""
    out = StringIO()
    call_command("repair_counts", "--dry-run", stdout=out)
    assert out.getvalue() == "All counts are right.\n"
    return Thread.objects.get(pk=thread.pk).question_state


def last(thread: Thread) -> int:
    """The last word on the question."""
    return Resolution.objects.filter(thread=thread).latest("pk").pk


@pytest.fixture
def question(people: People, reading: Reading) -> Thread:
    return say(reading, people.carol, "Why so?", kind="question")


def test_a_comment_is_no_question(people: People, thread: Thread) -> None:
    answer(thread, people.dan)
    assert state(thread) == ""
    with pytest.raises(PermissionDenied):
        judge_question(thread=thread, outcome=RESOLVED, by=people.alice)
    with pytest.raises(PermissionDenied):
        endorse(comment=thread.comments.get(seq=2), by=people.alice)


def test_answered_by_somebody_else(people: People, question: Thread) -> None:
    assert state(question) == "open"
    answer(question, people.carol, "I mean the second half.")
    assert state(question) == "open"
    answer(question, people.dan)
    assert state(question) == "answered"


def test_answered_by_words_that_stand(people: People, question: Thread) -> None:
    said = answer(question, people.dan)
    withdraw(comment=said, by=people.dan)
    assert state(question) == "open"
    undo_withdrawal(comment=said, by=people.dan)
    assert state(question) == "answered"
    said.refresh_from_db()
    hide(comment=said, reason="spam", by=people.alice, version=said.version)
    assert state(question) == "open"
    said.refresh_from_db()
    restore(comment=said, by=people.alice, version=said.version)
    assert state(question) == "answered"


def test_resolved_and_back(people: People, question: Thread) -> None:
    answer(question, people.dan)
    judge_question(thread=question, outcome=RESOLVED, by=people.carol)
    assert state(question) == "resolved"
    answer(question, people.dan, "One more thing.")
    assert state(question) == "resolved"
    assert undo_judgement(thread=question, said=last(question), by=people.carol)
    assert state(question) == "answered"
    assert not undo_judgement(thread=question, said=last(question), by=people.carol)


def test_nobody_takes_back_the_word_of_another(people: People, question: Thread) -> None:
    judge_question(thread=question, outcome=RESOLVED, by=people.alice)
    assert not undo_judgement(thread=question, said=last(question), by=people.carol)
    assert state(question) == "resolved"


def test_still_open_until_somebody_says_more(people: People, question: Thread) -> None:
    answer(question, people.dan)
    judge_question(thread=question, outcome=STILL_OPEN, by=people.carol)
    assert state(question) == "open"
    answer(question, people.carol, "That is not what I asked.")
    assert state(question) == "open"
    answer(question, people.bob)
    assert state(question) == "answered"


def test_reopened_and_the_reopening_undone(people: People, question: Thread) -> None:
    judge_question(thread=question, outcome=RESOLVED, by=people.alice)
    judge_question(thread=question, outcome=STILL_OPEN, by=people.carol)
    assert state(question) == "open"
    undo_judgement(thread=question, said=last(question), by=people.carol)
    assert state(question) == "resolved"


def test_said_twice_is_said_once(people: People, question: Thread) -> None:
    assert judge_question(thread=question, outcome=STILL_OPEN, by=people.carol) is None
    said = judge_question(thread=question, outcome=RESOLVED, by=people.carol)
    assert said is not None
    assert (said.created_by, said.last_seq) == (people.carol, 1)
    assert judge_question(thread=question, outcome=RESOLVED, by=people.alice) is None
    assert Resolution.objects.count() == 1
    assert Event.objects.filter(kind="question.resolved").count() == 1


def test_an_endorsed_answer_answers(people: People, question: Thread) -> None:
    own = answer(question, people.carol, "I found it: the note says so.")
    assert state(question) == "open"
    first = endorse(comment=own, by=people.alice)
    assert state(question) == "answered"
    assert endorse(comment=own, by=people.bob) is None
    judge_question(thread=question, outcome=STILL_OPEN, by=people.carol)
    assert state(question) == "open"
    assert undo_endorsement(comment=own, by=people.bob)
    assert not undo_endorsement(comment=own, by=people.bob)
    again = endorse(comment=own, by=people.alice)
    assert state(question) == "answered"
    assert [*Endorsement.objects.values_list("pk", "undone_by")] == [
        (first and first.pk, people.bob.pk),
        (again and again.pk, None),
    ]
    withdraw(comment=own, by=people.carol)
    assert state(question) == "open"


def test_who_may_say_where_it_stands(people: People, reading: Reading, question: Thread) -> None:
    reply = answer(question, people.dan)
    for member in (people.dan, people.grace):
        with pytest.raises(PermissionDenied):
            judge_question(thread=question, outcome=RESOLVED, by=member)
    for member in (people.carol, people.dan, people.grace):
        with pytest.raises(PermissionDenied):
            endorse(comment=reply, by=member)
    endorse(comment=reply, by=people.bob)  # the question is of his group
    theirs = say(reading, people.dan, "And this?", kind="question")
    with pytest.raises(PermissionDenied):
        judge_question(thread=theirs, outcome=RESOLVED, by=people.bob)
    lock(thread=theirs, by=people.alice)
    judge_question(thread=theirs, outcome=RESOLVED, by=people.dan)
    assert state(theirs) == "resolved"


def test_nobody_endorses_their_own_words_nor_a_question(people: People, question: Thread) -> None:
    own = answer(question, people.alice)
    for comment, member in ((own, people.alice), (first_of(question), people.alice)):
        with pytest.raises(PermissionDenied):
            endorse(comment=comment, by=member)
    withdrawn = answer(question, people.dan)
    withdraw(comment=withdrawn, by=people.dan)
    with pytest.raises(PermissionDenied):
        endorse(comment=withdrawn, by=people.alice)


def test_a_wrong_state_is_set_right(people: People, question: Thread) -> None:
    Thread.objects.filter(pk=question.pk).update(question_state="resolved")
    out = StringIO()
    call_command("repair_counts", stdout=out)
    assert "and the question is open, not resolved." in out.getvalue()
    assert state(question) == "open"
