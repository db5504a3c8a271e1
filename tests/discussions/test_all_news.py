"""The news of all my seminars: what is told to whom, gathered, paged; and the bell."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.comments.actions import reply, withdraw
from discussions.models import (
    Comment,
    SubscriptionLevel,
    Thread,
    ThreadSubscription,
)
from discussions.moderation.actions import dismiss, restore
from discussions.notifications.feed import PAGE, count_news
from discussions.notifications.further_sources import further_sources
from discussions.notifications.items import NewsKey
from discussions.questions.actions import endorse
from readings.models import Anonymity, Reading
from readings.setup.actions import change_settings
from seminars.announcements.actions import put_aside, withdraw_announcement
from seminars.models import Membership
from tests.base import People, make_people, make_reading, make_user
from tests.discussions.base import answer, first_of, hidden, reported, say, url
from tests.discussions.news import bell, bell_of, told
from tests.seminars.announcements import announce

SECRET = "Zanzibar."
Tell = Callable[[People, Reading], Thread]


@pytest.fixture
def erin(people: People) -> Membership:
    """Of Carol's group."""
    return Membership.objects.create(
        seminar=people.seminar, user=make_user("erin"), group=people.monday
    )


def _reply(people: People, reading: Reading) -> Thread:
    thread = say(reading, people.carol, audience="seminar")
    answer(thread, people.dan, SECRET, parent=first_of(thread))
    return thread


def _mention(people: People, reading: Reading) -> Thread:
    return say(reading, people.dan, f"@Carol: {SECRET}")


def _answer(people: People, reading: Reading) -> Thread:
    thread = say(reading, people.carol, "Why?", kind="question")
    answer(thread, people.dan, SECRET)
    return thread


def _watched(people: People, reading: Reading) -> Thread:
    thread = say(reading, people.carol)
    answer(thread, people.dan, SECRET)
    return thread


def _asked(people: People, reading: Reading) -> Thread:
    return say(reading, people.alice, SECRET, audience=f"member:{people.carol.pk}")


REASONS: dict[str, tuple[Tell, str]] = {
    "reply": (_reply, "Dan replied to you"),
    "mention": (_mention, "Dan mentions you"),
    "answer": (_answer, "Dan answered your question"),
    "watched": (_watched, "Dan wrote a reply in a thread that you watch"),
    "asked": (_asked, "Alice writes to you"),
}


@pytest.mark.parametrize("why", REASONS)
def test_carol_is_told_why(people: People, reading: Reading, why: str) -> None:
    tell, sentence = REASONS[why]
    tell(people, reading)
    (row,) = told(people, "carol")
    assert sentence in row
    assert SECRET in row
    assert "¶ 1" in row
    assert bell(people, "carol") == 1
    for other in ("dan", "bob", "grace"):
        assert told(people, other) == []
        assert bell(people, other) == 0


@pytest.mark.parametrize("why", REASONS)
def test_words_that_are_gone_tell_nothing(people: People, reading: Reading, why: str) -> None:
    thread = REASONS[why][0](people, reading)
    last = thread.comments.order_by("seq").last()
    assert last is not None
    withdraw(comment=last, by=last.author)
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0


@pytest.mark.parametrize("why", sorted(set(REASONS) - {"asked"}))
def test_hidden_words_tell_nothing(people: People, reading: Reading, why: str) -> None:
    thread = REASONS[why][0](people, reading)
    last = thread.comments.order_by("seq").last()
    assert last is not None
    hidden(last, people.alice)
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0


@pytest.mark.parametrize("why", REASONS)
def test_a_muted_thread_tells_nothing(people: People, reading: Reading, why: str) -> None:
    thread = REASONS[why][0](people, reading)
    ThreadSubscription.objects.update_or_create(
        seminar=people.seminar,
        thread=thread,
        membership=people.carol,
        defaults={"level": SubscriptionLevel.MUTE},
    )
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0


@pytest.mark.parametrize("why", REASONS)
def test_a_reading_out_of_reach_tells_nothing(people: People, reading: Reading, why: str) -> None:
    REASONS[why][0](people, reading)
    Reading.objects.update(opens_at=timezone.now() + timedelta(days=1))
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0


@pytest.mark.parametrize("why", REASONS)
def test_who_was_removed_is_told_nothing(people: People, reading: Reading, why: str) -> None:
    REASONS[why][0](people, reading)
    Membership.objects.filter(pk=people.carol.pk).update(removed_at=timezone.now())
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0


