"""The bank of one's questions: all of the seminars that one instructs, and none of others."""

from django.test import Client

from quizzes.attempts import submit_attempt
from readings.guides import apply_guide
from readings.models import Reading
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.queries import PageQueries
from tests.quizzes.base import ALL_TYPES, GUIDE, add_members, add_quiz, right_answers, wrong_answers

URL = "/library/questions/"
SECRET = """---
guide: 1
title: Elsewhere
---

## Checkpoint ¶ 1

### What do others ask?

Answer: nothing that concerns us
"""


def page(client: Client, query: str = "") -> str:
    return client.get(URL + query).content.decode()


def test_it_is_for_who_instructs(people: People, reading: Reading) -> None:
    for key, status in (("carol", 403), ("bob", 403), ("mallory", 403), ("alice", 200)):
        assert people.client(key).get(URL).status_code == status, key
    assert Client().get(URL).status_code == 302
    assert people.client("alice").post(URL).status_code == 405


def test_questions_of_others_are_not_in_it(people: People, reading: Reading) -> None:
    others = make_people("elsewhere")
    there = make_reading(others)
    apply_guide(reading=there, text=SECRET, by=others.alice)
    add_quiz(people, reading, ALL_TYPES)
    found = page(people.client("alice"))
    assert "Where do readers stop?" in found
    assert "What do others ask?" not in found
    assert "What do others ask?" not in page(people.client("alice"), "?q=others")
    assert "What do others ask?" in page(others.client("alice"))
    # Who takes part in another seminar sees nothing of its questions.
    Membership.objects.create(
        seminar=others.seminar, user=people.alice.user, role="participant", group=others.monday
    )
    assert "What do others ask?" not in page(people.client("alice"))


def test_each_says_where_it_was_used_and_how_it_did(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading)
    members = list(add_members(people, people.monday, 12))
    for number, member in enumerate(members):
        answers = right_answers(quiz) if number < 9 else wrong_answers(quiz)
        submit_attempt(quiz=quiz, responses=answers, by=member)
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.alice)
    again = make_reading(people, slug="again")
    apply_guide(reading=again, text=GUIDE, by=people.alice)
    found = page(people.client("alice"))
    assert found.count("Where do readers stop?") == 1
    assert "12 answers" in found
    assert "75 % right" in found
    assert "0 answers" in found
    assert f"/s/seminar/r/margins/#quiz-{quiz.pk}" in found
    assert "/s/seminar/r/again/#quiz-" in found


def test_a_key_that_was_put_right_stands_beside_the_old_one(
    people: People, reading: Reading
) -> None:
    """The same words with another key are another question: each can be used."""
    add_quiz(people, reading)
    again = make_reading(people, slug="again")
    changed = GUIDE.replace("- ( ) At the end", "- (x) At the end").replace(
        "- (x) At different", "- ( ) At different"
    )
    apply_guide(reading=again, text=changed, by=people.alice)
    found = page(people.client("alice"))
    assert found.count("Where do readers stop?") == 2


def test_words_are_looked_for_in_questions_and_choices(people: People, reading: Reading) -> None:
    add_quiz(people, reading, ALL_TYPES)
    client = people.client("alice")
    assert "1 question" in page(client, "?q=readers+stop")
    assert "Which of these does the text name?" in page(client, "?q=conversation")
    assert "No question has these words." in page(client, "?q=%00zebra")


def test_there_are_pages_of_them(people: People, reading: Reading) -> None:
    questions = "\n".join(f"### Is it {number}?\n\nAnswer: true\n" for number in range(40))
    add_quiz(
        people, reading, f"{GUIDE.partition('## Checkpoint')[0]}## Checkpoint ¶ 2\n\n{questions}"
    )
    client = people.client("alice")
    assert "Page 1 of 2" in page(client)
    assert "Page 2 of 2" in page(client, "?page=2")
    assert "Page 2 of 2" in page(client, "?page=99")
    assert "Page 1 of 2" in page(client, "?page=x")


def test_queries_do_not_grow(people: People, reading: Reading) -> None:
    add_quiz(people, reading)
    client = people.client("alice")
    client.get(URL)
    counts = []
    for slugs in ("abc", ""):
        with PageQueries() as captured:
            client.get(URL)
        counts.append(len(captured))
        for slug in slugs:
            other = make_reading(people, slug=slug)
            apply_guide(reading=other, text=ALL_TYPES, by=people.alice)
    assert counts[0] == counts[1]
