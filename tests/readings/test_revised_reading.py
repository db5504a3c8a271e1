"""What readers see when the text has changed: told once, and both texts where words changed."""

from discussions.models import Thread
from quizzes.models import Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from readings.revisions.actions import withdraw_revision
from tests.base import PARAGRAPHS, People
from tests.discussions.base import say
from tests.readings.revised import REVISED, revise

NOTE = "The text was revised since you were here"
CHANGED = [
    PARAGRAPHS[0],
    PARAGRAPHS[1].replace("a conversation", "a long conversation"),
    PARAGRAPHS[2],
]
GUIDE = """\
---
guide: 1
title: Guide
---

## Note ¶ 2 "at the same words, a conversation begins"

So they say.

## Checkpoint ¶ 3

Title: Stop here

### What was the margin made for?

- ( ) Ink
- (x) Doubts

See: ¶ 2 "Where two readers stop"
"""


def read(people: People, reading: Reading, key: str = "dan") -> str:
    return people.client(key).get(reading.get_absolute_url()).content.decode()


def on_changed_words(reading: Reading, people: People, audience: str = "seminar") -> Thread:
    words = "Where two readers stop at the same words, a conversation begins"
    return say(reading, people.carol, "How long?", audience=audience, block="p2", quote=words)


def test_told_once_to_those_who_knew_the_old_text(people: People, reading: Reading) -> None:
    on_changed_words(reading, people)
    on_changed_words(reading, people, audience="me")
    read(people, reading, "dan")
    read(people, reading, "carol")
    revise(reading, CHANGED)
    assert f"{NOTE}: 1 passage that you can see changed" in read(people, reading, "dan")
    assert NOTE not in read(people, reading, "dan")
    assert f"{NOTE}: 2 passages that you can see changed" in read(people, reading, "carol")
    assert NOTE not in read(people, reading, "bob")  # a first visit
    withdraw_revision(revision=reading.revision, by=people.alice.user)
    reading.refresh_from_db()
    page = read(people, reading, "dan")
    assert NOTE in page
    assert "that you can see changed" not in page


def test_changed_words_are_shown_as_they_were_and_are(people: People, reading: Reading) -> None:
    thread = on_changed_words(reading, people)
    revise(reading, CHANGED)
    assert "This passage changed" in read(people, reading)
    client = people.client("dan")
    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(thread.get_absolute_url(), headers=headers).content.decode()
        assert "<q>Where two readers stop at the same words, a conversation begins</q>" in page
        assert "<q>Where two readers stop at the same words, a long conversation begins</q>" in page


def test_threads_whose_words_are_gone_stand_at_the_end(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "What begins?", block="p2", quote="a conversation begins")
    revise(reading, REVISED)
    page = read(people, reading)
    _text, gone = page.split("Threads whose words are gone")
    assert f'id="t{thread.pk}"' in gone
    assert "a conversation begins" in gone
    page = people.client("dan").get(f"{reading.get_absolute_url()}threads/").content.decode()
    assert page.index("Threads whose words are gone") < page.index("What begins?")
    page = people.client("dan").get(thread.get_absolute_url()).content.decode()
    assert "These words are no longer in the text" in page


def test_guide_and_checkpoints_go_with_the_text(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    revise(reading, CHANGED)
    page = read(people, reading)
    assert "at the same words, a long conversation begins" in page
    assert "Stop here" in page
    revise(reading, [PARAGRAPHS[2]])
    page = read(people, reading)
    gone = page.split("Threads whose words are gone")[1]
    assert "So they say." in gone
    assert "Stop here" not in gone
    quiz = Quiz.objects.get()
    answers = {f"q{quiz.questions.get().pk}": str(quiz.questions.get().choices.all()[0].key)}
    url = f"{reading.get_absolute_url()}quizzes/{quiz.pk}/"
    people.client("dan").post(f"{url}attempts/", answers)
    page = people.client("dan").get(url).content.decode()
    assert "Not yet" in page
    assert "data-source" not in page  # the place where the answer stood is gone


def test_a_text_that_changed_twice_shows_the_words_that_were_written_about(
    people: People, reading: Reading
) -> None:
    thread = on_changed_words(reading, people)
    revise(reading, CHANGED)
    revise(reading, [*CHANGED, "A last paragraph, which is new."])
    page = people.client("dan").get(thread.get_absolute_url()).content.decode()
    assert "<q>Where two readers stop at the same words, a conversation begins</q>" in page
