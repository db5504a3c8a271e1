"""Deleting a group that is empty."""

from django.urls import reverse
from django.utils import timezone

from discussions.models import Thread
from readings.models import Passage
from seminars.models import Group
from tests.base import People, make_people, make_reading
from tests.seminars.helpers import assert_for_instructors, invite, words


def url(group: Group) -> str:
    return reverse("group_removal", args=["seminar", group.pk])


def refusal(people: People, group: Group) -> str:
    answer = people.client("alice").post(url(group))
    assert answer.status_code == 422
    assert Group.objects.filter(pk=group.pk).exists()
    return words(answer)


def test_deletes_an_empty_group(people: People) -> None:
    group = Group.objects.create(seminar=people.seminar, name="Friday")
    client = people.client("alice")
    assert "Delete Friday?" in words(client.get(url(group)))
    assert client.post(url(group)).status_code == 302
    assert not Group.objects.filter(pk=group.pk).exists()


def test_a_former_member_does_not_hold_it(people: People) -> None:
    people.dan.removed_at = timezone.now()
    people.dan.save()
    assert people.client("alice").post(url(people.thursday)).status_code == 302


def test_refuses_while_somebody_is_in_it(people: People) -> None:
    assert "The group has members" in refusal(people, people.monday)


def test_refuses_while_an_invitation_leads_to_it(people: People) -> None:
    group = Group.objects.create(seminar=people.seminar, name="Friday")
    invite(people, group=group)
    assert "An open invitation leads to this group" in refusal(people, group)


def test_refuses_when_it_was_written_to(people: People) -> None:
    group = Group.objects.create(seminar=people.seminar, name="Friday")
    reading = make_reading(people)
    passage = Passage.objects.create(seminar=people.seminar, reading=reading, block_key="p1")
    Thread.objects.create(
        seminar=people.seminar,
        reading=reading,
        passage=passage,
        author=people.dan,
        audience="group",
        group=group,
    )
    assert "have written to it" in refusal(people, group)


def test_refuses_while_a_reading_is_for_it(people: People) -> None:
    """Without its group the reading would be for everybody."""
    group = Group.objects.create(seminar=people.seminar, name="Friday")
    make_reading(people).groups.set([group])
    assert "a reading is for it" in refusal(people, group)


def test_who_may(people: People) -> None:
    group = Group.objects.create(seminar=people.seminar, name="Friday")
    assert_for_instructors(people, url(group))
    assert_for_instructors(people, url(group), "post")
    assert people.client("alice").delete(url(group)).status_code == 405
    assert people.client("alice").post(url(make_people("other").monday)).status_code == 404
    assert Group.objects.filter(pk=group.pk).exists()
