"""Anonymous to classmates: another name on every channel, and who it is in the log for who asks."""

import json

import pytest

from discussions.comments import reply
from discussions.common import aliases
from discussions.models import Comment, Thread
from discussions.moderation import report
from readings.models import Anonymity, Reading
from tests.base import People, make_reading, markup
from tests.discussions.base import answer, first_of, say, url

# A name that stands nowhere else, and a group of one.
NAME = "Carolina Unmistakable"


@pytest.fixture
def reading(people: People) -> Reading:
    people.carol.user.name = NAME
    people.carol.user.save()
    return make_reading(people, anonymity=Anonymity.OPTIONAL)


@pytest.fixture
def thread(people: People, reading: Reading) -> Thread:
    """Begun by Carol, anonymously; Dan answered, and she him."""
    thread = say(reading, people.carol, "Who am I?", anonymous=True)
    said = answer(thread, people.dan)
    reply(thread=thread, parent=said, body="Nobody.", by=people.carol, anonymous=True)
    return thread


@pytest.mark.parametrize("role", ["alice", "bob", "carol", "dan", "grace"])
def test_no_channel_tells_the_name(
    people: People, reading: Reading, thread: Thread, role: str
) -> None:
    client = people.client(role)
    alias = thread.alias
    addresses = {
        "page": reading.get_absolute_url(),
        "list": url("thread_list", reading),
        "thread": url("thread_detail", reading, thread.pk),
        "print": url("reading_print", reading),
        "annotations": url("annotation_collection", reading, query="?page=all"),
    }
    for channel, address in addresses.items():
        response = client.get(address)
        told = response.content.decode()
        if response["Content-Type"].startswith("application/ld+json"):
            told = json.dumps(response.json(), ensure_ascii=False)
        assert alias in told, channel
        if role != "carol":  # her own name stands in her account's menu
            assert NAME not in told, channel


def test_one_has_the_same_alias_in_a_thread_and_another_in_the_next(
    people: People, reading: Reading, thread: Thread
) -> None:
    aliases = set(Comment.objects.filter(thread=thread, author=people.carol).values_list("alias"))
    assert aliases == {(thread.alias,)}
    others = {say(reading, people.carol, f"Once more {n}.", anonymous=True).alias for n in range(4)}
    assert others != {thread.alias}


def test_two_in_one_thread_have_two_aliases(
    people: People, reading: Reading, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = thread.alias.lower().split()
    monkeypatch.setattr(aliases, "ADJECTIVES", first[:1])
    monkeypatch.setattr(aliases, "ANIMALS", first[1:])
    dan = reply(thread=thread, parent=None, body="And I?", by=people.dan, anonymous=True)
    assert dan.alias not in {"", thread.alias}


def test_where_names_are_shown_nobody_is_anonymous(people: People) -> None:
    reading = make_reading(people, slug="named")
    assert say(reading, people.carol, anonymous=True).alias == ""


def test_where_all_are_anonymous_staff_are_not(people: People) -> None:
    reading = make_reading(people, slug="masked", anonymity=Anonymity.REQUIRED)
    assert say(reading, people.carol).alias
    assert answer(say(reading, people.alice), people.dan).alias
    assert say(reading, people.alice, block="p2", quote="a conversation").alias == ""
    assert say(reading, people.bob, block="p3", quote="made for this").alias == ""


def test_the_form_says_who_can_know(people: People, reading: Reading) -> None:
    page = url("thread_new", reading, query="?block=p1")
    carol = markup(people.client("carol").get(page))
    assert 'name="anonymous"' in carol
    assert "Staff can look up who wrote" in carol
    assert 'name="anonymous"' not in markup(people.client("alice").get(page))
    Reading.objects.update(anonymity=Anonymity.REQUIRED)
    carol = markup(people.client("carol").get(page))
    assert 'name="anonymous"' not in carol
    assert "Classmates see another name in place of yours" in carol


def test_posted_from_the_form(people: People, reading: Reading) -> None:
    client = people.client("carol")
    data = {"block": "p1", "body": "Hidden hand.", "kind": "comment", "audience": "seminar"}
    client.post(url("thread_list", reading), {**data, "anonymous": "on"})
    thread = Thread.objects.get()
    assert thread.alias == first_of(thread).alias != ""
    client.post(url("comment_create", reading, thread.pk), {"body": "Named now."})
    assert Comment.objects.get(body="Named now.").alias == ""


def test_the_review_queue_names_nobody(people: People, reading: Reading, thread: Thread) -> None:
    report(comment=first_of(thread), reason="unkind", by=people.dan)
    queue = people.client("alice").get("/s/seminar/desk/reviews/").content.decode()
    assert thread.alias in queue
    assert NAME not in queue
    assert f"/people/{people.carol.pk}/" not in queue, "nor leads to them"
    case = queue[queue.index("<article") : queue.index("</article>\n")]
    assert "Monday" not in case
    assert "The record of" not in case
    of_monday = people.client("alice").get(f"/s/seminar/desk/reviews/?group={people.monday.pk}")
    assert thread.alias not in of_monday.content.decode(), "nor does a filter tell"
