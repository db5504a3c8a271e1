"""Taking a reason of moderators from the list."""

from django.urls import reverse

from discussions.models import ModerationReason
from discussions.moderation.settings_actions import add_reason, begin_reasons
from tests.base import People, make_people, markup
from tests.seminars.helpers import assert_for_instructors


def test_removed_and_with_the_last_the_common_ones_are_back(people: People) -> None:
    client = people.client("alice")
    begin_reasons(by=people.alice)
    for row in ModerationReason.objects.all():
        page = reverse("reason_removal", args=["seminar", row.pk])
        assert "keep its words" in markup(client.get(page))
        assert client.post(page).status_code == 302
        assert client.get(page).status_code == 404
    assert "Every seminar begins with these" in markup(
        client.get(reverse("reason_list", args=["seminar"]))
    )


def test_who_may(people: People) -> None:
    reason = add_reason(name="Rude", note="", by=people.alice)
    page = reverse("reason_removal", args=["seminar", reason.pk])
    assert_for_instructors(people, page)
    assert_for_instructors(people, page, "post")
    elsewhere = add_reason(name="Elsewhere", note="", by=make_people("other").alice)
    theirs = reverse("reason_removal", args=["seminar", elsewhere.pk])
    assert people.client("alice").post(theirs).status_code == 404
