"""The title of a checkpoint, and how it behaves, are changed in a form of their own."""

from typing import Any

import pytest

from readings.models import Reading
from tests.base import People
from tests.forms import form_on, forms_of
from tests.readings.guide_drafts import URL, add, bodies

BODY = "Title: Stop\n\n### First?\n\n- (x) a\n- ( ) b"
PAGE, QUESTION = f"{URL}items/1/head/", f"{URL}items/1/questions/2/"


@pytest.fixture
def alice(people: People, reading: Reading) -> Any:
    client = people.client("alice")
    client.post(URL)
    add(client, "checkpoint", 2, body=BODY)
    return client


def test_title_and_settings_are_those_of_the_file(alice: Any) -> None:
    sent = form_on(alice, PAGE).as_it_stands | {
        "title": ["Before  you go on"],
        "tries": ["3"],
        "grade_by": ["best"],
        "penalty": ["10"],
        "review": ["after_closing"],
        "minutes": ["20"],
    }
    assert alice.post(PAGE, sent).status_code == 302
    head = "Title: Before you go on\nTries: 3\nPenalty: 10 %\nGrade by: best\nReview: after closing"
    head += "\nTime: 20 min"
    assert bodies() == [BODY.replace("Title: Stop", head)]
    again = form_on(alice, PAGE).as_it_stands
    assert again["penalty"] == ["10"]
    assert alice.post(PAGE, again | {"penalty": [""], "tries": [""]}).status_code == 302
    assert "Tries" not in bodies()[0]
    assert (
        "Grade by: best · Review: after closing · Time: 20 min" in alice.get(URL).content.decode()
    )


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ({"gate": "soft", "share": "60", "gate_tries": ""}, "Gate: soft"),
        ({"gate": "hard", "share": "", "gate_tries": "5"}, "Gate: hard"),
        ({"gate": "hard", "share": "60", "gate_tries": ""}, "Gate: hard, 60 %"),
        ({"gate": "hard", "share": "60", "gate_tries": "5"}, "Gate: hard, 60 %, 5 tries"),
    ],
)
def test_the_gate_is_that_of_the_file(alice: Any, sent: dict[str, str], line: str) -> None:
    form = form_on(alice, PAGE).as_it_stands
    assert alice.post(PAGE, form | sent | {"asks_confidence": "on"}).status_code == 302
    assert bodies() == [BODY.replace("Stop", f"Stop\nConfidence: yes\n{line}")]
    again = form_on(alice, PAGE).as_it_stands
    assert alice.post(PAGE, again).status_code == 302
    assert f"\n{line}\n" in bodies()[0]
    assert alice.post(PAGE, again | {"gate": ""}).status_code == 302
    assert "Gate" not in bodies()[0]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": " "}, "This field is required"),
        ({"tries": "99"}, "less than or equal to 20"),
        ({"penalty": "10"}, "where the first try counts"),
    ],
)
def test_what_is_wrong_is_said_in_place(alice: Any, sent: dict[str, str], said: str) -> None:
    answer = alice.post(PAGE, form_on(alice, PAGE).as_it_stands | {"tries": "4"} | sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert bodies() == [BODY]


def test_who_changes_a_question_is_not_in_the_way(alice: Any) -> None:
    head = form_on(alice, PAGE).as_it_stands
    question = form_on(alice, QUESTION).as_it_stands
    sent = question | {"words": ["Mine?"], "act": ["done"]}
    assert alice.post(QUESTION, sent).status_code == 302
    assert alice.post(PAGE, head | {"title": ["Theirs"]}).status_code == 302
    assert "Title: Theirs\n\n### Mine?" in bodies()[0]


def test_of_two_who_change_it_the_second_sees_both(alice: Any) -> None:
    sent = form_on(alice, PAGE).as_it_stands
    other = sent | {"client_key": ["00000000-0000-4000-8000-000000000001"]}
    assert alice.post(PAGE, sent | {"title": ["Mine"]}).status_code == 302
    answer = alice.post(PAGE, other | {"title": ["Theirs"]})
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    again = next(one for one in forms_of(answer.content, PAGE, "alice") if one.action == PAGE)
    assert alice.post(PAGE, again.as_it_stands).status_code == 302
    assert "Title: Theirs" in bodies()[0]


def test_where_it_is_gone_its_words_stay(alice: Any) -> None:
    sent = form_on(alice, PAGE).as_it_stands | {"title": ["Kept"]}
    alice.post(f"{QUESTION}removal/", {"version": "1"})
    answer = alice.post(PAGE, sent)
    assert answer.status_code == 409
    assert "Kept" in answer.content.decode()
    assert alice.get(PAGE).status_code == 302
