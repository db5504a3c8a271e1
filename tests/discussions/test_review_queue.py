"""The cases that wait, with the words in their place."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.comments.actions import edit_comment, withdraw
from discussions.models import Comment
from discussions.moderation.actions import dismiss, hide
from readings.models import Reading
from seminars.models import Seminar
from tests.base import People
from tests.discussions.base import WORDS, answer, first_of, hidden, reported, say
from tests.discussions.gates import assert_closed_to_strangers

PAGE = "/s/seminar/desk/reviews/"


def page(people: People, who: str = "alice") -> str:
    return str(people.client(who).get(PAGE).content.decode())


def test_case_has_all_that_a_decision_needs(people: People, comment: Comment) -> None:
    Seminar.objects.update(hide_at_reports=0)
    hidden(first_of(say(comment.thread.reading, people.dan, "Long gone.")), people.alice)
    bad = answer(comment.thread, people.dan, "You *fools*.", parent=comment)
    reported(bad, people.carol)
    reported(bad, people.grace, "off_topic")
    text = page(people)
    assert "<em>fools</em>" in text  # the words
    assert f'<mark class="mark">{WORDS}</mark>, and each reader stops' in text  # in their place
    assert "What is <em>together</em>?" in text  # what they answer
    assert "<b>Unkind or insulting</b>, says Carol: It hurts." in text
    assert "<b>Off the topic</b>, says Grace" in text
    assert f'<a href="/s/seminar/people/{people.dan.pk}/words/">Dan</a>, Thursday' in text
    assert "1 comment of theirs hidden before" in text


def test_oldest_first_and_nothing_when_empty(people: People, reading: Reading) -> None:
    assert "Nothing to review." in page(people)
    thread = say(reading, people.carol, "Older case.")
    second = answer(thread, people.carol, "Newer case.")
    reported(first_of(thread), people.dan)
    reported(second, people.dan)
    text = page(people)
    assert text.index("Older case.") < text.index("Newer case.")


def test_assistant_sees_their_own_groups_cases(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Of Monday.")
    reported(first_of(thread), people.dan)
    reported(answer(thread, people.dan, "Of Thursday."), people.carol)
    private = say(reading, people.dan, "Thursday only.", audience="group")
    reported(answer(private, people.dan, "Also Thursday."), people.alice)
    assert "Of Monday." in page(people, "bob")
    assert "Of Thursday." not in page(people, "bob")
    assert "Also Thursday." not in page(people, "bob")
    for words in ("Of Monday.", "Of Thursday.", "Also Thursday."):
        assert words in page(people)


def test_own_words_are_for_somebody_else(people: People, reading: Reading) -> None:
    reported(first_of(say(reading, people.alice, "Mine.")), people.carol)
    text = page(people)
    assert "These are your own words" in text
    assert 'value="dismiss"' not in text


def test_words_changed_since_the_report_are_marked(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    edit_comment(comment=comment, body="Softer words.", version=1, by=people.carol)
    text = page(people)
    assert "the words changed since" in text
    assert "Softer words." in text


def test_withdrawn_words_are_shown_as_they_were_reported(people: People, comment: Comment) -> None:
    answer(comment.thread, people.dan)
    item = reported(comment, people.dan)
    edit_comment(comment=comment, body="Harmless.", version=1, by=people.carol)
    for text in (page(people), page(people, "bob")):
        assert "What is <em>together</em>?" in text
        assert "Harmless." in text
    withdraw(comment=comment, by=people.carol)
    text = page(people)
    assert "What is <em>together</em>?" in text
    assert "Harmless." not in text
    assert "Its author has withdrawn it" in text
    assert f'action="/s/seminar/desk/reviews/{item.pk}/decision/"' in text
    for who in ("carol", "dan"):
        shown = people.client(who).get(comment.thread.get_absolute_url()).content.decode()
        assert "together</em>?" not in shown


def test_a_case_outlives_the_thread(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    withdraw(comment=comment, by=people.carol)
    text = page(people)
    assert "What is <em>together</em>?" in text
    assert comment.thread.get_absolute_url() not in text


def test_decided_lately_can_be_restored_by_an_instructor(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.carol, "Hidden lately."))
    reported(comment, people.dan)
    hide(comment=comment, reason="spam", by=people.bob, version=1)
    other = first_of(say(reading, people.carol, "Left standing."))
    dismiss(review_item=reported(other, people.dan), by=people.bob, review_version=1, version=1)
    text = page(people)
    assert "Hidden</b> by Bob" in text
    assert "Dismissed</b> by Bob" in text
    assert f"comments/{comment.pk}/visibility/" in text
    assert "/visibility/" not in page(people, "bob")


def test_fixed_number_of_queries(people: People, reading: Reading) -> None:
    client = people.client("alice")
    counts = []
    for size in (2, 60):
        for index in range(size):
            thread = say(
                reading, people.carol, f"Case {index}.", block=f"p{index % 3 + 1}", quote=""
            )
            first = first_of(thread)
            reported(answer(thread, people.dan, parent=first), people.carol)
            if index % 2:
                hide(comment=first, reason="spam", by=people.alice, version=1)
            else:
                reported(first, people.grace)
                hide(comment=first, reason="spam", by=people.alice, version=1)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_gates(people: People) -> None:
    assert_closed_to_strangers(people, PAGE)
    for who in ("carol", "dan", "grace"):
        assert people.client(who).get(PAGE).status_code == 403
    assert people.client("alice").post(PAGE).status_code == 405
