"""Endorsing an answer."""

import pytest

from discussions.comments.actions import withdraw
from discussions.models import Comment, Endorsement, Thread
from readings.models import Reading
from tests.base import People, htmx, markup
from tests.discussions.base import answer, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers

ENDORSED = "The answer, endorsed by Alice"


@pytest.fixture
def reply(people: People, reading: Reading) -> Comment:
    question = say(reading, people.carol, "Why so?", kind="question")
    return answer(question, people.dan, "For this reason.")


def address(comment: Comment) -> str:
    return url("comment_endorsement", comment.thread.reading, comment.pk)


def page_of(people: People, who: str, thread: Thread) -> str:
    return markup(people.client(who).get(thread.get_absolute_url()))


def test_endorsed_in_its_place_and_taken_back(people: People, reply: Comment) -> None:
    later = answer(reply.thread, people.bob, "A later word.")
    client = people.client("alice")
    response = client.post(address(reply), follow=True)
    assert response.redirect_chain[-1][0].endswith(f"#c{reply.pk}")
    text = page_of(people, "carol", reply.thread)
    assert text.count(ENDORSED) == 1
    assert text.index(ENDORSED) < text.index(f'id="c{later.pk}"')
    assert f'<article class="comment endorsed" id="c{reply.pk}"' in text
    assert "Undo endorsement" not in text
    assert "Undo endorsement" in page_of(people, "bob", reply.thread)
    htmx(client, "post", address(reply), {"undo": "1"})
    assert ENDORSED not in page_of(people, "carol", reply.thread)


def test_twice_is_once(people: People, reply: Comment) -> None:
    client = people.client("alice")
    for _ in range(2):
        assert client.post(address(reply)).status_code == 302
    assert Endorsement.objects.count() == 1
    for _ in range(2):
        assert client.post(address(reply), {"undo": "1"}).status_code == 302
    assert Endorsement.objects.get().undone_by == people.alice


def test_words_that_stand_no_more_are_no_answer(people: People, reply: Comment) -> None:
    people.client("alice").post(address(reply))
    hidden(reply, people.alice)
    for who in ("carol", "dan", "alice"):
        assert ENDORSED not in page_of(people, who, reply.thread)
    other = answer(reply.thread, people.dan)
    people.client("alice").post(address(other))
    withdraw(comment=other, by=people.dan)
    assert ENDORSED not in page_of(people, "carol", reply.thread)


def test_gates(people: People, reply: Comment) -> None:
    assert_closed_to_strangers(people, address(reply))
    for who in ("carol", "dan", "grace"):
        assert people.client(who).post(address(reply)).status_code == 403
    assert people.client("alice").get(address(reply)).status_code == 405
    assert not Endorsement.objects.exists()
