"""Wording a reason of moderators anew."""

from django.urls import reverse

from discussions.models import Comment, Decision
from discussions.moderation.settings_actions import add_reason
from tests.base import People, make_people, markup
from tests.discussions.base import reason_names as names
from tests.discussions.base import url
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors


def test_worded_anew_and_decisions_keep_the_words_of_then(people: People, comment: Comment) -> None:
    client = people.client("alice")
    reason = add_reason(name="Rude", note="", by=people.alice)
    decide = url("comment_visibility", comment.thread.reading, comment.pk)
    form = {"state": "hidden", "reason": f"own-{reason.pk}", "version": comment.version}
    client.post(decide, form)
    page = reverse("reason_detail", args=["seminar", reason.pk])
    assert send(client, page, name="Unkind", note="Dear author,").status_code == 302
    assert names(people)[-1] == "Unkind"
    assert Decision.objects.get().reason == "Rude"
    stale = client.post(page, {"name": "Mine", "note": "kept", "version": "1"})
    assert stale.status_code == 409
    assert "kept" in markup(stale)
    assert send(client, page, name="Off the topic").status_code == 422


def test_who_may(people: People) -> None:
    reason = add_reason(name="Rude", note="", by=people.alice)
    page = reverse("reason_detail", args=["seminar", reason.pk])
    assert_for_instructors(people, page)
    assert_for_instructors(people, page, "post")
    elsewhere = add_reason(name="Elsewhere", note="", by=make_people("other").alice)
    theirs = reverse("reason_detail", args=["seminar", elsewhere.pk])
    assert people.client("alice").post(theirs).status_code == 404
