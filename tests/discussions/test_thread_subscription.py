"""Watching a thread, and muting it."""

import re

from discussions.models import SubscriptionLevel, Thread, ThreadSubscription
from readings.models import Reading
from seminars.models import Event
from tests.base import People, htmx, markup
from tests.discussions.base import answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.discussions.news import bell_of


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


# --- From a row of the news ----------------------------------------------------------------------
def row_forms(page: str) -> list[str]:
    return re.findall(r'<form method="post" action="([^"]+/subscription/)"', page)


def test_a_row_of_the_news_mutes_its_thread_and_takes_it_back(
    people: People, thread: Thread
) -> None:
    answer(thread, people.dan)
    since = ThreadSubscription.objects.get(membership=people.carol).created_at
    client = people.client("carol")
    for name, news in (("all_news", "/news/"), ("news", "/s/seminar/news/")):
        page = markup(client.get(news))
        assert row_forms(page) == [address(thread)]
        assert "Mute this thread" in page
        for _ in range(2):  # sent twice, it is the same
            sent = {"level": "mute", "back": name, "was": "watch"}
            answered = client.post(address(thread), sent, follow=True)
        assert answered.request["PATH_INFO"] == news
        page = markup(answered)
        assert "Muted: nothing in this thread is new to you any more" in page
        assert "reads one text together" in page
        assert 'name="level" value="watch"' in page
        assert "data-told" not in page
        assert bell_of(answered) == 0
        undone = client.post(address(thread), {"level": "watch", "back": name}, follow=True)
        assert "data-told" in markup(undone)
        assert "Muted:" not in markup(undone)
        assert bell_of(undone) == 1
    assert ThreadSubscription.objects.get(membership=people.carol).created_at == since


def test_what_was_not_watched_is_not_watched_after(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "@Carol: look.")
    client = people.client("carol")
    page = markup(client.get("/news/"))
    assert 'name="was"' not in page
    sent = {"level": "mute", "back": "all_news"}
    page = markup(client.post(address(thread), sent, follow=True))
    assert 'name="level" value=""' in page
    client.post(address(thread), {"level": "", "back": "all_news"})
    assert levels(thread) == {"Dan": "watch"}


def test_a_decision_offers_no_muting(people: People, thread: Thread) -> None:
    hidden(first_of(thread), people.alice)
    page = markup(people.client("carol").get("/news/"))
    assert "data-told" in page
    assert row_forms(page) == []


def test_nobody_is_told_of_anothers_muted_thread(people: People, thread: Thread) -> None:
    private = say(thread.reading, people.dan, audience="me")
    ThreadSubscription.objects.update(level=SubscriptionLevel.MUTE)
    for query in (f"?muted={private.pk}", "?muted=x", "?muted=987654", f"?muted={thread.pk}"):
        assert "Muted:" not in markup(people.client("bob").get(f"/news/{query}"))
