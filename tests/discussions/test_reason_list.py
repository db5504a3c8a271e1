"""The reasons of moderators: adding one to the list."""

from django.urls import reverse

from discussions.models import MAX_REASONS, Comment, Decision, ModerationReason
from discussions.moderation.settings_actions import add_reason, begin_reasons
from tests.base import People, markup
from tests.discussions.base import reason_names as names
from tests.discussions.base import url
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors

URL = reverse("reason_list", args=["seminar"])


def test_added_to_those_there_are_and_chosen(people: People, comment: Comment) -> None:
    client = people.client("alice")
    note = "Please say where the text says so."
    assert send(client, URL, name="No  evidence", note=note).status_code == 302
    assert names(people)[-1] == "No evidence"
    assert len(names(people)) == 6
    decide = url("comment_visibility", comment.thread.reading, comment.pk)
    reason = ModerationReason.objects.get(name="No evidence")
    form = {"state": "hidden", "reason": f"own-{reason.pk}", "version": comment.version}
    assert client.post(decide, form).status_code == 302
    assert Decision.objects.get().reason == "No evidence"


def test_bad_ones_are_refused(people: People) -> None:
    begin_reasons(by=people.alice)
    client = people.client("alice")
    bad = {"off THE topic": "has that reason", "something else": "has that reason", "": "required"}
    for name, said in bad.items():
        answer = send(client, URL, name=name, note="kept words")
        assert answer.status_code == 422
        assert said in markup(answer)
        assert "kept words" in markup(answer)


def test_so_many_and_no_more(people: People) -> None:
    for number in range(MAX_REASONS - 5):
        add_reason(name=f"Reason {number}", note="", by=people.alice)
    answer = send(people.client("alice"), URL, name="One more")
    assert answer.status_code == 422
    assert "as many reasons as there may be: 20" in markup(answer)


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
