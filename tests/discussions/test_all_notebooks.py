"""The notebooks of all one's seminars as one."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.models import Comment
from readings.models import Reading
from seminars.models import Membership, Seminar
from tests.base import People, make_people, make_reading, markup
from tests.discussions.base import answer, first_of, say, url

PAGE = "/notebook/"


@pytest.fixture
def elsewhere(people: People) -> Membership:
    """Carol in another seminar, where she has written in a reading."""
    others = make_people("elsewhere")
    Seminar.objects.filter(pk=others.seminar.pk).update(name="Another view")
    member = Membership.objects.create(seminar=others.seminar, user=people.carol.user)
    say(make_reading(others, slug="other"), member, "Written elsewhere.")
    return member


def test_all_seminars_in_one(people: People, reading: Reading, elsewhere: Membership) -> None:
    say(reading, people.carol, "Written here.")
    say(reading, people.dan, "Dan’s.")
    text = markup(people.client("carol").get(PAGE))
    assert text.index("Written elsewhere.") < text.index("Written here."), "by the seminar's name"
    assert '<a href="/s/elsewhere/notebook/">Another view</a>' in text
    assert "Dan’s." not in text
    assert text.count('<article class="leaf"') == 2
    alone = markup(people.client("carol").get("/s/seminar/notebook/"))
    assert "Written elsewhere." not in alone


def test_nothing_of_a_seminar_that_one_was_removed_from(
    people: People, elsewhere: Membership
) -> None:
    Membership.objects.filter(pk=elsewhere.pk).update(removed_at=timezone.now())
    text = markup(people.client("carol").get(PAGE))
    assert "Written elsewhere." not in text
    assert "Nothing in it yet" in text


def test_who_is_not_signed_in_is_asked_to(people: People) -> None:
    response = Client().get(PAGE)
    assert response.headers["Location"].startswith("/accounts/login/?next=")


def test_somebody_in_no_seminar(people: People) -> None:
    text = markup(people.client("mallory").get(PAGE))
    assert "Nothing in it yet" in text
    assert '<a class="btn" href="/">' in text


def test_the_menu_of_every_page_leads_here(people: People, reading: Reading) -> None:
    for address in ("/", "/s/seminar/", reading.get_absolute_url()):
        for who in ("carol", "grace"):
            assert f'<a href="{PAGE}">' in people.client(who).get(address).content.decode()


def test_what_is_withdrawn_here_comes_back_here(people: People, elsewhere: Membership) -> None:
    mine = Comment.objects.get(author=elsewhere)
    client = people.client("carol")
    text = markup(client.get(PAGE))
    form = re.search(r'<form method="post" action="(/s/[^"]*)">.*?</form>', text)
    assert form
    assert '<input type="hidden" name="all" value="1">' in form[0]
    assert form[1] == url("comment_withdrawal", mine.thread.reading, mine.pk)
    answered = client.post(form[1], {"mine": "", "all": "1"})
    assert answered.headers["Location"] == f"{PAGE}?at={mine.pk}#c{mine.pk}"
    assert "Put back" in markup(client.get(PAGE))


def test_a_fixed_number_of_queries(people: People, reading: Reading) -> None:
    counts = []
    client = people.client("carol")
    for size in (1, 5):
        for number in range(size):
            others = make_people(f"other{size}{number}")
            member = Membership.objects.create(seminar=others.seminar, user=people.carol.user)
            thread = say(make_reading(others), others.dan)
            answer(thread, member, parent=first_of(thread))
            say(thread.reading, member, "")
        with CaptureQueriesContext(connection) as queries:
            assert (
                client.get(PAGE).content.count(b'<article class="leaf"')
                == 2 * len(Membership.objects.filter(user=people.carol.user)) - 2
            )
        counts.append(len(queries))
    assert counts[0] == counts[1]