def test_another_groups_talk_tells_nothing(people: People, reading: Reading) -> None:
    """Carol was in it once: she reaches what she wrote herself, and not what others began."""
    erins = Membership.objects.create(
        seminar=people.seminar, user=make_user("erin"), group=people.monday
    )
    thread = say(reading, erins, "Ours.", audience="group")
    answer(thread, people.carol, "Mine.")
    answer(thread, erins, SECRET)
    assert len(told(people, "carol")) == 1
    Membership.objects.filter(pk=people.carol.pk).update(group=people.thursday)
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0


def test_withheld_talk_tells_nothing(people: People, reading: Reading, erin: Membership) -> None:
    say(reading, erin, f"@Carol {SECRET}")
    thread = say(reading, people.carol, audience="me", body="For me.")
    change_settings(reading=reading, by=people.alice, peek_after=1)
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0
    say(reading, people.carol, "My own first.")
    assert len(told(people, "carol")) == 1
    assert bell(people, "carol") == 1
    assert thread.comments.count() == 1


def test_an_alias_stays_one(people: People) -> None:
    people.dan.user.name = "Daniel Unmistakable"
    people.dan.user.save()
    reading = make_reading(people, anonymity=Anonymity.OPTIONAL)
    thread = say(reading, people.carol)
    said = reply(thread=thread, parent=None, body=SECRET, by=people.dan, anonymous=True)
    (row,) = told(people, "carol")
    assert said.alias in row
    assert "Unmistakable" not in row


def test_what_one_writes_oneself_is_no_news(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "@Carol Why?", kind="question")
    answer(thread, people.carol, "So.", parent=first_of(thread))
    assert told(people, "carol") == []


# --- Decisions ----------------------------------------------------------------------------------
def test_what_is_decided_about_my_words_is_told(people: People, reading: Reading) -> None:
    comment = hidden(first_of(say(reading, people.carol, SECRET)), people.alice)
    ThreadSubscription.objects.update(level=SubscriptionLevel.MUTE)
    (row,) = told(people, "carol")
    assert "Alice hid your comment" in row
    assert "Off the topic" in row
    assert "Stay with the text." in row
    assert SECRET in row
    assert "known to us" not in row
    restore(comment=comment, by=people.alice, version=comment.version)
    assert "Alice shows your comment again" in told(people, "carol")[0]
    assert bell(people, "carol") == 2
    assert told(people, "dan") == told(people, "bob") == []


@pytest.mark.parametrize(("note", "rows"), [("", 0), ("It may stand.", 1)])
def test_a_dismissal_is_told_where_the_author_was_written_to(
    people: People, reading: Reading, note: str, rows: int
) -> None:
    comment = first_of(say(reading, people.carol, SECRET))
    item = reported(comment, people.dan)
    dismiss(
        review_item=item,
        by=people.alice,
        review_version=item.version,
        version=comment.version,
        note_to_member=note,
    )
    found = told(people, "carol")
    assert len(found) == rows
    assert all(note in row and "Dan" not in row for row in found)


def test_an_endorsement_is_told(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "Why?", kind="question")
    said = answer(thread, people.carol, SECRET)
    endorse(comment=said, by=people.alice)
    assert "Alice endorsed your answer" in told(people, "carol")[0]
    assert bell(people, "carol") == 1


# --- Announcements ------------------------------------------------------------------------------
def test_an_announcement_is_told_until_it_is_put_aside(people: People, reading: Reading) -> None:
    made = announce(people.alice, title="No “class”")
    (row,) = told(people, "carol")
    assert "Alice announces “No ‘class’”" in row
    assert "On Friday." in row
    assert bell(people, "carol") == bell(people, "dan") == bell(people, "grace") == 1
    assert told(people, "alice") == []
    put_aside(announcement=made, by=people.carol)
    assert bell(people, "carol") == 0
    assert len(told(people, "carol", "?show=announcements")) == 1
    assert told(people, "carol", "?show=me") == []
    withdraw_announcement(announcement=made, by=people.alice)
    assert told(people, "carol") == told(people, "dan") == []
    assert bell(people, "dan") == 0


def test_nobody_is_told_what_was_announced_before_they_came(people: People) -> None:
    announce(people.alice)
    late = Membership.objects.create(seminar=people.seminar, user=people.mallory)
    assert told(people, "mallory") == []
    assert bell(people, "mallory") == 0
    announce(people.alice, title="Another")
    assert len(told(people, "mallory")) == 1
    assert late.pk


# --- Gathered, new, seen -------------------------------------------------------------------------
def test_replies_are_gathered_by_thread(people: People, reading: Reading, erin: Membership) -> None:
    thread = say(reading, people.carol)
    for who in (erin, people.dan, people.bob, people.alice):
        answer(thread, who, f"By {who.name}.")
    (row,) = told(people, "carol")
    assert "Alice, Bob and 2 others wrote 4 replies in a thread that you watch" in row
    assert bell(people, "carol") == 1


