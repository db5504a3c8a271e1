"""Who takes part in a seminar."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from seminars.models import Group, Membership
from tests.base import People, make_people
from tests.seminars.helpers import invite, queries, words

URL = reverse("people", args=["seminar"])


def test_lists_members_staff_first(people: People) -> None:
    page = words(people.client("carol").get(URL))
    assert "5 members" in page
    places = [page.index(name) for name in ("Alice", "Bob", "Carol (you)", "Dan", "Grace")]
    assert places == sorted(places)
    assert "Bob Assistant Monday" in page


def test_shows_no_addresses_of_others(people: People) -> None:
    page = words(people.client("carol").get(URL))
    assert "@example.org" not in page


def test_leaves_out_removed_members_and_other_seminars(people: People) -> None:
    make_people("other").dan.user.name = "Elsewhere"
    people.dan.removed_at = timezone.now()
    people.dan.save()
    page = words(people.client("carol").get(URL))
    assert "Dan" not in page
    assert "4 members" in page


def test_instructors_get_what_participants_do_not(people: People) -> None:
    invite(people, group=people.monday, uses=3)
    instructor = people.client("alice").get(URL)
    page = words(instructor)
    assert "Participant, Monday Open Used 0 of 3 times Made by Alice" in page
    assert "Invite people" in page
    change = reverse("membership_detail", args=["seminar", people.carol.pk])
    assert f'href="{change}"' in instructor.content.decode()
    participant = people.client("carol").get(URL)
    assert f'href="{change}"' not in participant.content.decode()
    assert "Invite" not in words(participant)
    assert "Made by" not in words(participant)


def test_who_may_see_it(people: People) -> None:
    assert Client().get(URL).status_code == 302
    assert people.client("mallory").get(URL).status_code == 404
    assert people.client("grace").get(URL).status_code == 403
    assert people.client("carol").post(URL).status_code == 405


def test_queries_do_not_grow(people: People) -> None:
    invite(people, group=people.monday)
    client = people.client("alice")
    few = queries(client, URL)
    users = [User(email=f"u{i}@example.org", name=f"U {i}", password="!") for i in range(200)]
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(seminar=people.seminar, user=user, group=people.monday)
        for user in User.objects.filter(email__startswith="u")
    )
    Group.objects.bulk_create(Group(seminar=people.seminar, name=f"G {i}") for i in range(20))
    for _ in range(20):
        invite(people, group=people.thursday)
    assert queries(client, URL) == few
