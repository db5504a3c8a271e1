"""A person removed from a seminar loses it at once; their words stay."""

import pytest
from django.test import Client
from django.urls import reverse

from discussions.models import Comment, Thread
from readings.models import Passage
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.seminars.helpers import assert_for_instructors, invite, words


def url(member: Membership) -> str:
    return reverse("membership_removal", args=["seminar", member.pk])


def test_says_what_it_means_and_then_removes(people: People) -> None:
    client = people.client("alice")
    page = words(client.get(url(people.carol)))
    assert "Carol loses every page of Two views at once" in page
    assert people.seminar.memberships.current().count() == 5, "looking removes nobody"
    answer = client.post(url(people.carol), follow=True)
    assert "Carol is no longer in Two views." in answer.content.decode()
    people.carol.refresh_from_db()
    assert people.carol.removed_at
    assert people.carol.removed_by == people.alice


def test_everything_is_gone_at_once(people: People) -> None:
    """In the browser where the person is signed in already."""
    carol = people.client("carol")
    reading = make_reading(people)
    pages = [
        reverse("seminar_detail", args=["seminar"]),
        reverse("people", args=["seminar"]),
        reading.get_absolute_url(),
    ]
    assert {carol.get(page).status_code for page in pages} == {200}
    people.client("alice").post(url(people.carol))
    assert {carol.get(page).status_code for page in pages} == {404}


def test_removed_instructor_reaches_no_page_of_the_seminar(people: People) -> None:
    people.bob.role = "instructor"
    people.bob.save()
    bob = people.client("bob")
    invitation, _ = invite(people)
    assert bob.get(url(people.carol)).status_code == 200
    people.client("alice").post(url(people.bob))
    for name, args in {
        "seminar_detail": [],
        "seminar_settings": [],
        "people": [],
        "membership_detail": [people.carol.pk],
        "membership_removal": [people.carol.pk],
        "group_create": [],
        "group_detail": [people.monday.pk],
        "group_removal": [people.monday.pk],
        "invitation_create": [],
        "invitation_revocation": [invitation.pk],
    }.items():
        page = reverse(name, args=["seminar", *args])
        assert bob.get(page).status_code == 404, name
        assert bob.post(page).status_code == 404, name


def test_words_stay(people: People) -> None:
    reading = make_reading(people)
    passage = Passage.objects.create(seminar=people.seminar, reading=reading, block_key="p1")
    thread = Thread.objects.create(
        seminar=people.seminar,
        reading=reading,
        passage=passage,
        author=people.carol,
        audience="seminar",
    )
    comment = Comment.objects.create(
        seminar=people.seminar,
        thread=thread,
        author=people.carol,
        seq=1,
        body="Kept",
        html="<p>Kept</p>",
        renderer_version=1,
    )
    people.client("alice").post(url(people.carol))
    comment.refresh_from_db()
    assert (comment.body, comment.author.name) == ("Kept", "Carol")


def test_last_instructor_cannot_be_removed(people: People) -> None:
    answer = people.client("alice").post(url(people.alice))
    assert answer.status_code == 422
    assert "this is its last one" in words(answer)
    people.alice.refresh_from_db()
    assert people.alice.removed_at is None


def test_instructor_may_leave_when_there_is_another(people: People) -> None:
    people.bob.role = "instructor"
    people.bob.save()
    answer = people.client("alice").post(url(people.alice), follow=True)
    assert answer.redirect_chain == [(reverse("home"), 302)]
    assert "You are in no seminar yet" in words(answer)


def test_reaches_members_of_this_seminar_alone(people: People) -> None:
    other = make_people("other")
    client = people.client("alice")
    assert client.post(url(other.carol)).status_code == 404
    client.post(url(people.carol))
    assert client.post(url(people.carol)).status_code == 404, "a second time there is nobody"


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may(people: People, method: str) -> None:
    assert_for_instructors(people, url(people.dan), method)
    people.dan.refresh_from_db()
    assert people.dan.removed_at is None


def test_refuses_other_methods(people: People) -> None:
    assert people.client("alice").delete(url(people.dan)).status_code == 405
    assert Client().delete(url(people.dan)).status_code == 302
