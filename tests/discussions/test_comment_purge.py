"""What was removed, deleted for good."""

from discussions.models import Action, Comment, CommentState, Decision
from discussions.moderation.actions import remove
from tests.base import People, markup
from tests.discussions.base import answer, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.forms import send


def address(comment: Comment) -> str:
    return url("comment_purge", comment.thread.reading, comment.pk)


def taken(people: People, comment: Comment) -> Comment:
    answer(comment.thread, people.dan, "A reply that stays.", parent=comment)
    remove(comment=comment, by=people.alice, version=comment.version, reason="Secrets")
    comment.refresh_from_db()
    return comment


def test_the_words_are_gone_and_the_replies_stay(people: People, comment: Comment) -> None:
    client = people.client("alice")
    taken(people, comment)
    assert "Delete for good" in markup(client.get(comment.thread.get_absolute_url()))
    assert "nothing brings it back" in markup(client.get(address(comment)))
    assert send(client, address(comment), reason="Secrets of others").status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.body, comment.html) == (CommentState.PURGED, "", "")
    for who in ("alice", "carol", "dan"):
        page = markup(people.client(who).get(comment.thread.get_absolute_url()))
        assert "Deleted by staff" in page
        assert "A reply that stays." in page
        assert "<em>together</em>" not in page
    row = Decision.objects.order_by("-pk")[0]
    assert (row.action, row.reason) == (Action.PURGE, "Secrets of others")


def test_a_reason_is_given_and_the_state_is_that_which_was_seen(
    people: People, comment: Comment
) -> None:
    taken(people, comment)
    client = people.client("alice")
    assert send(client, address(comment), reason="").status_code == 422
    stale = client.post(address(comment), {"reason": "Secrets", "version": "1"})
    assert stale.status_code == 409
    comment.refresh_from_db()
    assert comment.state == CommentState.REMOVED


def test_who_may(people: People, comment: Comment) -> None:
    assert people.client("alice").get(address(comment)).status_code == 403  # it stands
    taken(people, comment)
    for who in ("bob", "carol", "dan", "grace"):
        assert people.client(who).get(address(comment)).status_code == 403
    assert_closed_to_strangers(people, address(comment))
    assert people.client("alice").delete(address(comment)).status_code == 405
