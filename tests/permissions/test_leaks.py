"""Every channel × every rule of who may read what × every role: nobody is told too much.

A world has one comment for each combination of the rules, and in each comment a word that stands
nowhere else. Then every address that can be asked for is asked for by everybody, plainly and by
htmx, and so is what is mailed: each word that comes back is one that this person may read, by
the rules said once more in plain Python below. The addresses are those of the URLconf: a new
channel is looked at without being named here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from discussions import moderation
from discussions.comments import reply
from discussions.comments.actions import withdraw
from discussions.models import Comment
from readings.models import Anonymity, Reading
from readings.setup.actions import change_settings
from seminars.models import Membership
from tests.base import People, make_people, make_reading, make_user, sign_in
from tests.discussions.base import first_of, say
from tests.views import Route, routes

WORD = re.compile(r"zq[a-z]{4}zq")
AUTHORS = ("carol", "dan", "alice", "bob")
# Erin is of Carol's group and has said nothing. Whoever instructs may read nearly all.
VIEWERS = ("bob", "dan", "erin", "grace")
# Those in which all is told that one may read.
CHANNELS = ("thread_detail", "thread_list", "reading_print", "annotation_collection")


def spelled(number: int) -> str:
    """A word for a number, of letters alone: no search and no page takes it apart."""
    letters = "".join(chr(97 + number // 26**place % 26) for place in range(4))
    return f"zq{letters}zq"


@dataclass
class Told:
    """A comment with its word, and all that decides who may read it."""

    comment: Comment
    reading: str
    audience: str
    group: str
    author: str
    begun_by: str
    state: str = "published"


@dataclass
class Talk:
    """The world: people, readings by slug, and what was said."""

    people: People
    members: dict[str, Membership]
    readings: dict[str, Reading]
    told: dict[str, Told] = field(default_factory=dict)

    @property
    def one_of_each(self) -> list[Told]:
        kinds = {
            (one.reading, one.audience == "seminar", one.state): one for one in self.told.values()
        }
        return list(kinds.values())

    def next_word(self) -> str:
        return spelled(len(self.told) + 1)

    def add(self, comment: Comment, reading: str, audience: str, author: str) -> Told:
        """Note what was said; its group is that of the thread, or of whom a word is for."""
        group = comment.thread.group.name if comment.thread.group else ""
        word = WORD.findall(comment.body)[0]
        begun_by = comment.thread.author.name.lower()
        self.told[word] = Told(comment, reading, audience, group, author, begun_by)
        return self.told[word]


GROUP_OF = {"carol": "Monday", "dan": "Thursday", "bob": "Monday", "erin": "Monday"}
LOOKED_AFTER = {"bob": {"Monday"}, "frank": {"Monday", "Thursday"}}
STAFF = {"alice", "bob", "frank"}
# Who speaks in which reading: in the first everybody, in the others as few as their rule needs.
READINGS = {
    "plain": AUTHORS,
    "peek": ("carol", "dan", "alice"),
    "masked": ("dan", "alice"),
    "monday": ("carol", "bob"),
    "later": ("dan",),
    "gone": ("dan",),
}


def groups_of(viewer: str) -> set[str]:
    return LOOKED_AFTER.get(viewer) or {GROUP_OF.get(viewer, "")} - {""}


def may_read(viewer: str, one: Told) -> bool:
    """The rules of the product, in the order in which one would say them."""
    if viewer == one.author:
        return True  # whoever wrote words reaches them, wherever they are
    if one.state == "withdrawn" or not may_open(viewer, one.reading):
        return False
    # Only Carol has written as often as is asked before one reads others.
    waits = one.reading == "peek" and viewer not in STAFF | {"carol"}
    if waits and not {one.author, one.begun_by} <= STAFF | {viewer}:
        return False
    return is_for(viewer, one) and (one.state != "hidden" or moderates(viewer, one))


def may_open(viewer: str, reading: str) -> bool:
    if reading == "gone":
        return False
    if viewer in STAFF:
        return True
    return reading != "later" and (reading != "monday" or "Monday" in groups_of(viewer))


def is_for(viewer: str, one: Told) -> bool:
    if one.audience == "member":
        in_care = viewer in STAFF and one.group in groups_of(viewer)
        return viewer in {"alice", "carol"} or in_care
    if one.audience == "group":
        return viewer == "alice" or one.group in groups_of(viewer)
    return one.audience == "seminar" or (one.audience == "staff" and viewer in STAFF)


def moderates(viewer: str, one: Told) -> bool:
    """Staff read hidden words: instructors all, assistants those of their groups' people."""
    concerned = {one.group, GROUP_OF.get(one.author, "")} & groups_of(viewer)
    return viewer == "alice" or (viewer in STAFF and bool(concerned))


