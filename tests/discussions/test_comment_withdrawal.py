"""Withdrawing one's words, and putting them back."""

from discussions.models import Comment, Thread
from discussions.moderation.thread_actions import lock
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, say, url
from tests.discussions.gates import assert_closed_to_strangers


def address(comment: Comment) -> str:
    return url("comment_withdrawal", comment.thread.reading, comment.pk)


def test_withdraw_and_undo_without_scripts(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan, "Rash words.")
    client = people.client("dan")
    page = client.post(address(comment), follow=True)
    text = page.content.decode()
    assert "Rash words." not in text
    assert "Your comment is withdrawn." in text
    assert 'name="undo" value="1"' in text
    page = client.post(address(comment), {"undo": "1"}, follow=True)
    assert "Rash words." in page.content.decode()


def test_last_words_take_the_thread_with_them(people: People, comment: Comment) -> None:
    client = people.client("carol")
    page = client.post(address(comment), follow=True)
    assert page.status_code == 200
    assert "and its thread with it" in page.content.decode()
    assert not Thread.objects.visible_to(people.carol).exists()
    page = client.post(address(comment), {"undo": "1"}, follow=True)
    assert "<em>together</em>" in page.content.decode()


def test_fragments(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan, "Rash words.")
    dan = people.client("dan")
    text = htmx(dan, "post", address(comment)).content.decode()
    assert f'hx-target="#conversation-{thread.pk}"' in text
    assert "Your comment is withdrawn." in text
    assert "Rash words." not in text
    carol = people.client("carol")
    text = htmx(carol, "post", address(first_of(thread))).content.decode()
    assert "Nothing was left of the thread." in text
    assert f'id="conversation-{thread.pk}"' in text
    text = htmx(carol, "post", address(first_of(thread)), {"undo": "1"}).content.decode()
    assert "<em>together</em>" in text


def test_own_words_can_be_withdrawn_from_a_locked_thread(people: People, comment: Comment) -> None:
    lock(thread=comment.thread, by=people.alice)
    assert people.client("carol").post(address(comment)).status_code == 302
    assert not Thread.objects.visible_to(people.carol).exists()


def test_what_is_withdrawn_from_a_locked_thread_stays_withdrawn(
    people: People, thread: Thread
) -> None:
    first, reply = first_of(thread), answer(thread, people.dan)
    answer(thread, people.carol, "Below it.", parent=reply)
    people.client("dan").post(address(reply))
    lock(thread=thread, by=people.alice)
    text = people.client("dan").get(thread.get_absolute_url()).content.decode()
    assert "The thread is locked: it cannot be put back." in text
    assert "Undo" not in text
    refused = htmx(people.client("dan"), "post", address(reply), {"undo": "1"})
    assert refused.status_code == 403
    assert "The thread is locked: this comment cannot be put back." in refused.content.decode()
    reply.refresh_from_db()
    assert reply.is_withdrawn
    carol = people.client("carol")
    assert "Withdraw for good" in carol.get(thread.get_absolute_url()).content.decode()
    told = htmx(carol, "post", address(first)).content.decode()
    assert "this comment cannot be put back" in told
    assert "Undo" not in told


def test_gates(people: People, reading: Reading, comment: Comment) -> None:
    assert_closed_to_strangers(people, address(comment), {})
    assert people.client("carol").get(address(comment)).status_code == 405
    for who in ("dan", "alice", "bob", "grace"):
        assert people.client(who).post(address(comment)).status_code == 403
    assert people.client("dan").post(address(comment), {"undo": "1"}).status_code == 404
    private = first_of(say(reading, people.carol, audience="me"))
    assert people.client("alice").post(address(private)).status_code == 404
    comment.refresh_from_db()
    assert comment.is_published
