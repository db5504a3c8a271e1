"""Asking that staff look again at what they hid or removed of one's own words."""

import pytest

from discussions.models import Comment, ReviewCause, ReviewItem
from discussions.moderation.actions import dismiss, remove, restore
from tests.base import People, htmx, markup
from tests.discussions.base import answer, hidden, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.discussions.news import told

WHY = "I quoted the essay, and nobody else."


def address(comment: Comment) -> str:
    return url("comment_review", comment.thread.reading, comment.pk)


@pytest.fixture
def taken(people: People, comment: Comment) -> Comment:
    answer(comment.thread, people.dan)
    return hidden(comment, people.alice)


def page_of(people: People, comment: Comment, who: str = "carol") -> str:
    return markup(people.client(who).get(comment.thread.get_absolute_url()))


def test_asked_once_and_told(people: People, taken: Comment) -> None:
    client = people.client("carol")
    assert "Ask for a review" in page_of(people, taken)
    assert "Ask for a review" in markup(client.get(address(taken)))
    answered = client.post(address(taken), {"why": WHY}, follow=True)
    assert "Staff will look at it again" in markup(answered)
    item = ReviewItem.objects.get(cause=ReviewCause.APPEAL)
    assert item.detail == WHY
    page = page_of(people, taken)
    assert "You have asked staff to look at it again" in page
    assert "Ask for a review" not in page
    # The same once more is the same, as where the answer was lost.
    assert client.post(address(taken), {"why": WHY}).status_code == 302
    assert ReviewItem.objects.filter(cause=ReviewCause.APPEAL).count() == 1


def test_left_as_it_is_and_not_to_be_asked_again(people: People, taken: Comment) -> None:
    client = people.client("carol")
    client.post(address(taken), {"why": WHY})
    item = ReviewItem.objects.get(cause=ReviewCause.APPEAL)
    taken.refresh_from_db()
    dismiss(review_item=item, by=people.alice, review_version=1, version=taken.version)
    assert "Staff have looked at it again and left it so" in page_of(people, taken)
    again = client.post(address(taken), {"why": "Once more, please."})
    assert again.status_code == 422
    assert "Once more, please." in markup(again)
    assert "has been asked for already" in markup(again)
    assert (
        "looked at your comment again, as you asked, and left it as it is"
        in told(people, "carol")[0]
    )


def test_restored(people: People, taken: Comment) -> None:
    people.client("carol").post(address(taken), {"why": WHY})
    taken.refresh_from_db()
    restore(comment=taken, by=people.alice, version=taken.version)
    assert "shows your comment again" in told(people, "carol")[0]
    assert people.client("carol").get(address(taken)).status_code == 403
    # Taken away anew, it is another decision.
    taken.refresh_from_db()
    remove(comment=taken, by=people.alice, version=taken.version, reason="Off the topic")
    assert "Ask for a review" in page_of(people, taken)
    assert people.client("carol").post(address(taken), {"why": ""}).status_code == 302
    assert ReviewItem.objects.filter(cause=ReviewCause.APPEAL).count() == 2


def test_fragments(people: People, taken: Comment) -> None:
    client = people.client("carol")
    assert "<html" not in htmx(client, "get", address(taken)).content.decode()
    asked = htmx(client, "post", address(taken), {"why": WHY})
    assert asked.status_code == 200
    assert "You have asked staff" in markup(asked)


def test_too_long_keeps_the_words(people: People, taken: Comment) -> None:
    sent = people.client("carol").post(address(taken), {"why": "x" * 1001})
    assert sent.status_code == 422
    assert "x" * 1001 in sent.content.decode()
    assert not ReviewItem.objects.exists()


def test_only_their_author_asks(people: People, taken: Comment) -> None:
    for who in ("alice", "bob", "dan", "grace"):
        assert people.client(who).get(address(taken)).status_code == 403
        assert people.client(who).post(address(taken), {"why": WHY}).status_code == 403
    assert_closed_to_strangers(people, address(taken))
    assert people.client("carol").delete(address(taken)).status_code == 405


def test_of_words_that_stand_nothing_is_asked(people: People, comment: Comment) -> None:
    assert people.client("carol").post(address(comment), {"why": WHY}).status_code == 403
