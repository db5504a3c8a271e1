"""All that one has written in a seminar, wherever one and the words have gone since."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.models import Comment
from discussions.moderation.actions import lock
from readings.models import Reading
from readings.setup.actions import remove_reading, restore_reading
from seminars.actions import update_membership
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, hidden, say, url

PAGE = "/s/seminar/mine/"


def page(people: People, who: str = "carol") -> str:
    return " ".join(people.client(who).get(PAGE).content.decode().split())


@pytest.fixture
def reply(people: People, reading: Reading) -> Comment:
    """Carol's reply in a thread of the Monday group, which she has left since."""
    thread = say(reading, people.bob, "For Monday.", audience="group")
    reply = answer(thread, people.carol, "A secret of mine.")
    update_membership(
        membership=people.carol, role="participant", group=people.thursday, by=people.alice
    )
    return reply


def test_words_in_a_group_that_one_has_left_can_be_read(people: People, reply: Comment) -> None:
    text = page(people)
    assert "A secret of mine." in text
    assert "your group or your role has changed" in text
    assert "For Monday." not in text
    assert "In its place" not in text
    assert people.client("carol").get(reply.thread.get_absolute_url()).status_code == 404


def test_words_out_of_reach_say_what_closed_them(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Mine.")
    changed = "your group or your role has changed"
    assert changed not in page(people)
    reading.opens_at = timezone.now() + timedelta(days=1)
    reading.save()
    assert "The reading is closed until it opens." in page(people)
    reading.opens_at = None
    reading.save()
    remove_reading(reading=reading, by=people.alice)
    text = page(people)
    assert "The reading was taken away. An instructor can put it back." in text
    assert changed not in text
    address = url("comment_withdrawal", reading, first_of(thread).pk)
    people.client("carol").post(address, {"mine": "1"})
    assert "The reading was taken away" in page(people)
    restore_reading(reading=reading, by=people.alice)
    assert "Its thread is gone." in page(people)
    update_membership(membership=people.carol, role="guest", group=None, by=people.alice)
    Reading.objects.update(open_to_guests=False)
    assert "The reading is not open to guests." in page(people)


def test_each_says_who_may_read_it(people: People, reading: Reading) -> None:
    for audience, label in (("me", "Only you"), ("staff", "Staff only"), ("group", "Monday")):
        say(reading, people.carol, f"For {audience}.", audience=audience)
        found = page(people)
        assert found.index(f'<span class="tag">{label}</span>') < found.index(f"For {audience}.")
    assert page(people).count('class="tag"') == 3


def test_and_withdrawn_and_put_back(people: People, reply: Comment) -> None:
    address = url("comment_withdrawal", reply.thread.reading, reply.pk)
    for data, state in (({}, "withdrawn"), ({"undo": "1"}, "published")):
        response = people.client("carol").post(address, data | {"mine": "1"})
        assert response.headers["Location"] == f"{PAGE}#c{reply.pk}"
        reply.refresh_from_db()
        assert reply.state == state


def test_a_withdrawal_from_elsewhere_leads_here_too(people: People, reply: Comment) -> None:
    address = url("comment_withdrawal", reply.thread.reading, reply.pk)
    client = people.client("carol")
    for data in ({}, {"undo": "1"}):
        response = htmx(client, "post", address, data)
        assert response.headers["HX-Redirect"] == f"{PAGE}#c{reply.pk}"
        assert response.content == b"", "nothing of what others say there"


def test_one_whose_role_is_lowered_takes_words_back_for_good(
    people: People, reading: Reading
) -> None:
    mine = first_of(say(reading, people.carol, "Said as a participant."))
    update_membership(membership=people.carol, role="guest", group=None, by=people.alice)
    reading.open_to_guests = False
    reading.save()
    text = page(people)
    assert "Said as a participant." in text
    assert "Withdraw for good" in text
    address = url("comment_withdrawal", reading, mine.pk)
    assert people.client("carol").post(address).status_code == 302
    mine.refresh_from_db()
    assert mine.is_withdrawn
    assert people.client("carol").post(address, {"undo": "1"}).status_code == 403


def test_hidden_words_are_told_with_the_reason(people: People, reading: Reading) -> None:
    hidden(first_of(say(reading, people.carol, "Too much.")), people.alice)
    text = page(people)
    assert "Hidden by staff: Off the topic" in text
    assert "Staff say: Stay with the text." in text
    assert "Too much." in text


def test_withdrawn_words_say_whether_they_can_be_put_back(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Mine.")
    answer(thread, people.dan)
    address = url("comment_withdrawal", reading, first_of(thread).pk)
    people.client("carol").post(address)
    assert "Put back" in page(people)
    lock(thread=thread, by=people.alice)
    text = page(people)
    assert "Put back" not in text
    assert "The thread is locked: this comment cannot be put back." in text


def test_nobody_elses_words(people: People, reading: Reading) -> None:
    say(reading, people.dan, "Words of Dan.")
    assert "Words of Dan." not in page(people)
    assert "Nothing written yet" in page(people)


def test_pages_by_key_in_a_fixed_number_of_queries(people: People, reading: Reading) -> None:
    client = people.client("carol")
    counts = []
    for size in (2, 40):
        for index in range(size):
            say(reading, people.carol, f"Remark {index}.")
        with CaptureQueriesContext(connection) as queries:
            text = client.get(PAGE).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Remark 39." in text
    assert "Remark 5." not in text
    older = Comment.objects.order_by("-pk")[29].pk
    assert f'href="?before={older}"' in text
    assert "Remark 5." in client.get(f"{PAGE}?before={older}").content.decode()


def test_newest_first_whatever_their_numbers(people: People, reading: Reading) -> None:
    """As of comments that were brought in, long after they were written, some at one moment."""
    noon = timezone.now()
    written = []
    for index in range(35):
        comment = first_of(say(reading, people.carol, f"Remark {index:02}."))
        minutes = 99 if index == 34 else 40 if 3 <= index <= 8 else index
        Comment.objects.filter(pk=comment.pk).update(created_at=noon - timedelta(minutes=minutes))
        written.append((-minutes, comment.pk, f"Remark {index:02}."))
    client, place, seen = people.client("carol"), PAGE, []
    while place:
        text = client.get(place).content.decode()
        seen += re.findall(r"Remark \d\d\.", text)
        older = re.search(r'href="(\?before=\d+)"', text)
        place = f"{PAGE}{older[1]}" if older else ""
    assert seen == [words for *_, words in sorted(written, reverse=True)]
