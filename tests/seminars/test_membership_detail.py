"""An instructor gives a member another role or group."""

from django.urls import reverse
from django.utils import timezone

from seminars.models import Membership
from tests.base import People, make_people
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors, words


def url(member: Membership) -> str:
    return reverse("membership_detail", args=["seminar", member.pk])


def test_changes_role_and_group(people: People) -> None:
    client = people.client("alice")
    page = client.get(url(people.carol)).content.decode()
    assert 'value="participant" required id="id_role_2" checked' in page
    fields = {"role": "assistant", "group": people.thursday.pk}
    answer = client.get(send(client, url(people.carol), **fields).url)
    assert "Carol is Assistant now." in answer.content.decode()
    people.carol.refresh_from_db()
    assert (people.carol.role, people.carol.group) == ("assistant", people.thursday)


def test_takes_out_of_the_group(people: People) -> None:
    send(people.client("alice"), url(people.carol), role="participant", group="")
    people.carol.refresh_from_db()
    assert people.carol.group is None


def test_last_instructor_stays_one(people: People) -> None:
    client = people.client("alice")
    answer = send(client, url(people.alice), role="participant", group="")
    assert answer.status_code == 422
    assert "this is its last one" in words(answer)
    people.alice.refresh_from_db()
    assert people.alice.role == "instructor"


def test_instructor_may_step_down_when_there_is_another(people: People) -> None:
    client = people.client("alice")
    send(client, url(people.bob), role="instructor", group="")
    answer = send(client, url(people.alice), role="participant", group="")
    assert answer.status_code == 302
    people.alice.refresh_from_db()
    assert people.alice.role == "participant"
    assert client.get(url(people.bob)).status_code == 403, "the right is gone at once"


def test_removed_instructor_does_not_count(people: People) -> None:
    people.bob.role, people.bob.removed_at = "instructor", timezone.now()
    people.bob.save()
    answer = people.client("alice").post(url(people.alice), {"role": "guest", "group": ""})
    assert answer.status_code == 422


def test_refuses_roles_and_groups_that_are_not(people: People) -> None:
    other = make_people("other")
    client = people.client("alice")
    for fields in (
        {"role": "owner", "group": ""},
        {"role": "", "group": ""},
        {"role": "assistant", "group": other.monday.pk},
        {"role": "assistant", "group": "x"},
    ):
        assert client.post(url(people.carol), fields).status_code == 422, fields
    people.carol.refresh_from_db()
    assert (people.carol.role, people.carol.group) == ("participant", people.monday)


def test_reaches_members_of_this_seminar_alone(people: People) -> None:
    client = people.client("alice")
    assert client.get(url(make_people("other").carol)).status_code == 404
    people.carol.removed_at = timezone.now()
    people.carol.save()
    assert client.get(url(people.carol)).status_code == 404
    assert client.post(url(people.carol), {"role": "guest"}).status_code == 404


def test_who_may(people: People) -> None:
    assert_for_instructors(people, url(people.dan))
    assert_for_instructors(people, url(people.dan), "post")
    assert people.client("alice").delete(url(people.dan)).status_code == 405


def test_an_assistant_looks_after_several_groups(people: People) -> None:
    client = people.client("alice")
    groups = [people.monday.pk, people.thursday.pk]
    send(client, url(people.bob), role="assistant", group=people.monday.pk, assists=groups)
    bob = Membership.objects.get(pk=people.bob.pk)
    assert bob.group_ids == set(groups)
    send(client, url(people.bob), role="participant", group=people.monday.pk, assists=groups)
    bob = Membership.objects.get(pk=people.bob.pk)
    assert bob.group_ids == {people.monday.pk}
    assert not bob.assists.exists()


def test_groups_that_somebody_else_has_given_meanwhile_are_not_lost(people: People) -> None:
    client = people.client("alice")
    page = client.get(url(people.bob)).content.decode()
    assert page.count('name="assists"') == 2
    first = send(client, url(people.bob), role="assistant", group="", assists=[people.monday.pk])
    assert first.status_code == 302
    stale = client.post(
        url(people.bob),
        {"role": "assistant", "group": "", "assists": [people.thursday.pk], "version": "1"},
    )
    assert stale.status_code == 409
    assert "Monday" in words(stale)
    assert Membership.objects.get(pk=people.bob.pk).group_ids == {people.monday.pk}
