"""Post before you peek: what others said is withheld, on every channel, until one has written."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from discussions.models import Comment, Thread
from discussions.threads import new_threads
from readings.models import Reading
from readings.setup.actions import change_settings
from seminars.actions import update_membership
from seminars.models import Event, Membership
from tests.base import People, htmx, make_reading, make_user, sign_in
from tests.discussions.base import answer, first_of, say, url
from tests.discussions.reads import been

PEER, STAFF = "Zanzibar of a peer.", "Word of staff."


@pytest.fixture
def erin(people: People) -> Membership:
    """Of Carol's group: she has written, and Carol has not."""
    return Membership.objects.create(
        seminar=people.seminar, user=make_user("erin"), group=people.monday
    )


@pytest.fixture
def withheld(people: People, erin: Membership) -> Reading:
    """A reading in which one reads others after two comments; talk of peers and of staff in it."""
    reading = make_reading(people)
    say(reading, erin, PEER)
    asked = say(reading, people.alice, STAFF, block="p2", quote="a conversation begins")
    answer(asked, erin, PEER)
    change_settings(reading=reading, by=people.alice, peek_after=2)
    reading.refresh_from_db()
    people.carol.seminar.refresh_from_db()
    return reading


Look = Callable[[People, Reading, Thread], str]


def _page(people: People, reading: Reading, asked: Thread) -> str:
    return str(people.client("carol").get(reading.get_absolute_url()).content.decode())


def _list(people: People, reading: Reading, asked: Thread) -> str:
    return str(people.client("carol").get(url("thread_list", reading)).content.decode())


def _blocks(people: People, reading: Reading, asked: Thread) -> str:
    listed = url("thread_list", reading, query="?block=p1&block=p2")
    return str(htmx(people.client("carol"), "get", listed).content.decode())


def _thread(people: People, reading: Reading, asked: Thread) -> str:
    return str(people.client("carol").get(url("thread_detail", reading, asked.pk)).content.decode())


def _card(people: People, reading: Reading, asked: Thread) -> str:
    page = htmx(people.client("carol"), "get", url("thread_detail", reading, asked.pk))
    return str(page.content.decode())


def _print(people: People, reading: Reading, asked: Thread) -> str:
    return str(people.client("carol").get(url("reading_print", reading)).content.decode())


def _annotations(people: People, reading: Reading, asked: Thread) -> str:
    whole = url("annotation_collection", reading, query="?page=all")
    return json.dumps(people.client("carol").get(whole).json(), ensure_ascii=False)


def _arrivals(people: People, reading: Reading, asked: Thread) -> str:
    come = htmx(people.client("carol"), "get", url("thread_arrivals", reading, asked.pk))
    return str(come.content.decode())


