"""Every channel × every rule of who may read what × every role: nobody is told too much.

Every address that can be asked for is asked for by everybody, plainly and by htmx: each word that
comes back is one that this person may read (tests/permissions/talk.py), and each thread and
comment that is named there, by its address or its place, one of which they may know. The
addresses are those of the URLconf: a new channel is looked at without being named here. What goes
out by mail is in test_mail_leaks.py, what numbers tell in test_number_leaks.py.
"""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from tests.base import sign_in
from tests.permissions.gated_text import OF_QUESTIONS
from tests.permissions.talk import (
    READINGS,
    THROUGH,
    Talk,
    may_know_of,
    may_open_all,
    may_read,
)
from tests.permissions.words import WORD
from tests.views import Route, routes

# Erin is of Carol's group and has said nothing. Whoever instructs may read nearly all.
VIEWERS = ("bob", "dan", "erin", "grace")
# Those in which all is told that one may read.
CHANNELS = ("thread_detail", "thread_list", "reading_print", "annotation_collection")


FIXED = {
    "annotation_collection": ("?page=1", "?page=2", "?page=all"),
    "reading_print": ("?show=all", "?show=all&file=1", "?show=mine"),
}
BLOCKS = ("p1", "p2", "p3", "h9")


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
    elif names == {"slug"}:
        yield {"slug": "seminar"}
    elif names == {"seminar", "reading"}:
        yield from ({**seminar, "reading": slug} for slug in READINGS)
    elif names == {"seminar", "reading", "other"}:
        pairs = ((one, other) for one in READINGS for other in READINGS if "plain" in {one, other})
        yield from ({**seminar, "reading": one, "other": other} for one, other in pairs)
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
        # Of all that is found, a page shows the first: so each reading is asked, too.
        yield from (f"?q=remark&reading={slug}" for slug in READINGS)
        for member in talk.members.values():
            yield f"?q=remark&by={member.pk}"
    if name in {"thread_new", "link_new"}:
        yield from (f"?block={key}" for key in BLOCKS)
    if name == "link_new":
        yield from (f"?far={one}&far_block={key}" for one, key in product(READINGS, BLOCKS))
    if name == "reading_hints":
        yield "?after=0"
    if name in {"overview", "overview_file"}:
        yield from (f"?by={by}" for by in ("group", "reading", "week"))
        yield from (f"?reading={slug}" for slug in READINGS)
        yield from (f"?member={member.pk}" for member in talk.members.values())
    if name == "message_create":
        yield "?" + "&".join(f"member={member.pk}" for member in talk.members.values())
    if name == "thread_list":
        yield "?block=p1&block=p2&block=p3&block=h9&words=1"
        yield from ("?block=p1&block=p2", "?show=mine", "?show=new", "?show=questions")
    yield from FIXED.get(name, ())


# How pages name a comment and a thread: by their places, by the addresses of what they lead to, at
# the marks of the text and at what waits behind a link; and how hints do.
PLACES = re.compile(r'(?:id="|href="[^"]*#)([ctl]\d+)"')
ADDRESSES = re.compile(r"/(comment|thread)s/(\d+)/")
MARKED = re.compile(r'data-(?:threads|unread)="([\d ]+)"')
HINTED = re.compile(r'"thread": ?(\d+)')


def _named(text: str) -> set[str]:
    """The keys of what is named there, “c12” of a comment and “t3” of a thread."""
    marked = " ".join(MARKED.findall(text)).split() + HINTED.findall(text)
    addressed = {f"{kind[0]}{pk}" for kind, pk in ADDRESSES.findall(text)}
    # A link is named by its thread at the other end, too.
    places = {re.sub("^l", "t", place) for place in PLACES.findall(text)}
    return {*places, *addressed, *(f"t{pk}" for pk in marked)}


def _told(client: Client, address: str) -> set[str]:
    """Return the words of the page and of the fragment, and what they name."""
    told: set[str] = set()
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.get(address, headers=headers)
        assert answer.status_code < 500, address
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode("utf-8", "replace")
        told.update(WORD.findall(text))
        if answer.status_code != 200:
            break  # a fragment of what is not there is not there either
        told.update(_named(text))
    return told


@pytest.mark.parametrize("viewer", VIEWERS)
def test_nobody_is_told_what_they_may_not_read(talk: Talk, viewer: str) -> None:
    client = sign_in(talk.members[viewer].user)
    allowed = {word for word, one in talk.told.items() if may_read(viewer, one)}
    allowed |= talk.behind if viewer in THROUGH else set()
    known = _known(talk, viewer)
    wrong: dict[str, set[str]] = {}
    seen: dict[str, set[str]] = {}
    for route in routes():
        if route.name in _SELF or not route.is_ours:
            continue
        for address in _addresses(talk, route):
            for query in _queries(talk, route.name):
                told = _told(client, address + query)
                seen.setdefault(route.name, set()).update(told)
                if told - allowed - known:
                    wrong.setdefault(f"{route.name} {query}", set()).update(told - allowed - known)
    assert not wrong, _in_words(talk, wrong)
    _nothing_is_missing(talk, viewer, allowed, seen)


def _known(talk: Talk, viewer: str) -> set[str]:
    """What may be named to somebody: the comments of which they may know, and their threads."""
    told = [one.comment for one in talk.told.values() if may_know_of(viewer, one)]
    return {f"c{one.pk}" for one in told} | {f"t{one.thread_id}" for one in told}


def _in_words(talk: Talk, wrong: dict[str, set[str]]) -> str:
    by_name = dict(talk.told)
    for one in talk.told.values():
        by_name[f"c{one.comment.pk}"] = by_name[f"t{one.comment.thread_id}"] = one
    return "\n".join(
        f"{name}: {one.author} to {one.audience} in {one.reading}, {one.state} ({word})"
        for name, words in sorted(wrong.items())
        for word, one in ((word, by_name[word]) for word in sorted(words - talk.behind))
    ) + "".join(
        f"\n{name}: behind the gate" for name, words in wrong.items() if words & talk.behind
    )


def _nothing_is_missing(
    talk: Talk, viewer: str, allowed: set[str], seen: dict[str, set[str]]
) -> None:
    """A test that finds nothing could find nothing wrong: what one may read is there to be read."""
    readable = {
        word
        for word in allowed - talk.behind
        if talk.told[word].state == "published" and may_open_all(viewer, talk.told[word])
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
    text = "reading_detail", "reading_print"
    for channel in text if viewer in THROUGH else ():
        assert talk.behind & seen[channel] == talk.behind - OF_QUESTIONS[channel], channel
    own = {word for word in allowed - talk.behind if talk.told[word].author == viewer}
    assert own <= seen.get("notebook", set()) | seen.get("notebook_file", set())
