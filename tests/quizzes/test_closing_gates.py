"""A gate that shuts what was open: whom it stops is said before its guide is added."""

import re

import pytest

from quizzes.attempts import submit_attempt
from quizzes.attempts.gates import skip_gate
from quizzes.models import Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading, ReadingGate
from readings.page.visits import save_place
from tests.base import People, markup
from tests.discussions.base import say
from tests.forms import form_on
from tests.quizzes.base import right_answers
from tests.quizzes.written_gates import gated_guide

URL = "/s/seminar/r/margins/guide/"


@pytest.fixture(autouse=True)
def unguarded(people: People, reading: Reading) -> None:
    """The guide as it was before it had a gate."""
    apply_guide(reading=reading, text=gated_guide("none"), by=people.alice)
    people.seminar.refresh_from_db()


def told(people: People, text: str) -> str:
    """What the page says of gates before the guide is added, in one line; "" where nothing."""
    client = people.client("alice")
    sent = form_on(client, URL).as_it_stands | {"text": [text]}
    page = markup(client.post(URL, sent))
    assert "Not added yet" in page
    found = re.search(r"Gates that close the text.*?<div class=.acts", page, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", "", found[0]).split()) if found else ""


def test_nobody_has_read_on(people: People, reading: Reading) -> None:
    said = told(people, gated_guide("hard"))
    assert "¶ 2: What the margin is for. Hard gate. 3 members stand before it." in said
    assert "behind it already" not in said
    assert "they are not shown what stands behind" in said


def test_who_has_read_behind_it_is_counted(people: People, reading: Reading) -> None:
    save_place(reading=reading, by=people.carol, block="p3", progress=100)
    save_place(reading=reading, by=people.dan, block="p2", progress=40)
    assert "3 members stand before it. 1 of them has read or written" in told(
        people, gated_guide("hard")
    )


def test_who_went_back_to_the_beginning_has_read_it(people: People, reading: Reading) -> None:
    save_place(reading=reading, by=people.carol, block="p1", progress=100)
    assert "1 of them has read or written behind it already." in told(people, gated_guide("soft"))


def test_who_has_written_behind_it_is_counted(people: People, reading: Reading) -> None:
    later = Quiz.objects.of(reading).get(title="Later")
    submit_attempt(quiz=later, responses=right_answers(later), by=people.carol)
    say(reading, people.dan, block="p3", quote="margin")
    assert "2 of them have read or written behind it already." in told(people, gated_guide("hard"))


def test_words_for_oneself_alone_and_of_staff_do_not_count(
    people: People, reading: Reading
) -> None:
    say(reading, people.dan, block="p3", quote="margin", audience="me")
    say(reading, people.alice, block="p3", quote="margin")
    say(reading, people.carol, block="p1", quote="seminar")
    assert "behind it already" not in told(people, gated_guide("hard"))


def test_who_has_met_what_it_asks_for_does_not_stand_before_it(
    people: People, reading: Reading
) -> None:
    asked = Quiz.objects.of(reading).get(title="What the margin is for")
    submit_attempt(quiz=asked, responses=right_answers(asked), by=people.carol)
    save_place(reading=reading, by=people.carol, block="p3", progress=100)
    said = told(people, gated_guide("hard"))
    assert "2 members stand before it." in said
    assert "behind it already" not in said


def test_a_gate_that_stays_is_not_told(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=gated_guide("hard"), by=people.alice)
    text = gated_guide("hard")
    assert told(people, text) == ""
    assert told(people, gated_guide("soft")) == ""


def test_one_that_moves_up_or_may_not_be_skipped_any_more_is_told(
    people: People, reading: Reading
) -> None:
    text = gated_guide("soft")
    apply_guide(reading=reading, text=text, by=people.alice)
    people.seminar.refresh_from_db()
    skip_gate(gate=ReadingGate.objects.get(), by=people.carol)
    assert "Hard gate. 3 members stand before it." in told(people, gated_guide("hard"))
    moved = told(people, text.replace("## Checkpoint ¶ 2", "## Checkpoint ¶ 1"))
    assert "¶ 1: What the margin is for. Soft gate. 2 members stand before it." in moved


def test_those_for_whom_the_reading_is_not_are_not_counted(
    people: People, reading: Reading
) -> None:
    reading.groups.add(people.monday)
    assert "1 member stands before it." in told(people, gated_guide("hard"))
