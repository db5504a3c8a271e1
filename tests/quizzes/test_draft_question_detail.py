"""A question of the draft is changed alone, and nobody overwrites what they have not seen."""

from typing import Any

import pytest

from quizzes.models import Question
from readings.models import GuideDraft, Reading
from tests.base import People
from tests.forms import SiteForm, add_guide, forms_of
from tests.quizzes.base import ALL_TYPES
from tests.readings.guide_drafts import GUIDE_URL, URL, add, bodies, publish

BODY = "Title: Stop\n\n### First?\n\n- (x) a\n- ( ) b\n\n### Second?\n\nAnswer: c"
# The item has the key 1, its questions those that follow.
FIRST, SECOND = (f"{URL}items/1/questions/{key}/" for key in (2, 3))


@pytest.fixture
def alice(people: People, reading: Reading) -> Any:
    client = people.client("alice")
    client.post(URL)
    add(client, "checkpoint", 2, body=BODY)
    return client


def form_at(client: Any, page: str) -> SiteForm:
    found = forms_of(client.get(page).content, page, "alice")
    return next(one for one in found if one.button == ("act", "done"))


def test_one_question_is_changed_and_the_rest_stays(alice: Any) -> None:
    sent = form_at(alice, FIRST).as_it_stands
    assert sent["words"] == ["First?"]
    assert sent["line_1"] == ["b"]
    assert alice.post(FIRST, sent | {"line_1": ["another"]}).status_code == 302
    assert bodies() == [BODY.replace("( ) b", "( ) another")]


def test_two_who_change_two_questions_are_not_in_each_others_way(alice: Any) -> None:
    first, second = (form_at(alice, page).as_it_stands for page in (FIRST, SECOND))
    assert alice.post(FIRST, first | {"words": ["Mine?"]}).status_code == 302
    assert alice.post(SECOND, second | {"words": ["Theirs?"]}).status_code == 302
    assert "### Mine?" in bodies()[0]
    assert "### Theirs?" in bodies()[0]


def test_of_two_who_change_one_the_second_sees_both(alice: Any) -> None:
    sent = form_at(alice, FIRST).as_it_stands
    other = sent | {"client_key": ["00000000-0000-4000-8000-000000000001"]}
    assert alice.post(FIRST, sent | {"words": ["Mine?"], "line_1": ["mine"]}).status_code == 302
    answer = alice.post(FIRST, other | {"words": ["Theirs?"]})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine?" in html
    assert "Theirs?" in html
    assert html.count("What stands there now") == 3  # said once, and at two fields
    again = next(f for f in forms_of(answer.content, FIRST, "alice") if f.button == ("act", "done"))
    assert alice.post(FIRST, again.as_it_stands).status_code == 302
    assert "### Theirs?" in bodies()[0]


def test_another_kind_keeps_the_words(alice: Any) -> None:
    sent = form_at(alice, FIRST).as_it_stands | {"kind": ["several"], "right_1": ["on"]}
    alice.post(FIRST, sent)
    assert "### First?\n\n- [x] a\n- [x] b" in bodies()[0]


def test_it_stays_the_question_that_was_answered(people: People, reading: Reading) -> None:
    client = people.client("alice")
    add_guide(client, GUIDE_URL, {"text": ALL_TYPES})
    before = list(Question.objects.values_list("pk", "kind"))
    client.post(URL)
    marks = GuideDraft.objects.get().marks
    item = next(mark for mark in marks if mark["parts"])
    for part in item["parts"]:
        page = f"{URL}items/{item['key']}/questions/{part['key']}/"
        sent = form_at(client, page).as_it_stands
        answer = client.post(page, sent | {"words": [f"Now: {sent['words'][0]}"]})
        assert answer.status_code == 302, answer.content.decode()
    publish(client)
    assert list(Question.objects.values_list("pk", "kind")) == before
    assert Question.objects.filter(text__startswith="Now: ").count() == len(before)


def test_what_is_sent_once_more_is_there_already(alice: Any) -> None:
    sent = form_at(alice, FIRST).as_it_stands | {"words": ["Mine?"]}
    other = sent | {"client_key": ["00000000-0000-4000-8000-000000000001"]}
    assert alice.post(FIRST, sent).status_code == 302
    assert alice.post(FIRST, other).status_code == 302


def test_where_it_is_gone_its_words_stay(alice: Any) -> None:
    sent = form_at(alice, FIRST).as_it_stands | {"words": ["Kept?"]}
    removal = f"{FIRST}removal/"
    alice.post(removal, {"version": "1"})
    answer = alice.post(FIRST, sent)
    assert answer.status_code == 409
    assert "Kept?" in answer.content.decode()
    assert alice.get(FIRST).status_code == 302


def test_a_question_of_one_draft_is_not_that_of_another(alice: Any) -> None:
    alice.post(f"{URL}removal/")
    alice.post(URL)
    assert alice.get(FIRST).status_code == 302
