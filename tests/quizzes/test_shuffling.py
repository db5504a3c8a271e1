"""What is shuffled stands in an order of each person's and try's own, the same each time."""

import re

import pytest

from quizzes.attempts import keep_answers, submit_attempt
from quizzes.models import Question, Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from tests.base import People, htmx
from tests.quizzes.base import add_quiz

MANY = range(8)  # two of their orders are the same once in forty thousand
CHOICES = "\n".join(f"- ({'x' if one == 0 else ' '}) Choice {one}" for one in MANY)
ASKED = f"""\
---
guide: 1
title: Guide to margins
essay: On margins
---

## Checkpoint ¶ 3

### One?

{CHOICES}

Shuffle: yes

### Several?

{CHOICES.replace("(", "[").replace(")", "]")}

Shuffle: yes

### Match?

{"".join(f"- Left {one} -> Right {one}{chr(10)}" for one in MANY)}
### Order?

{"".join(f"- ({one + 1}) Item {one}{chr(10)}" for one in MANY)}
### Gap?

Gaps: It is [[{" ".join(f"({'x' if one == 0 else ' '}) word{one}" for one in MANY)}]].

### As it is written?

{CHOICES}
"""
SHUFFLED = {0: "Choice", 1: "Choice", 2: "Right", 3: "Item", 4: "word"}


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ASKED)


def orders(html: str, quiz: Quiz) -> list[list[str]]:
    """How the possibilities of each question stand in its field, the first of its lists."""
    found = []
    for at, question in enumerate(quiz.questions.all()):
        field = html.partition(f'<fieldset class="question" id="q{question.pk}"')[2]
        field = field.partition("</fieldset>")[0]
        word = SHUFFLED.get(at, "Choice")
        found.append(list(dict.fromkeys(re.findall(rf"{word} ?\d", field))))
    assert all(len(order) == len(MANY) for order in found), found
    return found


def page(people: People, key: str, quiz: Quiz, where: str = "") -> list[list[str]]:
    url = quiz.reading.get_absolute_url() + where
    return orders(people.client(key).get(url).content.decode(), quiz)


def right(quiz: Quiz) -> dict[int, list[str]]:
    one, several, match, order, gap, plain = quiz.questions.all()
    key = {choice.text: str(choice.key) for choice in match.choices.all()}

    def rights(question: Question) -> list[str]:
        return [str(choice.key) for choice in question.choices.filter(is_correct=True)]

    return {
        **{question.pk: rights(question) for question in (one, several, gap, plain)},
        match.pk: [f"{key[f'Left {at}']} {key[f'Right {at}']}" for at in MANY],
        order.pk: [f"{at} {pk}" for at, pk in enumerate(rights(order), start=1)],
    }


def test_each_person_sees_an_order_of_their_own(people: People, quiz: Quiz) -> None:
    carol, dan = page(people, "carol", quiz), page(people, "dan", quiz)
    written = [sorted(order) for order in carol]
    for at in SHUFFLED:
        assert carol[at] != dan[at]
        assert carol[at] != written[at]
    assert carol[5] == dan[5] == written[5]
    # And the same wherever and whenever they look.
    assert page(people, "carol", quiz) == carol
    assert page(people, "carol", quiz, f"quizzes/{quiz.pk}/") == carol


def test_the_order_stays_while_one_answers_and_is_another_in_the_next_try(
    people: People, quiz: Quiz
) -> None:
    before = page(people, "carol", quiz)
    given = right(quiz)
    keep_answers(quiz=quiz, responses=given, by=people.carol)
    assert page(people, "carol", quiz) == before
    first = next(iter(given))
    refused = htmx(
        people.client("carol"),
        "post",
        f"{quiz.reading.get_absolute_url()}quizzes/{quiz.pk}/attempts/",
        {f"q{pk}": sent for pk, sent in given.items() if pk != first},
    )
    assert refused.status_code == 422
    assert orders(refused.content.decode(), quiz) == before
    attempt = submit_attempt(quiz=quiz, responses=given, by=people.carol)
    assert attempt.score == 6
    again = page(people, "carol", quiz, f"quizzes/{quiz.pk}/?again=1")
    for at in SHUFFLED:
        assert again[at] != before[at]


def test_the_answer_stands_in_the_order_in_which_it_was_given(people: People, quiz: Quiz) -> None:
    before = page(people, "carol", quiz)
    submit_attempt(quiz=quiz, responses=right(quiz), by=people.carol)
    html = people.client("carol").get(quiz.reading.get_absolute_url()).content.decode()
    answered = html.partition(f'id="q{quiz.questions.first().pk}-asked"')[2].partition("</ul>")[0]  # type: ignore[union-attr]
    assert re.findall(r"Choice \d", answered) == before[0]


def test_what_is_put_right_leaves_the_order_and_what_is_asked(people: People, quiz: Quiz) -> None:
    before = page(people, "carol", quiz)
    text = ASKED.replace("Right 7", "Right 9").replace("Shuffle: yes\n\n### Several", "### Several")
    apply_guide(reading=quiz.reading, text=text, by=people.alice)
    after = page(people, "carol", quiz)
    assert [one.replace("9", "7") for one in after[2]] == before[2]
    assert after[0] == sorted(after[0])


def test_a_guest_sees_an_order_too(people: People, quiz: Quiz) -> None:
    html = people.client("grace").get(quiz.reading.get_absolute_url()).content.decode()
    shown = list(dict.fromkeys(re.findall(r"Item \d", html)))
    assert len(shown) == len(MANY)
    assert shown != sorted(shown)