def test_the_strongest_reason_is_told(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    answer(thread, people.dan, f"@Carol {SECRET}")
    answer(thread, people.bob, "By the way.")
    (row,) = told(people, "carol")
    assert "Dan mentions you" in row
    assert SECRET in row
    assert "And 1 more reply in the thread." in row


def test_the_parts(people: People, reading: Reading) -> None:
    _watched(people, reading)
    _mention(people, reading)
    hidden(first_of(say(reading, people.carol)), people.alice)
    assert len(told(people, "carol")) == 3
    for part, word in (("me", "mentions"), ("watched", "watch"), ("decisions", "hid your")):
        (row,) = told(people, "carol", f"?show={part}")
        assert word in row
    assert len(told(people, "carol", "?show=nonsense")) == 3


def test_to_open_a_thread_is_to_see_its_news(people: People, reading: Reading) -> None:
    thread = _watched(people, reading)
    people.client("carol").get(url("thread_detail", reading, thread.pk))
    assert bell(people, "carol") == 0
    assert len(told(people, "carol")) == 1


def test_nothing_is_said_so(people: People, reading: Reading) -> None:
    page = people.client("dan").get("/news/").content.decode()
    assert "Nothing to tell you yet" in page
    assert "Mark all seen" not in page
    assert people.client("mallory").get("/news/").status_code == 200
    assert Client().get("/news/").status_code == 302


# --- Many ----------------------------------------------------------------------------------------
def test_pages_meet_without_a_gap(people: People, reading: Reading) -> None:
    for number in range(PAGE + 5):
        answer(say(reading, people.carol), people.dan, f"No. {number:02}.")
    Comment.objects.filter(author=people.dan).update(published_at=timezone.now())  # of one moment
    hidden(first_of(say(reading, people.carol)), people.alice)
    client = people.client("carol")
    seen, query = [], ""
    for _page in range(3):
        response = client.get(f"/news/{query}")
        seen += [item.words for item in response.context["page"].items]
        older = response.context["page"].older
        if not older:
            break
        assert NewsKey.parsed(older) is not None
        query = f"?before={older.replace('+', '%2B')}"
    assert len(seen) == PAGE + 6 == len(set(seen))


@pytest.mark.parametrize(
    "key", ["", "x", "~", "2026~1~1", "2026-13-01T00:00:00+00:00~1~1", "0~0~0"]
)
def test_no_key_is_the_first_page(people: People, reading: Reading, key: str) -> None:
    _watched(people, reading)
    assert len(told(people, "carol", f"?before={key}")) == 1


def test_the_queries_are_as_many_for_much(people: People, reading: Reading) -> None:
    client, counts = people.client("carol"), []
    for times in (1, 12):
        for _ in range(times):
            _watched(people, reading)
            _mention(people, reading)
            hidden(first_of(say(reading, people.carol)), people.alice)
        client.get("/news/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/news/")
        counts.append(len(queries))
    # One more for each source that apps above have registered.
    assert counts[0] == counts[1] <= 14 + len(further_sources())


def test_the_bell_asks_twice(people: People, reading: Reading) -> None:
    _watched(people, reading)
    count_news(people.carol.user_id)
    with CaptureQueriesContext(connection) as queries:
        assert count_news(people.carol.user_id) == 1
    assert len(queries) == 2


def test_over_all_seminars(people: People, reading: Reading) -> None:
    _watched(people, reading)
    others = make_people("elsewhere")
    theirs = make_reading(others)
    twin = Membership.objects.create(
        seminar=others.seminar, user=people.carol.user, group=others.monday
    )
    answer(say(theirs, twin), others.dan, "Elsewhere.")
    assert len(told(people, "carol")) == bell(people, "carol") == 2
    page = people.client("carol").get("/s/elsewhere/news/").content.decode()
    assert "Elsewhere." in page
    assert SECRET not in page


@pytest.mark.parametrize("page", ["/s/seminar/", "/s/seminar/r/margins/", "/library/"])
def test_the_bell_is_on_every_page(people: People, reading: Reading, page: str) -> None:
    thread = say(reading, people.alice)
    client = people.client("alice")
    assert bell_of(client.get(page)) == 0
    answer(thread, people.dan)
    assert bell_of(client.get(page)) == 1


def test_a_browser_does_not_keep_an_old_bell(people: People, reading: Reading) -> None:
    thread = say(make_reading(people, slug="other"), people.carol)
    client, page = people.client("carol"), reading.get_absolute_url()
    client.get(page)
    etag = client.get(page).headers["ETag"]
    assert client.get(page, headers={"If-None-Match": etag}).status_code == 304
    answer(thread, people.dan)
    assert client.get(page, headers={"If-None-Match": etag}).status_code == 200
