"""One's own decision of just now taken back."""

from django.urls import reverse

from discussions.models import Comment, Decision, ReviewItem
from discussions.moderation.actions import approve, dismiss, hide, remove, return_to_author
from readings.models import Reading
from seminars.models import PostsHeld
from tests.base import People, htmx
from tests.discussions.base import reported, say
from tests.discussions.gates import assert_closed_to_strangers


def address(decision: Decision) -> str:
    return reverse("review_undo", args=["seminar", decision.pk])


def states(comment: Comment) -> tuple[str, str]:
    comment.refresh_from_db()
    return comment.state, ReviewItem.objects.get(comment=comment).state


def test_each_decision(people: People, comment: Comment) -> None:
    item = reported(comment, people.dan)
    alice = people.client("alice")
    for act in (hide, remove, return_to_author):
        comment.refresh_from_db()
        made = act(comment=comment, reason="Unkind", by=people.alice, version=comment.version)
        assert states(comment)[1] == "upheld"
        alice.post(address(made))
        assert states(comment) == ("published", "open")
    item.refresh_from_db()
    made = dismiss(
        review_item=item, by=people.alice, review_version=item.version, version=comment.version
    )
    response = htmx(alice, "post", address(made))
    assert states(comment) == ("published", "open")
    # The case is there again, and has the focus.
    text = response.content.decode()
    opening = text[text.index(f'id="review-{item.pk}"') :].split(">")[0]
    assert "data-focus" in opening
    assert "Undo" not in text


def test_what_was_published_waits_again(people: People, reading: Reading) -> None:
    people.seminar.posts_held = PostsHeld.ALL
    people.seminar.save(update_fields=["posts_held"])
    people.carol.seminar = people.seminar
    comment = say(reading, people.carol).comments.get()
    made = approve(comment=comment, by=people.bob, version=1)
    people.client("bob").post(address(made))
    assert states(comment) == ("pending", "open")


def test_too_late(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    made = hide(comment=comment, reason="Unkind", by=people.bob, version=1)
    remove(comment=comment, reason="Unkind", by=people.alice, version=2)
    response = people.client("bob").post(address(made))
    assert response.status_code == 409
    assert "cannot be taken back any more" in response.content.decode()
    assert states(comment)[0] == "removed"


def test_twice_is_once(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    made = hide(comment=comment, reason="Unkind", by=people.alice, version=1)
    for _again in range(2):
        people.client("alice").post(address(made))
    assert Decision.objects.filter(action="undo").count() == 1


def test_gates(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    made = hide(comment=comment, reason="Unkind", by=people.alice, version=1)
    assert_closed_to_strangers(people, address(made), {"x": "y"})
    for who in ("bob", "carol"):
        assert people.client(who).post(address(made)).status_code == 403
    assert people.client("alice").get(address(made)).status_code == 405
