"""Every number × every rule of who may read what × every role: none counts what one may not read.

A number tells that something was said, to whom and by whom, as surely as words do. Each is held
against a plain recount of what this person may read (tests/permissions/talk.py).
"""

import re
from collections import Counter

import pytest

from discussions.models import ThreadRead
from discussions.threads.unread_counts import new_threads, unread_counts
from readings.models import Visit
from seminars.models import Membership
from tests.base import sign_in
from tests.discussions.base import url
from tests.discussions.news import bell_of
from tests.discussions.reads import been
from tests.permissions.talk import GENERAL, READINGS, Talk, may_open, may_read
from tests.permissions.test_mail_leaks import watch_everything
from tests.seminars.helpers import words

VIEWERS = ("alice", "bob", "carol", "dan", "erin", "frank", "grace")


@pytest.fixture
def visited(talk: Talk) -> Talk:
    """Everybody was in each reading before anybody spoke, and has opened no thread."""
    ThreadRead.objects.all().delete()
    Visit.objects.all().delete()
    for key in VIEWERS:
        # As they are now: what is withheld from them was found out when they spoke.
        member = Membership.objects.select_related("seminar", "group", "user")
        talk.members[key] = member.get(pk=talk.members[key].pk)
        for reading in talk.readings.values():
            been(reading, talk.members[key])
    return talk


def new_to(talk: Talk, viewer: str) -> dict[str, Counter[int]]:
    """By reading and thread, how many comments are new to somebody: a plain recount."""
    found: dict[str, Counter[int]] = {slug: Counter() for slug in READINGS}
    for one in talk.read_by(viewer):
        found[one.reading][one.comment.thread_id] += 1
    return found


def last_of_each(talk: Talk, viewer: str, slug: str) -> dict[int, int]:
    """The number of the last comment that somebody may read, in each thread in which others wrote
    in a reading."""
    said = [one for one in talk.told.values() if one.state != "pending"]
    # Of a link, what others said is told at all to who may read it.
    told = [one for one in said if not one.far or may_read(viewer, one)]
    others = {one.comment.thread_id for one in told if one.author != viewer}
    last: dict[int, int] = {}
    for one in talk.told.values():
        thread, is_here = one.comment.thread_id, one.reading == slug and one.state == "published"
        if is_here and thread in others and may_read(viewer, one):
            last[thread] = max(one.comment.seq or 0, last.get(thread, 0))
    return last


def test_hints(visited: Talk) -> None:
    """Which threads they name, up to which comment, how many are new, and the bell's number."""
    for viewer in VIEWERS:
        new, client = new_to(visited, viewer), sign_in(visited.members[viewer].user)
        for slug, reading in visited.readings.items():
            answer = client.get(url("reading_hints", reading), {"after": 0})
            if not may_open(viewer, slug):
                assert answer.status_code == 404
                continue
            told = answer.json()
            seqs = {one["thread"]: one["seq"] for one in told["threads"]}
            counts = Counter({one["thread"]: one["new"] for one in told["threads"]})
            assert seqs == last_of_each(visited, viewer, slug), (viewer, slug)
            assert counts == new[slug], (viewer, slug)
            assert told["news"] == bell_of(client.get("/news/"))


def test_unread_counts(visited: Talk) -> None:
    for viewer in VIEWERS:
        member, new = visited.members[viewer], new_to(visited, viewer)
        for slug, reading in visited.readings.items():
            if may_open(viewer, slug):
                assert unread_counts(reading, member) == new[slug], (viewer, slug)
        assert new_threads([member]) == {
            (member.pk, visited.readings[slug].pk): len(threads)
            for slug, threads in new.items()
            if threads
        }


def test_the_bar_of_a_reading(visited: Talk) -> None:
    for viewer in VIEWERS:
        new, client = new_to(visited, viewer), sign_in(visited.members[viewer].user)
        for slug, reading in visited.readings.items():
            if slug == GENERAL or not may_open(viewer, slug):
                continue  # the general discussion has no text, and no bar over it
            page = client.get(reading.get_absolute_url()).content.decode()
            bar = page[page.index("<unread-nav") : page.index("</unread-nav>")]
            shown = re.search(r"data-count>\s*(\d+) new", bar)
            assert int(shown[1] if shown else 0) == len(new[slug]), (viewer, slug)


def test_the_seminar_and_home(visited: Talk) -> None:
    for viewer in VIEWERS:
        new, client = new_to(visited, viewer), sign_in(visited.members[viewer].user)
        expected = sorted(len(threads) for threads in new.values() if threads)
        page = words(client.get("/s/seminar/"))
        rows = re.findall(r"(\d+) threads? with something new", page)
        assert sorted(map(int, rows)) == expected, viewer
        home = client.get("/").content.decode()
        fresh = re.findall(r'class="fresh"><span class="dot"></span>(\d+)', home)
        # Of each reading, and of the seminar above them all.
        assert sorted(map(int, fresh)) == sorted([*expected, sum(expected)]), viewer


def test_the_bell(visited: Talk) -> None:
    watch_everything(visited)
    for viewer in VIEWERS:
        news = {one.comment.thread_id for one in visited.news_of(viewer)}
        assert len(news) > 4
        decided = visited.decided_about(viewer)
        client = sign_in(visited.members[viewer].user)
        # Beyond 99 the bell says no number.
        assert bell_of(client.get("/news/")) == min(len(news) + decided, 99), viewer
