"""The landing page of the desk."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from discussions.moderation.actions import dismiss
from readings.models import Reading
from tests.base import People
from tests.discussions.base import answer, first_of, reported, say
from tests.discussions.gates import assert_closed_to_strangers

PAGE = "/s/seminar/desk/"


def test_says_how_much_waits_for_each(people: People, reading: Reading) -> None:
    assert "Nothing to review" in people.client("alice").get(PAGE).content.decode()
    of_carol = first_of(say(reading, people.carol))
    reported(of_carol, people.dan)
    reported(answer(of_carol.thread, people.dan), people.carol)
    assert "2 waiting" in people.client("alice").get(PAGE).content.decode()
    assert "1 waiting" in people.client("bob").get(PAGE).content.decode()


def test_the_tab_says_how_much_waits(people: People, reading: Reading) -> None:
    seminar = "/s/seminar/"
    assert "to review" not in people.client("alice").get(seminar).content.decode()
    reported(first_of(say(reading, people.dan)), people.carol)
    for page in (seminar, "/s/seminar/people/", PAGE):
        text = people.client("alice").get(page).content.decode()
        assert '<span class="count">1<span class="vh"> to review</span></span>' in text
        assert 'class="count">1<span' not in people.client("bob").get(page).content.decode()
    assert "to review" not in people.client("carol").get(seminar).content.decode()


def test_leads_on(people: People, reading: Reading) -> None:
    text = people.client("bob").get(PAGE).content.decode()
    for name in ("review_queue", "decision_log"):
        assert f'href="{reverse(name, args=["seminar"])}"' in text
    assert "On margins" in text


def test_gates(people: People) -> None:
    assert_closed_to_strangers(people, PAGE)
    for who in ("carol", "grace"):
        assert people.client(who).get(PAGE).status_code == 403
    assert people.client("alice").post(PAGE).status_code == 405


PAGES = (
    "/s/seminar/",
    "/s/seminar/people/",
    "/s/seminar/r/margins/",
    "/s/seminar/r/margins/threads/",
    "/s/seminar/search/?q=words",
    "/s/seminar/desk/overview/",
)


def told_in_the_bar(text: str) -> list[str]:
    links = html.fromstring(text).xpath(
        "//*[@class='top-end']//a[contains(@href, '/desk/reviews/')]"
    )
    return [str(one.get("aria-label")) for one in links]


def test_the_top_bar_says_how_many_wait(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    alice, bob, carol = (people.client(key) for key in ("alice", "bob", "carol"))
    for page in (*PAGES, thread.get_absolute_url()):
        assert told_in_the_bar(alice.get(page).content.decode()) == []
    item = reported(first_of(thread), people.dan)
    reported(answer(thread, people.dan), people.carol)
    for page in (*PAGES, thread.get_absolute_url()):
        assert told_in_the_bar(alice.get(page).content.decode()) == ["To review: 2"], page
        assert told_in_the_bar(bob.get(page).content.decode()) == ["To review: 1"], page
        answered = carol.get(page)
        if answered.status_code == 200:
            assert told_in_the_bar(answered.content.decode()) == [], page
    page = reading.get_absolute_url()
    kept = alice.get(page).headers["ETag"]
    dismiss(review_item=item, by=people.bob, review_version=1, version=1)
    shown = alice.get(page, headers={"If-None-Match": kept})
    assert told_in_the_bar(shown.content.decode()) == ["To review: 1"]


def test_it_is_one_query_and_of_staff_alone(people: People, reading: Reading) -> None:
    page = f"/s/{reading.seminar.slug}/"
    for who, number in (("alice", 1), ("carol", 0)):
        client = people.client(who)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts = re.compile(r'SELECT COUNT\(\*\) AS "__count" FROM "discussions_reviewitem"')
        asked = [one for one in queries if counts.match(one["sql"])]
        assert len(asked) == number, who
