"""Adding a group."""

from django.urls import reverse

from seminars.models import Group
from tests.base import People, make_people
from tests.seminars.helpers import assert_for_instructors, words

URL = reverse("group_create", args=["seminar"])


def test_adds_a_group(people: People) -> None:
    client = people.client("alice")
    assert client.get(URL).status_code == 200
    page = words(client.post(URL, {"name": "Friday"}, follow=True))
    assert "Friday 0 members" in page
    assert Group.objects.get(name="Friday").seminar == people.seminar


def test_refuses_a_name_twice_and_keeps_it_in_the_form(people: People) -> None:
    answer = people.client("alice").post(URL, {"name": "Monday"})
    assert answer.status_code == 422
    assert "has a group of that name already" in words(answer)
    assert 'value="Monday"' in answer.content.decode()
    assert Group.objects.filter(seminar=people.seminar).count() == 2


def test_another_seminar_may_have_the_name(people: People) -> None:
    other = make_people("other")
    Group.objects.create(seminar=other.seminar, name="Friday")
    assert people.client("alice").post(URL, {"name": "Friday"}).status_code == 302


def test_refuses_an_empty_name(people: People) -> None:
    assert people.client("alice").post(URL, {"name": " "}).status_code == 422


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405


def test_refuses_a_name_that_nobody_sees_and_cleans_one_that_turns_words(people: People) -> None:
    client = people.client("alice")
    answer = client.post(URL, {"name": "\u200b\u3164"})
    assert answer.status_code == 422
    assert "Readers would see nothing of this" in words(answer)
    client.post(URL, {"name": "\u202eFri\u200bday\u2066"})
    assert Group.objects.filter(seminar=people.seminar, name="Friday").exists()


def test_capitals_and_spaces_make_no_other_name(people: People) -> None:
    alice = people.client("alice")
    for name in ("monday", "MONDAY", " Monday  "):
        answer = alice.post(URL, {"name": name})
        assert answer.status_code == 422, name
        assert "This seminar has a group of that name already." in answer.content.decode()
    alice.post(URL, {"name": "Übung"})
    assert alice.post(URL, {"name": "übung"}).status_code == 422
    assert people.seminar.groups.count() == 3
