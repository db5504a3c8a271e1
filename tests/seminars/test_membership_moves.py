"""Members moved several at once."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from seminars.models import Event, Group, Membership
from tests.base import People, make_people
from tests.forms import form_on
from tests.seminars.helpers import assert_for_instructors, queries, words
from tests.seminars.test_people import URL as PEOPLE

URL = reverse("membership_moves", args=["seminar"])


def move(people: People, *members: Membership, group: Group | None) -> Any:
    client = people.client("alice")
    form = form_on(client, PEOPLE, URL)
    sent = form.as_it_stands | {
        "member": [one.pk for one in members],
        "group": group.pk if group else "",
    }
    return client.post(URL, sent)


def group_of(member: Membership) -> Group | None:
    member.refresh_from_db()
    return member.group


def test_moves_all_that_are_ticked(people: People) -> None:
    answer = move(people, people.carol, people.grace, group=people.thursday)
    assert group_of(people.carol) == group_of(people.grace) == people.thursday
    page = words(people.client("alice").get(answer.url))
    assert "2 members moved. What they wrote stays with the group" in page
    assert "Undo" in page
    events = Event.objects.filter(kind="member.changed")
    assert {(event.target_id, event.actor_id) for event in events} == {
        (people.carol.pk, people.alice.pk),
        (people.grace.pk, people.alice.pk),
    }


def test_moves_out_of_every_group(people: People) -> None:
    move(people, people.carol, group=None)
    assert group_of(people.carol) is None


def test_undo_puts_everybody_back(people: People) -> None:
    client = people.client("alice")
    back = move(people, people.carol, people.dan, people.grace, group=people.thursday).url
    form = form_on(client, back, URL)
    assert form.as_it_stands["undo"]
    answer = client.post(URL, form.as_it_stands)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "2 members are back in their groups." in page
    assert group_of(people.carol) == people.monday
    assert group_of(people.grace) is None
    assert group_of(people.dan) == people.thursday, "he was there already"
    assert "Undo" not in words(client.get(back))


def test_undo_leaves_whoever_has_moved_on(people: People) -> None:
    third = Group.objects.create(seminar=people.seminar, name="Third")
    back = move(people, people.carol, people.grace, group=people.thursday).url
    move(people, people.carol, group=third)
    client = people.client("alice")
    client.post(URL, form_on(client, back, URL).as_it_stands)
    assert group_of(people.carol) == third
    assert group_of(people.grace) is None


def test_a_move_is_its_makers_alone(people: People) -> None:
    back = move(people, people.carol, group=people.thursday).url
    Membership.objects.filter(pk=people.bob.pk).update(role="instructor", group=None)
    bob = people.client("bob")
    assert "Undo" not in words(bob.get(back))
    number = back.partition("=")[2]
    answer = bob.post(URL, {"undo": number}, follow=True)
    assert "Nobody had to be moved back." in answer.content.decode()
    assert group_of(people.carol) == people.thursday


def test_nobody_ticked_says_so_and_keeps_the_ticks(people: People) -> None:
    answer = move(people, group=people.thursday)
    assert answer.status_code == 422
    assert "Tick at least one person who is in another group." in words(answer)
    answer = move(people, people.dan, group=people.thursday)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'value="{people.dan.pk}" checked' in page
    assert f'value="{people.thursday.pk}" selected' in page


def test_staff_and_others_members_stay(people: People) -> None:
    other = make_people("other")
    assert f'name="member" value="{people.bob.pk}"' not in str(
        people.client("alice").get(PEOPLE).content
    )
    answer = move(people, people.bob, other.carol, people.carol, group=people.thursday)
    assert answer.status_code == 302
    assert group_of(people.bob) == people.monday
    assert group_of(other.carol) == other.monday
    client = people.client("alice")
    assert (
        client.post(URL, {"member": people.carol.pk, "group": other.monday.pk}).status_code == 404
    )
    for nonsense in ("x", "-1", "9" * 40):
        sent = {"member": nonsense, "group": people.monday.pk, "undo": nonsense}
        assert client.post(URL, sent).status_code == 302
        del sent["undo"]
        assert client.post(URL, sent).status_code == 422


def test_only_one_group_is_listed_when_asked(people: People) -> None:
    client = people.client("alice")
    page = words(client.get(f"{PEOPLE}?group={people.monday.pk}"))
    assert "Carol" in page
    assert "Dan" not in page.partition("Groups")[0]
    for nonsense in ("x", "0", "9" * 40):
        assert "Dan" in words(client.get(f"{PEOPLE}?group={nonsense}"))


def test_queries_do_not_grow_on_the_page_after(people: People) -> None:
    client = people.client("alice")
    few = queries(client, move(people, people.carol, group=people.thursday).url)
    users = [User(email=f"u{i}@example.org", name=f"U {i}", password="!") for i in range(200)]
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(seminar=people.seminar, user=user, group=people.monday)
        for user in User.objects.filter(email__startswith="u")
    )
    many = list(people.seminar.memberships.filter(role="participant"))
    assert queries(client, move(people, *many, group=people.thursday).url) == few


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").get(URL).status_code == 405
