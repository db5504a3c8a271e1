"""The landing page of the desk."""

from django.urls import reverse

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
