"""A closed reading: it is read as ever, it says so, and refuses whatever would be written."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from discussions.comments.actions import reply, undo_withdrawal, withdraw
from discussions.models import Comment, Outcome, Thread
from discussions.questions import judge_question
from discussions.reactions import react
from discussions.thread_marks import create_tag, tag_thread
from quizzes.attempts.actions import submit_attempt
from quizzes.models import Attempt, Quiz
from readings.guides import apply_guide
from readings.models import Extension, Reading
from tests.base import People, htmx
from tests.discussions.base import answer, new_thread_data, say, url
from tests.forms import send
from tests.seminars.helpers import words

CLOSED = "This reading was closed on"
CHECKPOINT = "## Checkpoint ¶ 2\n\nTitle: Stop\n\n### Which?\n\n- (x) This.\n- ( ) That.\n"
GUIDE = f"---\nguide: 1\ntitle: G\n---\n\n{CHECKPOINT}"


def close(reading: Reading, **dates: Any) -> None:
    reading.closes_at = timezone.now() - timedelta(hours=1)
    for name, date in dates.items():
        setattr(reading, name, date)
    reading.save()


@pytest.fixture
def quiz(reading: Reading) -> Quiz:
    apply_guide(reading=reading, text=GUIDE, by=reading.created_by)
    return Quiz.objects.of(reading).get()


def right_answer(quiz: Quiz) -> dict[int, list[str]]:
    question = quiz.questions.get()
    return {question.pk: [str(question.choices.earliest("position").key)]}


def test_the_page_says_so_and_has_nothing_to_write_with(people: People, reading: Reading) -> None:
    client, page = people.client("carol"), reading.get_absolute_url()
    open_page = client.get(page)
    assert "comment-composer" in open_page.content.decode()
    close(reading)
    closed = client.get(page)
    assert CLOSED in words(closed)
    for there in ("comment-composer", 'value="highlight"', "Comment on the whole essay", "#plus"):
        assert there in open_page.content.decode(), there
        assert there not in closed.content.decode(), there
    assert "comment-composer" in people.client("bob").get(page).content.decode()
    assert CLOSED not in words(people.client("bob").get(page))


def test_the_page_closes_by_itself(people: People, reading: Reading) -> None:
    """Nothing changes in the database at that moment, and the browser asks with its ETag."""
    reading.closes_at = timezone.now() + timedelta(milliseconds=1500)
    reading.save()
    client, page = people.client("carol"), reading.get_absolute_url()
    client.get(page)
    first = client.get(page)
    assert client.get(page, headers={"If-None-Match": first["ETag"]}).status_code == 304
    while timezone.now() < reading.closes_at:
        pass
    later = client.get(page, headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert CLOSED in words(later)


def test_the_page_is_late_by_itself(people: People, reading: Reading) -> None:
    reading.due_at = timezone.now() + timedelta(milliseconds=1500)
    reading.save()
    client, page = people.client("carol"), reading.get_absolute_url()
    client.get(page)
    first = client.get(page)
    while timezone.now() <= reading.due_at:
        pass
    later = client.get(page, headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert "what you write now counts as late" in words(later)


def test_a_thread_and_a_reply_are_refused_with_their_words(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.dan)
    close(reading)
    client = people.client("carol")
    for name, args, data in (
        ("thread_list", (), new_thread_data(body="My own words.")),
        ("comment_create", (thread.pk,), {"body": "My own words."}),
    ):
        address = url(name, reading, *args)
        plain = client.post(address, data)
        assert plain.status_code == 403
        assert CLOSED in words(plain)
        assert "My own words." in plain.content.decode()
        by_script = htmx(client, "post", address, data)
        assert by_script.status_code == 403
        assert CLOSED in by_script.content.decode()
    assert Thread.objects.count() == 1
    assert Comment.objects.count() == 1
    assert client.get(url("thread_new", reading, query="?block=p1")).status_code == 403
    shown = words(client.get(thread.get_absolute_url()))
    assert CLOSED in shown
    assert "Reply in this thread" not in shown


def test_a_change_is_refused_and_a_withdrawal_is_not(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    comment = answer(thread, people.carol, "Second.")
    close(reading)
    client = people.client("carol")
    changed = client.post(
        url("comment_revisions", reading, comment.pk), {"body": "Other.", "version": "1"}
    )
    assert changed.status_code == 403
    assert "Other." in changed.content.decode()
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "Withdraw for good" in page
    gone = client.post(url("comment_withdrawal", reading, comment.pk), follow=True)
    assert "The reading is closed: this comment cannot be put back." in words(gone)
    undone = client.post(url("comment_withdrawal", reading, comment.pk), {"undo": "1"})
    assert undone.status_code == 403
    comment.refresh_from_db()
    assert comment.is_withdrawn
    assert "The reading is closed" in words(client.get("/s/seminar/notebook/"))


def test_actions_refuse_too(people: People, reading: Reading, quiz: Quiz) -> None:
    thread = say(reading, people.carol)
    withdraw(comment=answer(thread, people.carol), by=people.carol)
    close(reading)
    reading = Reading.objects.get(pk=reading.pk)
    withdrawn = thread.comments.get(seq=2)
    for write in (
        lambda: say(reading, people.dan, "Late."),
        lambda: say(reading, people.dan, "For me.", audience="me"),
        lambda: reply(thread=withdrawn.thread, parent=None, body="Late.", by=people.dan),
        lambda: undo_withdrawal(comment=withdrawn, by=people.carol),
        lambda: submit_attempt(
            quiz=Quiz.objects.get(), responses=right_answer(quiz), by=people.dan
        ),
    ):
        with pytest.raises(PermissionDenied, match="closed"), transaction.atomic():
            write()
    say(reading, people.bob, "Staff may.")


def test_nothing_is_said_in_one_word_either(people: People, reading: Reading) -> None:
    """Reactions, resolutions and tags: by the buttons, and by the actions behind them."""
    question = say(reading, people.carol, "Why so?", kind="question")
    answered = answer(question, people.dan, "Because.")
    judge_question(thread=question, outcome=Outcome.RESOLVED, by=people.carol)
    tag = create_tag(name="method", by=people.alice)
    client = people.client("carol")
    offered = ('name="react"', 'name="undo"', 'name="tag"')
    page = client.get(question.get_absolute_url()).content.decode()
    assert all(one in page for one in offered)
    close(reading)
    closed = client.get(question.get_absolute_url())
    assert CLOSED in words(closed)
    for gone in (*offered, 'name="outcome"'):
        assert gone not in closed.content.decode(), gone
    for name, pk, data in (
        ("comment_reactions", answered.pk, {"react": "agree"}),
        ("thread_resolution", question.pk, {"outcome": "open"}),
        ("thread_tags", question.pk, {"tag": tag.pk}),
    ):
        for response in (
            client.post(url(name, reading, pk), data),
            htmx(client, "post", url(name, reading, pk), data),
        ):
            assert response.status_code == 403
            assert CLOSED in response.content.decode(), name
    question.reading = answered.thread.reading = reading = Reading.objects.get(pk=reading.pk)
    for write in (
        lambda: react(comment=answered, kind="agree", by=people.carol),
        lambda: judge_question(thread=question, outcome=Outcome.STILL_OPEN, by=people.carol),
        lambda: tag_thread(thread=question, tag=tag, by=people.carol),
    ):
        with pytest.raises(PermissionDenied, match="closed"), transaction.atomic():
            write()
    # Staff may, and do.
    staff = people.client("alice")
    assert staff.post(url("comment_endorsement", reading, answered.pk)).status_code == 302
    reacted = staff.post(url("comment_reactions", reading, answered.pk), {"react": "agree"})
    assert reacted.status_code == 302


def test_what_was_posted_in_time_is_found_again(people: People, reading: Reading) -> None:
    """The answer was lost, and the form is sent once more after the reading closed."""
    thread, client = say(reading, people.dan), people.client("carol")
    sent = {"body": "In time.", "client_key": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}
    address = url("comment_create", reading, thread.pk)
    assert client.post(address, sent).status_code == 302
    close(reading)
    assert client.post(address, sent).status_code == 302
    assert thread.comments.count() == 2


def test_a_checkpoint_cannot_be_answered(people: People, reading: Reading, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answer(quiz), by=people.dan)
    client, dans = people.client("carol"), people.client("dan")
    page = reading.get_absolute_url()
    for each in (client, dans):
        each.get(page)
    assert "Try again" in dans.get(page).content.decode()
    close(reading)
    assert "these questions cannot be answered any more" in words(client.get(page))
    assert "Try again" not in dans.get(page).content.decode()
    quiz_page = url("quiz_detail", reading, quiz.pk)
    assert "cannot be answered any more" in words(client.get(quiz_page))
    question = quiz.questions.get()
    answered = client.post(
        url("attempt_create", reading, quiz.pk),
        {f"q{question.pk}": right_answer(quiz)[question.pk]},
    )
    assert answered.status_code == 403
    assert CLOSED in words(answered)
    kept = htmx(client, "post", url("kept_answers", reading, quiz.pk), {f"q{question.pk}": "x"})
    assert kept.status_code == 403
    assert Attempt.objects.count() == 1


def test_late_answers_are_marked_for_their_author_and_staff(
    people: People, reading: Reading, quiz: Quiz
) -> None:
    reading.due_at = timezone.now() - timedelta(days=1)
    reading.save()
    submit_attempt(quiz=quiz, responses=right_answer(quiz), by=people.carol)
    page = url("quiz_detail", reading, quiz.pk)
    results = reverse("quiz_results", args=["seminar", reading.slug])
    people.client("carol").get(reading.get_absolute_url())
    assert "1 of 1 right · late" in words(people.client("carol").get(page))
    assert "Handed in late: 1" in words(people.client("alice").get(results))
    reading.late_until = timezone.now() - timedelta(hours=1)
    reading.save()
    assert "1 of 1 right · too late to count" in words(people.client("carol").get(page))
    own = people.client("carol").get(reading.get_absolute_url())
    assert "too late to count" in words(own)
    # More time, and it was never late: seen at once, though nothing else has changed.
    more = timezone.now() + timedelta(days=1)
    Extension.objects.create(
        seminar=people.seminar,
        reading=reading,
        membership=people.carol,
        given_by=people.alice,
        due_at=more,
    )
    assert " late" not in words(people.client("carol").get(page))
    assert "too late" not in words(people.client("carol").get(reading.get_absolute_url()))
    assert "Handed in late" not in words(people.client("alice").get(results))


def test_the_page_says_when_it_is_due(people: People, reading: Reading) -> None:
    page = reading.get_absolute_url()
    now = timezone.now()
    reading.due_at, reading.closes_at = now + timedelta(days=1), now + timedelta(days=9)
    reading.save()
    for key in ("alice", "carol"):
        said = words(people.client(key).get(page))
        assert "Due " in said
        assert "closes " in said or key == "alice"
    reading.due_at = now - timedelta(days=1)
    reading.save()
    assert "what you write now counts as late" in words(people.client("carol").get(page))
    assert "late" not in words(people.client("alice").get(page)).split("Where readers stop")[0]
    reading.late_until = now + timedelta(days=1)
    reading.save()
    assert "what you write until" in words(people.client("carol").get(page))
    reading.late_until = now - timedelta(hours=1)
    reading.save()
    assert "late work counts no more" in words(people.client("carol").get(page))


@pytest.mark.parametrize(
    ("dates", "field", "said"),
    [
        ({"late_until": "2030-03-01T10:00"}, "late_until", "Say first when it is due."),
        (
            {"due_at": "2030-03-02T10:00", "late_until": "2030-03-01T10:00"},
            "late_until",
            "This is before it is due.",
        ),
        (
            {"opens_at": "2030-03-02T10:00", "closes_at": "2030-03-01T10:00"},
            "closes_at",
            "This is before the reading opens.",
        ),
        (
            {"due_at": "2030-03-02T10:00", "closes_at": "2030-03-01T10:00"},
            "closes_at",
            "This is before it is due.",
        ),
        (
            {
                "due_at": "2030-03-01T10:00",
                "late_until": "2030-03-03T10:00",
                "closes_at": "2030-03-02T10:00",
            },
            "closes_at",
            "This is before late work stops to count.",
        ),
    ],
)
def test_dates_that_contradict(
    people: People, reading: Reading, dates: dict[str, str], field: str, said: str
) -> None:
    page = reverse("reading_settings", args=["seminar", reading.slug])
    response = send(people.client("alice"), page, **dates)
    assert response.status_code == 422
    assert said in words(response)
    stored = {name: f"{date}Z" for name, date in dates.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(**stored)
