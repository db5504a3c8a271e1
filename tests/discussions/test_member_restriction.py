"""Letting each post of a member wait for staff."""

from django.urls import reverse

from discussions.models import Comment, CommentState, Decision
from tests.base import People
from tests.discussions.base import answer


def address(people: People, key: str) -> str:
    return reverse("member_restriction", args=["seminar", getattr(people, key).pk])


def test_on_and_off(people: People, comment: Comment) -> None:
    client = people.client("alice")
    for _time in range(2):
        assert client.post(address(people, "dan"), {"on": "1"}).status_code == 302
    people.dan.refresh_from_db()
    assert answer(comment.thread, people.dan).state == CommentState.PENDING
    client.post(address(people, "dan"), {"on": "0"})
    people.dan.refresh_from_db()
    assert answer(comment.thread, people.dan).state == CommentState.PUBLISHED
    assert [row.action for row in Decision.objects.order_by("pk")] == ["restrict", "unrestrict"]


def test_instructors_alone(people: People) -> None:
    for who, other in (("bob", "carol"), ("carol", "dan"), ("alice", "bob")):
        assert people.client(who).post(address(people, other), {"on": "1"}).status_code == 403
    assert people.client("mallory").post(address(people, "dan")).status_code == 404
    assert people.client("alice").get(address(people, "dan")).status_code == 405
