"""Starting a seminar."""

import pytest
from django.test import Client
from django.urls import reverse

from seminars.models import Membership, Seminar
from tests.base import People

URL = reverse("seminar_create")


def test_makes_its_creator_the_instructor(people: People) -> None:
    client = people.client("alice")
    assert client.get(URL).status_code == 200
    answer = client.post(URL, {"name": "Spring term", "description": "Thursdays"}, follow=True)
    assert answer.redirect_chain == [("/s/spring-term/", 302)]
    assert "The seminar has been created." in answer.content.decode()
    seminar = Seminar.objects.get(slug="spring-term")
    assert (seminar.name, seminar.description) == ("Spring term", "Thursdays")
    member = Membership.objects.get(seminar=seminar)
    assert (member.user, member.role) == (people.alice.user, "instructor")


@pytest.mark.parametrize("name", ["Two views", "北约与中国", "!?", "x" * 200])
def test_finds_every_name_an_address_of_its_own(people: People, name: str) -> None:
    client = people.client("alice")
    for _ in range(2):
        answer = client.post(URL, {"name": name}, follow=True)
        assert answer.status_code == 200
    assert Seminar.objects.filter(name=name).count() == 2 + (name == people.seminar.name)


def test_host_staff_may_start_one(people: People) -> None:
    people.mallory.is_host = True
    people.mallory.save()
    assert people.client("mallory").post(URL, {"name": "Hers"}).status_code == 302


def test_others_may_not(people: People) -> None:
    assert Client().post(URL, {"name": "No"}).status_code == 401
    for key in ("bob", "carol", "grace", "mallory"):
        assert people.client(key).get(URL).status_code == 403, key
        assert people.client(key).post(URL, {"name": "No"}).status_code == 403, key
    assert Seminar.objects.count() == 1


def test_refuses_other_methods(people: People) -> None:
    assert people.client("alice").put(URL).status_code == 405


def test_bad_input_comes_back_with_the_text(people: People) -> None:
    answer = people.client("alice").post(URL, {"name": " ", "description": "Kept words"})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
