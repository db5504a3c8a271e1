"""A seminar's name and description."""

from django.urls import reverse

from tests.base import People
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors

URL = reverse("seminar_settings", args=["seminar"])


def test_saves_and_keeps_the_address(people: People) -> None:
    client = people.client("alice")
    assert 'value="Two views"' in client.get(URL).content.decode()
    assert send(client, URL, name="Three views", description="New").status_code == 302
    people.seminar.refresh_from_db()
    assert (people.seminar.name, people.seminar.description) == ("Three views", "New")
    assert people.seminar.slug == "seminar"


def test_bad_input_comes_back_with_the_text(people: People) -> None:
    answer = people.client("alice").post(URL, {"name": "", "description": "Kept words"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Kept words" in page
    assert "Two views" in page, "the page around the form has the old name"
    people.seminar.refresh_from_db()
    assert people.seminar.name == "Two views"


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
