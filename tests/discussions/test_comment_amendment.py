"""An instructor puts another's words right."""

from discussions.models import Action, Comment, Decision
from tests.base import People, markup
from tests.discussions.base import url
from tests.discussions.gates import assert_closed_to_strangers
from tests.discussions.news import told
from tests.forms import send

BETTER = "What is together? (A name was taken out.)"


def address(comment: Comment) -> str:
    return url("comment_amendment", comment.thread.reading, comment.pk)


def test_the_difference_stands_and_the_author_is_told(people: People, comment: Comment) -> None:
    client = people.client("alice")
    assert "Change the words" in markup(client.get(comment.thread.get_absolute_url()))
    sent = send(client, address(comment), body=BETTER, reason="Personal details")
    assert sent.status_code == 302
    comment.refresh_from_db()
    assert comment.body == BETTER
    history = markup(
        people.client("dan").get(url("comment_revisions", comment.thread.reading, comment.pk))
    )
    assert "Alice" in history
    assert "Personal details" in history
    assert Decision.objects.get().action == Action.EDIT
    assert "edited your comment" in told(people, "carol")[0]


def test_bad_and_stale_input_keeps_the_words(people: People, comment: Comment) -> None:
    client = people.client("alice")
    for wrong in ({"reason": ""}, {"reason": "x" * 81}, {"body": ""}):
        fields = {"body": BETTER, "reason": "Why", "note_to_staff": "kept note"} | wrong
        refused = send(client, address(comment), **fields)
        assert refused.status_code == 422
        assert "kept note" in markup(refused)
    stale = client.post(address(comment), {"body": BETTER, "reason": "Why", "version": "9"})
    assert stale.status_code == 409
    assert BETTER in markup(stale)
    assert not Decision.objects.exists()


def test_who_may(people: People, comment: Comment) -> None:
    for who in ("bob", "carol", "dan", "grace"):
        assert people.client(who).get(address(comment)).status_code == 403
    assert_closed_to_strangers(people, address(comment))
    assert people.client("alice").delete(address(comment)).status_code == 405
