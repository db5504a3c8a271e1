"""Putting the reasons of moderators in order."""

from django.urls import reverse

from discussions.models import ModerationReason
from discussions.moderation.settings_actions import add_reason, begin_reasons
from tests.base import People, make_people
from tests.discussions.base import reason_names as names
from tests.seminars.helpers import assert_for_instructors


def test_put_in_order(people: People) -> None:
    begin_reasons(by=people.alice)
    first, second, *rest = names(people)
    pk = ModerationReason.objects.get(name=first).pk
    place = reverse("reason_place", args=["seminar", pk])
    client = people.client("alice")
    assert client.post(place, {"place": "1"}).status_code == 302
    assert names(people) == [second, first, *rest]
    client.post(place, {"place": "99"})
    assert names(people) == [second, *rest, first]
    client.post(place, {"place": "first"})
    assert names(people)[-1] == first
    assert client.get(place).status_code == 405


def test_who_may(people: People) -> None:
    reason = add_reason(name="Rude", note="", by=people.alice)
    page = reverse("reason_place", args=["seminar", reason.pk])
    assert_for_instructors(people, page, "post")
    elsewhere = add_reason(name="Elsewhere", note="", by=make_people("other").alice)
    theirs = reverse("reason_place", args=["seminar", elsewhere.pk])
    assert people.client("alice").post(theirs).status_code == 404
