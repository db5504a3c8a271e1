"""Having a seminar deleted: it is closed at once, told of, and can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from readings.models import Reading
from seminars.models import SeminarDeletion
from tests.base import PASSWORD, People
from tests.discussions.base import say
from tests.forms import form_on
from tests.lifecycle.deletions import SEMINAR, UNDO, URL, WHOLE, ask


def test_it_is_closed_at_once_to_all_but_its_instructors(
    people: People, reading: Reading, django_capture_on_commit_callbacks: Any
) -> None:
    thread = say(reading, people.carol, "Words that go.")
    client = people.client("alice")
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, WHOLE)
    deletion = SeminarDeletion.objects.get()
    days = deletion.due_at - timezone.now()
    assert timedelta(days=29) < days <= timedelta(days=30)
    for who in ("bob", "carol", "dan", "grace"):
        told = people.client(who)
        for url in (SEMINAR, reading.get_absolute_url(), thread.get_absolute_url()):
            refused = told.get(url)
            assert refused.status_code == 403
            assert "is deleting this seminar" in refused.content.decode()
        for url in ("/", reverse("all_news"), reverse("all_notebooks"), reverse("profile")):
            page = told.get(url).content.decode()
            assert "Words that go." not in page
            assert SEMINAR not in page
        assert "will be deleted on" in told.get("/").content.decode()
    assert "Words that go." in client.get(thread.get_absolute_url()).content.decode()
    assert client.post(reverse("thread_list", args=["seminar", reading.slug])).status_code == 403
    assert {one.to[0] for one in mail.outbox} == {
        f"{who}@example.org" for who in ("bob", "carol", "dan", "grace")
    }
    assert "“Two views” will be deleted" in mail.outbox[0].subject
    assert "your own words too" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "Two view"}, "This is not the name of the seminar."),
        ({"name": ""}, "This field is required."),
        ({"password": "wrong horse"}, "This is not your password."),
        ({"password": ""}, "This field is required."),
    ],
)
def test_it_asks_for_the_name_and_the_password(
    people: People, fields: dict[str, str], said: str
) -> None:
    answer = ask(people.client("alice"), **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert not SeminarDeletion.objects.exists()


def test_passwords_are_not_tried_one_after_the_other(people: People) -> None:
    client = people.client("alice")
    for _ in range(11):
        answer = ask(client, password="wrong horse")
    assert "Too many tries" in answer.content.decode()
    assert ask(client).status_code == 422


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("carol", 403), ("mallory", 404)])
def test_nobody_else_asks_for_it(people: People, who: str, status: int) -> None:
    sent = {"name": "Two views", "password": PASSWORD}
    assert people.client(who).post(URL, sent).status_code == status
    assert people.client(who).post(UNDO).status_code == status
    assert not SeminarDeletion.objects.exists()


def test_sent_twice_is_asked_for_once(people: People) -> None:
    client = people.client("alice")
    sent = form_on(client, URL).as_it_stands | {"name": ["Two views"], "password": [PASSWORD]}
    answers = [client.post(URL, sent).headers["Location"] for _ in range(2)]
    assert answers == [WHOLE] * 2
    assert ask(client).status_code == 302  # from another tab
    assert SeminarDeletion.objects.count() == 1
