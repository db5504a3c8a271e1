"""Watching a thread, and muting it."""

from discussions.models import SubscriptionLevel, Thread, ThreadSubscription
from readings.models import Reading
from seminars.models import Event
from tests.base import People, htmx, markup
from tests.discussions.base import answer, say, url
from tests.discussions.gates import assert_closed_to_strangers


def levels(thread: Thread) -> dict[str, str]:
    rows = ThreadSubscription.objects.filter(thread=thread).select_related("membership__user")
    return {row.membership.name: row.level for row in rows}


def address(thread: Thread) -> str:
    return url("thread_subscription", thread.reading, thread.pk)


def test_who_posts_watches(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    answer(thread, people.dan)
    answer(thread, people.dan)
    assert levels(thread) == {"Carol": "watch", "Dan": "watch"}
    assert levels(say(reading, people.carol, "")) == {}  # a highlight


def test_who_has_muted_it_may_post_and_hear_no_more(people: People, thread: Thread) -> None:
    ThreadSubscription.objects.filter(thread=thread).update(level=SubscriptionLevel.MUTE)
    answer(thread, people.carol)
    assert levels(thread)["Carol"] == "mute"


def test_watched_muted_and_neither(people: People, thread: Thread) -> None:
    client = people.client("dan")
    for level in ("watch", "mute", "mute", ""):
        assert client.post(address(thread), {"level": level}).status_code == 302
        assert levels(thread).get("Dan", "") == level
    told = Event.objects.filter(kind="thread.subscribed")
    assert {(one.actor, one.audience) for one in told} == {(people.dan, "me")}
    assert told.count() == 3


def test_buttons_say_how_it_is(people: People, thread: Thread) -> None:
    client = people.client("dan")
    data = {"level": "mute", "pressed": "mute"}
    text = markup(htmx(client, "post", address(thread), data))
    assert 'name="level" value="" aria-pressed="true" data-focus' in text
    assert 'name="level" value="watch" aria-pressed="false"' in text
    page = markup(people.client("carol").get(thread.get_absolute_url()))
    assert 'name="level" value="" aria-pressed="true"' in page  # she wrote it, and watches


def test_gates(people: People, thread: Thread) -> None:
    assert_closed_to_strangers(people, address(thread))
    for sent in ({}, {"level": "loud"}):
        assert people.client("dan").post(address(thread), sent).status_code == 400
    assert people.client("dan").get(address(thread)).status_code == 405
    private = say(thread.reading, people.carol, audience="me")
    assert people.client("dan").post(address(private), {"level": "watch"}).status_code == 404
