"""What came in a thread since it was opened, for a page that puts it among the rest."""

from discussions.models import Thread, ThreadRead
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.discussions.reads import been, plainly_unread


def address(thread: Thread, after: int = 0) -> str:
    return url("thread_arrivals", thread.reading, thread.pk, query=f"?after={after}")


def test_only_what_came_after_and_under_what_it_answers(people: People, thread: Thread) -> None:
    been(thread.reading, people.bob)
    first = answer(thread, people.dan, "Known.")
    last = answer(thread, people.dan, "Under it.", parent=first)
    text = htmx(people.client("bob"), "get", address(thread, first.seq or 0)).content.decode()
    assert f'data-last="{last.seq}"' in text
    assert f'<div data-under="{first.pk}">' in text
    assert "Under it." in text
    assert "Known." not in text
    assert "data-new" in text
    assert ThreadRead.objects.get().seq == last.seq
    assert plainly_unread(people.bob) == {}


def test_hidden_words_stay_hidden_and_nothing_is_nothing(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan, "Unkind words.")
    hidden(comment, people.alice)
    text = htmx(people.client("carol"), "get", address(thread, 1)).content.decode()
    assert "Unkind words." not in text
    assert f'id="c{comment.pk}"' in text
    nothing = htmx(people.client("carol"), "get", address(thread, 2)).content.decode()
    assert "<article" not in nothing
    assert 'data-last="2"' in nothing


def test_gates(people: People, reading: Reading, thread: Thread) -> None:
    assert_closed_to_strangers(people, address(thread))
    assert people.client("carol").post(address(thread)).status_code == 405
    private = say(reading, people.carol, audience="me")
    assert people.client("dan").get(address(private)).status_code == 404
    assert first_of(private).seq == 1