CHANNELS: dict[str, Look] = {
    "page": _page,
    "list": _list,
    "blocks": _blocks,
    "thread": _thread,
    "card": _card,
    "print": _print,
    "annotations": _annotations,
    "arrivals": _arrivals,
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_channel_tells_what_others_said_before_one_has_written(
    people: People, withheld: Reading, channel: str
) -> None:
    look = CHANNELS[channel]
    asked = Thread.objects.get(author=people.alice)
    before = look(people, withheld, asked)
    assert PEER not in before
    assert "Erin" not in before
    assert "1 reply" not in before
    if channel not in {"blocks"}:
        assert STAFF in before
    say(withheld, people.carol, "One.")
    assert PEER not in look(people, withheld, asked)
    say(withheld, people.carol, "Two.")
    assert PEER in look(people, withheld, asked)


def test_one_reads_what_one_wrote_and_what_staff_answer(people: People, withheld: Reading) -> None:
    own = say(withheld, people.carol, "My first remark.", block="p3", quote="made for this")
    answer(own, people.alice, "A word back.")
    page = _thread(people, withheld, own)
    assert "My first remark." in page
    assert "A word back." in page
    text = _page(people, withheld, own)
    assert "My first remark." in text
    assert "1 reply" in text


def test_threads_and_comments_of_peers_are_not_found(
    people: People, withheld: Reading, erin: Membership
) -> None:
    carol = people.client("carol")
    peer = Thread.objects.get(author=erin)
    reply = Comment.objects.get(author=erin, seq=2)
    for name, pk in (
        ("thread_detail", peer.pk),
        ("comment_detail", first_of(peer).pk),
        ("comment_detail", reply.pk),
        ("comment_revisions", reply.pk),
        ("comment_reports", reply.pk),
    ):
        assert carol.get(url(name, withheld, pk)).status_code == 404
    asked = url("thread_list", withheld, query=f"?comment={reply.pk}")
    assert carol.get(asked).status_code == 404
    posted = {"body": "To you.", "parent": reply.pk}
    response = carol.post(url("comment_create", withheld, reply.thread_id), posted)
    assert response.status_code in {403, 422}
    assert not Comment.objects.filter(body="To you.").exists()


def test_no_hint_tells_of_them(people: People, withheld: Reading, erin: Membership) -> None:
    hints = url("reading_hints", withheld, query="?after=0")
    staff = Thread.objects.get(author=people.alice)
    told = people.client("carol").get(hints).json()["threads"]
    assert [(one["thread"], one["seq"]) for one in told] == [(staff.pk, 1)]
    answer(staff, erin, PEER)
    told = people.client("carol").get(hints).json()["threads"]
    assert [(one["thread"], one["seq"]) for one in told] == [(staff.pk, 1)]


def test_what_is_withheld_is_not_read_by_opening_or_marking(
    people: People, withheld: Reading, erin: Membership
) -> None:
    asked = Thread.objects.get(author=people.alice)
    been(withheld, people.carol)
    carol = people.client("carol")
    htmx(carol, "get", url("thread_detail", withheld, asked.pk))
    carol.post(url("reading_reads", withheld), {"client_key": str(uuid4())})
    for body in ("One.", "Two."):
        say(withheld, people.carol, body)
    page = carol.get(withheld.get_absolute_url()).content.decode()
    assert page.count('<details class="thread" name="thread"') >= 2
    assert new_threads([Membership.objects.get(pk=people.carol.pk)]) == {
        (people.carol.pk, withheld.pk): 2
    }


def test_no_event_tells_of_them(people: People, withheld: Reading, erin: Membership) -> None:
    told = Event.objects.visible_to(people.carol)
    assert not told.filter(actor=erin).exists()
    assert told.filter(actor=people.alice, kind="comment.published").exists()
    other = Event.objects.visible_to(people.alice)
    assert other.filter(actor=erin, kind="comment.published").count() == 2


@pytest.mark.parametrize("role", ["alice", "bob"])
def test_staff_read_all_of_it(people: People, withheld: Reading, role: str) -> None:
    assert PEER in people.client(role).get(withheld.get_absolute_url()).content.decode()


@pytest.mark.parametrize("audience", ["me", "staff"])
def test_what_classmates_cannot_read_opens_nothing(
    people: People, withheld: Reading, audience: str
) -> None:
    for body in ("One.", "Two."):
        say(withheld, people.carol, body, audience=audience)
    assert PEER not in _page(people, withheld, Thread.objects.get(author=people.alice))


def test_from_a_date_on_all_is_shown(people: People, withheld: Reading) -> None:
    soon = timezone.now() + timedelta(hours=1)
    Reading.objects.filter(pk=withheld.pk).update(peek_at=soon)
    asked = Thread.objects.get(author=people.alice)
    assert PEER not in _page(people, withheld, asked)
    Reading.objects.filter(pk=withheld.pk).update(peek_at=timezone.now())
    assert PEER in _page(people, withheld, asked)


def test_the_post_that_opens_it_shows_all_at_once(people: People, withheld: Reading) -> None:
    carol = people.client("carol")
    data = {"block": "p3", "body": "Mine.", "kind": "comment", "audience": "seminar"}
    listed = url("thread_list", withheld)
    first = htmx(carol, "post", listed, data)
    assert "HX-Refresh" not in first.headers
    second = htmx(carol, "post", listed, {**data, "body": "Mine again."})
    assert second.headers["HX-Refresh"] == "true"
    page = carol.get(withheld.get_absolute_url()).content.decode()
    assert "You can read now what others wrote here." in page
    assert PEER in page


def test_the_page_says_what_is_asked(people: People, withheld: Reading) -> None:
    said = "shows once you have written 2 comments of your own"
    assert said in _page(people, withheld, Thread.objects.get(author=people.alice))
    assert said in _list(people, withheld, Thread.objects.get(author=people.alice))
    assert said not in people.client("alice").get(withheld.get_absolute_url()).content.decode()


def test_one_who_has_written_is_told_nothing_of_another_reading(
    people: People, withheld: Reading, erin: Membership
) -> None:
    """Two members of one class with other readings withheld share no page of either."""
    other = make_reading(people, slug="other", paragraphs=["Another text, and short."])
    say(other, people.carol, "Carol was here.", quote="Another text")
    change_settings(reading=other, by=people.alice, peek_after=1)
    erin_reads = sign_in(erin.user).get(other.get_absolute_url()).content.decode()
    assert "Carol was here." not in erin_reads
    assert (
        "Carol was here." in people.client("carol").get(other.get_absolute_url()).content.decode()
    )
    assert PEER not in people.client("carol").get(withheld.get_absolute_url()).content.decode()
    mine = sign_in(erin.user).get(withheld.get_absolute_url()).content.decode()
    assert PEER not in mine.replace(PEER, "", 2)  # her own two


# --- Who has become something else since ---------------------------------------------------------
@pytest.fixture
def turned(people: People, withheld: Reading, erin: Membership) -> Reading:
    """Erin, who wrote as a classmate, looks after the group now; who asked is a participant."""
    second = Membership.objects.create(
        seminar=people.seminar, user=make_user("frank"), role="instructor"
    )
    update_membership(membership=erin, role="assistant", group=people.monday, by=second)
    update_membership(membership=people.alice, role="participant", group=None, by=second)
    return withheld


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_is_withheld_goes_by_what_one_was_when_one_wrote(
    people: People, turned: Reading, channel: str
) -> None:
    shown = CHANNELS[channel](people, turned, Thread.objects.get(author=people.alice))
    assert PEER not in shown
    assert "Erin" not in shown
    if channel not in {"blocks"}:
        assert STAFF in shown


def test_so_do_counts_hints_and_events(people: People, turned: Reading, erin: Membership) -> None:
    been(turned, people.carol)
    asked = Thread.objects.get(author=people.alice)
    told = people.client("carol").get(url("reading_hints", turned, query="?after=0")).json()
    assert [(one["thread"], one["seq"]) for one in told["threads"]] == [(asked.pk, 1)]
    carol = Membership.objects.get(pk=people.carol.pk)
    assert new_threads([carol]) == {(carol.pk, turned.pk): 1}
    told = Event.objects.visible_to(carol)
    assert not told.filter(actor=erin, kind="comment.published").exists()
    assert told.filter(actor=people.alice, kind="comment.published").exists()


def test_what_stands_beside_the_name_is_of_then(people: People, turned: Reading) -> None:
    for body in ("One.", "Two."):
        say(turned, people.carol, body)
    asked = Thread.objects.get(author=people.alice)
    page = re.sub(r"\s+", " ", _thread(people, turned, asked))
    assert re.search(r'Alice</b> <span class="tag">Instructor</span>', page)
    assert not re.search(r'Erin</b> <span class="tag">', page)
    answer(asked, Membership.objects.get(user__email="erin@example.org"), "Now as an assistant.")
    page = re.sub(r"\s+", " ", _thread(people, turned, asked))
    assert re.search(r'Erin</b> <span class="tag">Assistant</span>', page)