@pytest.fixture
def talk(db: None) -> Talk:
    people = make_people()

    def member(key: str, **fields: object) -> Membership:
        return Membership.objects.create(seminar=people.seminar, user=make_user(key), **fields)

    erin = member("erin", group=people.monday)
    frank = member("frank", role="assistant")
    frank.assists.set([people.monday, people.thursday])
    members = {key: getattr(people, key) for key in ("alice", "bob", "carol", "dan", "grace")}
    members |= {"erin": erin, "frank": frank}
    readings = {slug: make_reading(people, slug=slug) for slug in READINGS}
    talk = Talk(people, members, readings)
    for slug, authors in READINGS.items():
        for author in authors:
            _speak(talk, slug, author)
    _close(talk)
    return talk


def _speak(talk: Talk, slug: str, key: str) -> None:
    """Let somebody begin a thread for each audience, and answer in one; hide and withdraw."""
    reading, by = talk.readings[slug], talk.members[key]
    Reading.objects.filter(pk=reading.pk).update(
        anonymity=Anonymity.REQUIRED if slug == "masked" else Anonymity.OFF
    )
    reading.refresh_from_db()
    audiences = ["me", "seminar", "staff"]
    audiences += ["group"] if key != "alice" else []
    audiences += [f"member:{talk.members['carol'].pk}"] if key in {"alice", "bob"} else []
    for audience in audiences:
        thread = say(reading, by, f"A remark {talk.next_word()}.", audience=audience)
        talk.add(first_of(thread), slug, audience.partition(":")[0], key)
    for state in ("hidden", "withdrawn"):
        thread = say(
            reading, by, f"A remark {talk.next_word()}.", block="p2", quote="a conversation"
        )
        said = talk.add(first_of(thread), slug, "seminar", key)
        other = talk.members["bob" if key == "alice" else "alice"]
        left = reply(thread=thread, parent=None, body=f"And {talk.next_word()}.", by=other)
        talk.add(left, slug, "seminar", "bob" if key == "alice" else "alice")
        if state == "withdrawn":
            withdraw(comment=said.comment, by=by)
        elif key != "alice":
            version = said.comment.version
            hider = talk.people.alice
            moderation.hide(comment=said.comment, reason="spam", by=hider, version=version)
        else:
            continue
        said.state = state


def _close(talk: Talk) -> None:
    """Make the readings what they are called, now that everybody has spoken."""
    alice = talk.people.alice
    # With one more to the seminar, Carol has written three times for her classmates, and Dan twice.
    thread = say(talk.readings["peek"], talk.people.carol, f"A remark {talk.next_word()}.")
    talk.add(first_of(thread), "peek", "seminar", "carol")
    change_settings(reading=talk.readings["peek"], by=alice, peek_after=3)
    change_settings(
        reading=talk.readings["later"], by=alice, opens_at=timezone.now() + timedelta(days=1)
    )
    change_settings(reading=talk.readings["monday"], by=alice, groups=[talk.people.monday])
    Reading.objects.filter(slug="gone").update(removed_at=timezone.now(), removed_by=alice)


# --- Every address -------------------------------------------------------------------------------
# Words that have a meaning of their own in an address, and what stands for them.
_SELF = {"account_logout", "demo_entrance"}


def _addresses(talk: Talk, route: Route) -> Iterator[str]:
    """Yield the addresses of a route, for every object that its name can be about."""
    for args in _objects(talk, route, set(re.findall(r"<(?:\w+:)?(\w+)>", route.path))):
        yield reverse(route.name, kwargs=args)


