"""Correcting the audit log: another row, never the same."""

from django.urls import reverse

from discussions.models import Action, Comment, Decision
from discussions.moderation.actions import hide
from tests.base import People, make_people, make_reading, markup
from tests.discussions.base import first_of, hidden, say
from tests.seminars.helpers import assert_for_instructors

SAID = "It was advertising, not off the topic."


def address(decision: Decision) -> str:
    return reverse("decision_correction", args=["seminar", decision.pk])


def test_the_entry_stays_and_the_correction_stands_beside_it(
    people: People, comment: Comment
) -> None:
    hidden(comment, people.alice)
    row = Decision.objects.get()
    client = people.client("alice")
    assert "Off the topic" in markup(client.get(address(row)))
    for _time in range(2):
        assert client.post(address(row), {"note_to_staff": SAID}).status_code == 302
    correction = Decision.objects.get(action=Action.CORRECT)
    assert (correction.corrects, correction.comment) == (row, comment)
    page = markup(client.get(reverse("decision_log", args=["seminar"])))
    assert SAID in page
    assert "Off the topic" in page
    assert f'href="#decision-{row.pk}"' in page


def test_a_correction_says_something(people: People, comment: Comment) -> None:
    hidden(comment, people.alice)
    row = Decision.objects.get()
    for nothing in ("", " ", "\u200b"):
        refused = people.client("alice").post(address(row), {"note_to_staff": nothing})
        assert refused.status_code == 422
    assert Decision.objects.count() == 1


def test_who_may(people: People, comment: Comment) -> None:
    hidden(comment, people.alice)
    row = Decision.objects.get()
    assert_for_instructors(people, address(row))
    assert_for_instructors(people, address(row), "post")
    others = make_people("elsewhere")
    theirs = first_of(say(make_reading(others, "theirs"), others.carol))
    hide(comment=theirs, reason="Spam", by=others.alice, version=1)
    elsewhere = Decision.objects.get(comment=theirs)
    assert people.client("alice").get(address(elsewhere)).status_code == 404
