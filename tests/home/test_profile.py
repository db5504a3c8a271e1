"""One's own page."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from discussions.models import Comment
from readings.models import Reading
from tests.accounts.second_factors import set_up_app
from tests.base import People, make_people
from tests.discussions.base import say
from tests.forms import send
from tests.seminars.announcements import announce, url
from tests.seminars.helpers import queries, words

URL = reverse("profile")


def user_of(people: People, who: str = "carol") -> User:
    return User.objects.get(email=f"{who}@example.org")


def test_changes_name_and_zone(people: People) -> None:
    client = people.client("carol")
    answer = send(client, URL, name="Caro L.", time_zone="Asia/Shanghai")
    assert answer.url == URL
    user = user_of(people)
    assert (user.name, user.time_zone) == ("Caro L.", "Asia/Shanghai")
    assert 'value="Asia/Shanghai" selected' in client.get(URL).content.decode()
    members = people.client("dan").get(reverse("people", args=["seminar"]))
    assert "Caro L." in members.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "\u200b"}, {"time_zone": "Mars/Olympus"}, {"name": "x" * 121}]
)
def test_bad_input_comes_back(people: People, wrong: dict[str, str]) -> None:
    answer = people.client("carol").post(URL, {"name": "Words kept", "time_zone": ""} | wrong)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert user_of(people).name == "Carol"


def test_says_where_one_takes_part_and_leads_out(people: People) -> None:
    page = people.client("carol").get(URL)
    assert "Two views Participant Monday Joined" in words(page)
    assert reverse("departure", args=["seminar"]) in page.content.decode()
    assert "carol@example.org" in words(page)
    assert "You are in no seminar now." in words(people.client("mallory").get(URL))


def test_says_how_safe_the_account_is(people: People) -> None:
    client = people.client("carol")
    page = words(client.get(URL))
    assert "Second factor Off" in page
    assert "In 1 browser" in page
    set_up_app(client)
    people.client("carol")
    page = words(client.get(URL))
    assert "Second factor On Authenticator app 10 recovery codes left" in page
    assert "In 2 browsers" in page


def test_times_are_in_ones_own_zone_and_in_nobody_elses(people: People, reading: Reading) -> None:
    at = datetime(2026, 3, 4, 20, 30, tzinfo=UTC)
    one = announce(people.alice)
    type(one).objects.update(published_at=at)
    User.objects.filter(email="carol@example.org").update(time_zone="Asia/Shanghai")
    carol, dan = people.client("carol"), people.client("dan")
    for _ in range(2):
        assert "5 March, 04:30" in carol.get(url("detail", one)).content.decode()
        assert "4 March, 20:30" in dan.get(url("detail", one)).content.decode()
    assert timezone.get_current_timezone_name() == "UTC"


def test_what_is_kept_for_many_is_in_the_sites_zone(people: People, reading: Reading) -> None:
    """Carol's group shares what is kept of the page: whoever loads it first shapes it."""
    say(reading, people.carol, block="p1")
    Comment.objects.update(published_at=datetime(2026, 3, 4, 20, 30, tzinfo=UTC))
    User.objects.filter(email="carol@example.org").update(time_zone="Asia/Shanghai")
    pages = [reading.get_absolute_url(), reverse("thread_list", args=["seminar", reading.slug])]
    for page in pages:
        people.client("carol").get(page)
        assert "04:30" not in people.client("bob").get(page).content.decode()


def test_a_zone_that_is_no_more_is_the_sites(people: People) -> None:
    User.objects.filter(email="carol@example.org").update(time_zone="Mars/Olympus")
    assert people.client("carol").get(URL).status_code == 200


def test_queries_do_not_grow(people: People) -> None:
    client = people.client("mallory")

    def join(number: int) -> None:
        other = make_people(f"s{number}")
        other.dan.user = people.mallory
        other.dan.save()

    join(0)
    few = queries(client, URL)
    for number in range(1, 10):
        join(number)
    assert queries(client, URL) == few


def test_who_may(people: People) -> None:
    assert Client().get(URL).status_code == 302
    assert people.client("mallory").delete(URL).status_code == 405
