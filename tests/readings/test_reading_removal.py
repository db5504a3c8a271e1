"""An instructor takes a reading away, and puts it back: nothing that members wrote is lost."""

import re

from django.urls import reverse
from django.utils.html import strip_tags

from discussions.models import Comment
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import say
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors, words

URL = "/s/seminar/r/margins/removal/"


def test_what_hangs_on_it_is_said_first(people: People, reading: Reading) -> None:
    page = words(people.client("alice").get(URL))
    assert "Nobody has written or answered anything on it yet." in page
    say(reading, people.carol)
    say(reading, people.dan, audience="me")
    answer = people.client("alice").get(URL)
    assert "2 threads 2 comments words of 2 people" in words(answer)
    assert reverse("annotation_collection", args=["seminar", "margins"]) in answer.content.decode()


def test_it_opens_to_nobody_and_comes_back_with_all_that_was_written(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.carol)
    alice = people.client("alice")
    gone = alice.get(send(alice, URL).url)
    shown = gone.content.decode()
    said = "Nothing of it is lost: you can put it back now, or later under “Add a reading”."
    assert f"“On margins” is taken away. {said}" in " ".join(strip_tags(shown).split())
    assert f'<a href="{URL}">put it back</a>' in shown
    assert re.search(r'href="/s/seminar/readings/">\s*Add a reading', shown)
    for who in ("alice", "bob", "carol", "grace"):
        client = people.client(who)
        assert client.get(reading.get_absolute_url()).status_code == 404
        assert client.get(thread.get_absolute_url()).status_code == 404
        assert "On margins" not in words(client.get("/s/seminar/"))
        assert client.get("/").status_code == 200
    assert Comment.objects.count() == 1
    page = alice.get("/s/seminar/readings/")
    assert "taken away by Alice" in words(page)
    assert alice.post(URL, {"undo": "1"}).headers["Location"] == reading.get_absolute_url()
    assert people.client("carol").get(thread.get_absolute_url()).status_code == 200


def test_who_had_it_open_is_told_that_it_was_taken_away(people: People, reading: Reading) -> None:
    """Where they write, with their words kept; nobody else learns that it was there."""
    thread = say(reading, people.carol)
    Reading.objects.update(open_to_guests=False)
    people.client("alice").post(URL)
    written = {"block": "p1", "kind": "comment", "audience": "seminar", "body": "Some words."}
    told = "This reading was taken away from the seminar. An instructor can put it back."
    threads = f"{reading.get_absolute_url()}threads/"
    for who, is_told in {"carol": True, "bob": True, "grace": False, "mallory": False}.items():
        client = people.client(who)
        for answer in (
            client.post(threads, written),
            htmx(client, "post", threads, written),
            client.get(thread.get_absolute_url()),
            client.get(reading.get_absolute_url()),
        ):
            assert answer.status_code == 404
            assert (told in answer.content.decode()) is is_told, who
    answer = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert '<a class="btn primary" href="/s/seminar/">To the seminar</a>' in answer


def test_the_same_essay_is_put_back_and_not_read_anew(people: People, reading: Reading) -> None:
    alice = people.client("alice")
    alice.post(URL)
    answer = alice.post("/s/seminar/readings/", {"essay": reading.essay_id})
    assert answer.status_code == 422
    assert Reading.objects.count() == 1


def test_who_may(people: People, reading: Reading) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").get("/s/seminar/r/none/removal/").status_code == 404
    reading.refresh_from_db()
    assert reading.removed_at is None
