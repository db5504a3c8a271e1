"""Renaming a group."""

from django.urls import reverse

from seminars.models import Group
from tests.base import People, make_people
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors, words


def url(group: Group) -> str:
    return reverse("group_detail", args=["seminar", group.pk])


def test_renames(people: People) -> None:
    client = people.client("alice")
    page = client.get(url(people.monday)).content.decode()
    assert 'value="Monday"' in page
    assert send(client, url(people.monday), name="Early").status_code == 302
    people.monday.refresh_from_db()
    assert people.monday.name == "Early"


def test_keeps_its_own_name(people: People) -> None:
    assert send(people.client("alice"), url(people.monday), name="Monday").status_code == 302


def test_refuses_the_name_of_another(people: People) -> None:
    answer = people.client("alice").post(url(people.monday), {"name": "Thursday"})
    assert answer.status_code == 422
    assert "Group Monday" in words(answer)
    assert 'value="Thursday"' in answer.content.decode()
    people.monday.refresh_from_db()
    assert people.monday.name == "Monday"


def test_offers_deletion_only_when_empty(people: People) -> None:
    client = people.client("alice")
    removal = reverse("group_removal", args=["seminar", people.monday.pk])
    assert removal not in client.get(url(people.monday)).content.decode()
    for member in (people.bob, people.carol):
        member.group = None
        member.save()
    assert removal in client.get(url(people.monday)).content.decode()


def test_who_may(people: People) -> None:
    assert_for_instructors(people, url(people.monday))
    assert_for_instructors(people, url(people.monday), "post")
    assert people.client("alice").delete(url(people.monday)).status_code == 405
    assert people.client("alice").get(url(make_people("other").monday)).status_code == 404
