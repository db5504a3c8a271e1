"""What one end of a link asks of its conversation: names, dates, staff, and a gate's silence."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from discussions.comments.actions import reply, undo_withdrawal, withdraw
from discussions.links import link_kinds
from discussions.models import Comment, Thread
from discussions.reactions.reactors import why_unnamed
from readings.models import Reading
from readings.setup.actions import change_settings
from seminars.models import Membership
from tests.base import People
from tests.discussions.base import first_of, url
from tests.discussions.links import FAR_PARAGRAPHS, link, make_far_reading, narrow
from tests.readings.revised import revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(people: People, reading: Reading) -> Reading:
    return make_far_reading(people)


def as_it_is(thread: Thread) -> Thread:
    return Thread.objects.get(pk=thread.pk)


# --- Anonymity ------------------------------------------------------------------------------------
def test_a_reply_is_anonymous_where_one_of_the_two_texts_asks_for_it(
    people: People, reading: Reading, far: Reading
) -> None:
    change_settings(reading=far, by=people.alice, anonymity="required")
    far.refresh_from_db()
    thread = link(reading, far, people.carol, "Both do.")
    data = {"body": "So I said.", "client_key": "7f8c8b3e-0000-4000-8000-000000000001"}
    people.client("carol").post(url("comment_create", reading, thread.pk), data)
    said = Comment.objects.get(body="So I said.")
    assert thread.alias
    assert said.alias == thread.alias


def test_a_reply_may_be_anonymous_where_one_of_the_two_texts_allows_it(
    people: People, reading: Reading, far: Reading
) -> None:
    change_settings(reading=far, by=people.alice, anonymity="optional")
    far.refresh_from_db()
    thread = link(reading, far, people.carol, "Both do.")
    page = people.client("dan").get(url("thread_detail", reading, thread.pk)).content.decode()
    assert 'name="anonymous"' in page
    wanted = reply(thread=as_it_is(thread), parent=None, body="Hm.", by=people.dan, anonymous=True)
    assert wanted.alias


def test_who_reacted_is_not_named_where_one_of_the_two_texts_hides_names(
    people: People, reading: Reading, far: Reading
) -> None:
    thread = link(reading, far, people.carol, "Both do.")
    assert not why_unnamed(first_of(thread), people.dan)
    change_settings(reading=far, by=people.alice, anonymity="optional")
    assert why_unnamed(Comment.objects.get(thread=thread), people.dan)


# --- Dates and staff ------------------------------------------------------------------------------
def test_where_one_of_the_two_texts_is_closed_nothing_is_said_or_put_back(
    people: People, reading: Reading, far: Reading
) -> None:
    thread = link(reading, far, people.carol, "Both do.")
    other = link(reading, far, people.carol, "And again.", block="p2", quote="a conversation")
    withdraw(comment=first_of(other), by=people.carol)
    change_settings(reading=far, by=people.alice, closes_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(PermissionDenied):
        reply(thread=as_it_is(thread), parent=None, body="Still.", by=people.dan)
    with pytest.raises(PermissionDenied):
        undo_withdrawal(comment=Comment.objects.get(thread=other), by=people.carol)
    # Staff answer after that, too.
    said = reply(thread=as_it_is(thread), parent=None, body="Closed.", by=people.alice)
    assert said.is_published


def test_a_link_without_words_is_not_made_by_whose_words_wait_for_staff(
    people: People, reading: Reading, far: Reading
) -> None:
    Membership.objects.filter(pk=people.dan.pk).update(restricted_at=timezone.now())
    kind = link_kinds(reading.seminar)[0]
    data = {
        "far": far.slug,
        "block": "p1",
        "far_block": "p2",
        "link_kind": kind.pk,
        "audience": "seminar",
        "body": "",
    }
    client = people.client("dan")
    refused = client.post(url("link_new", reading), data)
    assert refused.status_code == 422
    assert "say in a few words why you link these" in refused.content.decode()
    assert not Thread.objects.filter(kind="link").exists()
    client.post(url("link_new", reading), data | {"body": "Both stop."})
    made = Thread.objects.get(kind="link")
    assert made.is_held
    assert not Thread.objects.visible_to(people.carol).filter(pk=made.pk).exists()


# --- Gates ----------------------------------------------------------------------------------------
def test_an_old_page_does_not_tell_which_words_stand_behind_a_gate(
    people: People, reading: Reading, far: Reading
) -> None:
    seen, kind = far.revision_id, link_kinds(reading.seminar)[0]
    revise(far, ["Another first one.", *FAR_PARAGRAPHS])
    narrow(people, far, "behind a gate")
    told = set()
    for key, words in (
        ("p3", "Zebulon left the gate open"),
        ("p3", "Zebulon shut the gate"),
    ):
        answer = people.client("dan").post(
            url("link_new", reading),
            {
                "far": far.slug,
                "block": "p1",
                "far_seen": seen,
                "far_block": key,
                "far_words": words,
                "link_kind": kind.pk,
                "audience": "seminar",
            },
        )
        assert answer.status_code == 422
        page = answer.content.decode()
        told.add(
            tuple(
                sentence in page
                for sentence in (
                    "The text was revised while you were reading",
                    "no longer in the text",
                    "not in this paragraph",
                )
            )
        )
    assert len(told) == 1


# --- Who made it ----------------------------------------------------------------------------------
def test_who_made_a_link_is_not_who_comments_on_it_first(
    people: People, reading: Reading, far: Reading
) -> None:
    thread = link(reading, far, people.carol)
    reply(thread=as_it_is(thread), parent=None, body="I disagree.", by=people.dan)
    answer = people.client("bob").get(f"/s/{reading.seminar.slug}/argument/csv/")
    body = b"".join(answer) if answer.streaming else answer.content
    (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    assert "Carol" in row["by"]
