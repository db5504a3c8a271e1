"""One key is one post; the same key with other words is another: nothing written is lost.

So it is when an answer never came, the words were put right meanwhile, and sent again.
"""

import uuid

import pytest

from discussions.comments.actions import reply
from discussions.models import Comment, Thread
from readings.models import Reading
from tests.at_once import at_once
from tests.base import People, make_people, make_reading
from tests.discussions.base import new_thread_data, say, url


def test_reply_put_right_and_sent_again(people: People, reading: Reading) -> None:
    thread = say(reading, people.alice)
    client, key = people.client("carol"), uuid.uuid4()
    path = url("comment_create", reading, thread.pk)
    for body in ("My first words.", "My better words.", "My better words."):
        assert client.post(path, {"body": body, "client_key": key}).status_code == 302
    bodies = thread.comments.filter(author=people.carol).values_list("body", flat=True)
    assert "My better words." in bodies
    assert list(bodies).count("My first words.") == 1


def test_reply_in_another_thread(people: People, reading: Reading) -> None:
    one, other = say(reading, people.alice), say(reading, people.alice)
    key = uuid.uuid4()
    made = [
        reply(thread=thread, parent=None, body="Here too.", by=people.carol, client_key=key)
        for thread in (one, other)
    ]
    assert [comment.thread for comment in made] == [one, other]


def test_thread_put_right_and_sent_again(people: People, reading: Reading) -> None:
    client, key = people.client("carol"), str(uuid.uuid4())
    for body in ("My first words.", "My better words."):
        sent = new_thread_data(body=body, client_key=key)
        assert client.post(url("thread_list", reading), sent).status_code == 302
    assert Comment.objects.filter(body="My better words.").exists()


def test_thread_of_another_reading(people: People, reading: Reading) -> None:
    other = make_reading(people, "other")
    key = uuid.uuid4()
    assert say(reading, people.carol, client_key=key).reading == reading
    assert say(other, people.carol, client_key=key).reading == other


@pytest.mark.django_db(transaction=True)
def test_other_words_at_the_same_time(transactional_db: None) -> None:
    people = make_people()
    thread = say(make_reading(people), people.alice)
    key = uuid.uuid4()

    def send(body: str) -> Comment:
        return reply(thread=thread, parent=None, body=body, by=people.carol, client_key=key)

    made = at_once(lambda: send("One."), lambda: send("Two."), lambda: send("One."))
    assert [type(one) for one in made] == [Comment] * 3, made
    assert [one.body for one in made] == ["One.", "Two.", "One."]
    now = Thread.objects.get(pk=thread.pk)
    assert now.last_seq == now.comment_count == thread.comments.count()
    assert set(thread.comments.values_list("body", flat=True)) >= {"One.", "Two."}