def _objects(talk: Talk, route: Route, names: set[str]) -> Iterator[dict[str, object]]:
    seminar: dict[str, object] = {"seminar": "seminar"} if "seminar" in names else {}
    if names <= {"seminar"}:
        yield {**seminar}
    elif names == {"seminar", "reading"}:
        yield from ({**seminar, "reading": slug} for slug in READINGS)
    elif names == {"seminar", "reading", "pk"}:
        is_of_thread = route.name.startswith("thread")
        # Each thread is opened; for what else there is about one, one of each kind will do.
        asked = talk.told.values() if route.name == "thread_detail" else talk.one_of_each
        for one in asked:
            pk = one.comment.thread_id if is_of_thread else one.comment.pk
            yield {**seminar, "reading": one.reading, "pk": pk}
    elif names == {"seminar", "pk"}:
        yield from ({**seminar, "pk": member.pk} for member in talk.members.values())
    elif names - {"seminar"} == {"form"}:
        yield from ({**seminar, "form": form} for form in ("markdown", "csv", "json"))


def _queries(talk: Talk, name: str) -> Iterator[str]:
    """Yield what an address is asked with."""
    yield ""
    if name == "search":
        yield "?q=remark"
        yield "?q=zq"
        for member in talk.members.values():
            yield f"?q=remark&by={member.pk}"
    if name == "thread_list":
        yield from ("?block=p1&block=p2", "?show=mine", "?show=new", "?show=questions")
    if name == "annotation_collection":
        yield from ("?page=1", "?page=2", "?page=all")
    if name == "reading_print":
        yield from ("?show=all", "?show=all&file=1", "?show=mine")


def _told(client: Client, address: str) -> set[str]:
    """Return the words of the page and of the fragment."""
    told: set[str] = set()
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.get(address, headers=headers)
        assert answer.status_code < 500, address
        body = b"".join(answer) if answer.streaming else answer.content
        told.update(WORD.findall(body.decode("utf-8", "replace")))
        if answer.status_code != 200:
            break  # a fragment of what is not there is not there either
    return told


@pytest.mark.parametrize("viewer", VIEWERS)
def test_nobody_is_told_what_they_may_not_read(talk: Talk, viewer: str) -> None:
    client = sign_in(talk.members[viewer].user)
    allowed = {word for word, one in talk.told.items() if may_read(viewer, one)}
    wrong: dict[str, set[str]] = {}
    seen: dict[str, set[str]] = {}
    for route in routes():
        if route.name in _SELF or not route.is_ours:
            continue
        for address in _addresses(talk, route):
            for query in _queries(talk, route.name):
                told = _told(client, address + query)
                seen.setdefault(route.name, set()).update(told)
                if told - allowed:
                    wrong.setdefault(f"{route.name} {query}", set()).update(told - allowed)
    assert not wrong, _in_words(talk, wrong)
    _nothing_is_missing(talk, viewer, allowed, seen)


def _in_words(talk: Talk, wrong: dict[str, set[str]]) -> str:
    return "\n".join(
        f"{name}: {one.author} to {one.audience} in {one.reading}, {one.state}"
        for name, words in sorted(wrong.items())
        for one in (talk.told[word] for word in sorted(words))
    )


def _nothing_is_missing(
    talk: Talk, viewer: str, allowed: set[str], seen: dict[str, set[str]]
) -> None:
    """A test that finds nothing could find nothing wrong: what one may read is there to be read."""
    readable = {
        word
        for word in allowed
        if talk.told[word].state == "published" and may_open(viewer, talk.told[word].reading)
    }
    for channel in CHANNELS:
        missing = {
            word
            for word in readable - seen[channel]
            # A list shows how each thread begins.
            if channel != "thread_list" or talk.told[word].comment.seq == 1
        }
        assert not missing, f"{channel}:\n{_in_words(talk, {'not told': missing})}"
    # It comes page by page, and the first tells enough that it was asked.
    assert len(seen["search"] & readable) > 4
    own = {word for word, one in talk.told.items() if one.author == viewer}
    assert own <= seen.get("notebook", set()) | seen.get("notebook_file", set())
