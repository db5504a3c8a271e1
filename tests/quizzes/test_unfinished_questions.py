"""A question that is not ready is kept in the draft, as it is typed, and held back."""

from typing import Any

import pytest

from quizzes.models import Question
from readings.guides import unfinished
from readings.models import Guide, GuideDraft, GuideDraftStep, Reading
from tests.base import People
from tests.forms import confirmed, forms_of
from tests.quizzes.unfinished import (
    CANARY,
    HALF,
    NEW,
    OTHER_RUN,
    WHOLE,
    TypedForm,
    form_at,
    shown,
    unready,
    words_of,
)
from tests.readings.guide_drafts import URL, add, bodies, press, publish, site_forms

BODY = "Title: Stop\n\n### First?\n\n- (x) a\n- ( ) b\n\n### Second?\n\nAnswer: c"
# The item has the key 1, its questions those that follow.
FIRST = f"{URL}items/1/questions/2/"


@pytest.fixture
def alice(people: People, reading: Reading) -> Any:
    client = people.client("alice")
    client.post(URL)
    return client


def test_what_is_not_right_yet_waits_at_its_place_with_the_reason(alice: Any) -> None:
    answer = TypedForm(alice).send(act="done", **HALF)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "It is kept in the draft, not ready." in html
    assert "1 not ready" in html  # at the top of the page, which a script puts there
    assert bodies() == []
    page = shown(alice)
    assert "Not ready · Question" in page
    assert "Line 2: Write at least two of them." in page
    assert "Where do readers" in page
    assert (
        page.count("1 not ready") == 3
    )  # at the top, and in the contents of wide and narrow pages
    again = form_at(alice, f"{NEW}&kept={unready()[0].key}").as_it_stands
    assert {name: again[name] for name in HALF} == {name: [one] for name, one in HALF.items()}


def test_put_right_it_is_a_question_like_others(alice: Any) -> None:
    TypedForm(alice).send(act="done", **HALF)
    form = TypedForm(alice, f"{NEW}&kept={unready()[0].key}")
    form.sent["line_1"] = ["Nowhere"]
    assert form.press().headers["Location"] == f"{URL}#p2"
    assert "### Where do readers\n\n- (x) At the end\n- ( ) Nowhere" in bodies()[0]
    assert unready() == []
    assert "ot ready" not in shown(alice)


def test_a_button_keeps_it_for_later(alice: Any) -> None:
    sent = form_at(alice, NEW, "keep").as_it_stands | {"words": ["Half"]}
    answers = [alice.post(NEW, sent) for _ in range(2)]
    key = unready()[0].key
    assert [one.headers["Location"] for one in answers] == [f"{URL}#u{key}"] * 2
    assert [words_of(one) for one in unready()] == ["Half"]
    assert f'id="u{key}"' in shown(alice)


@pytest.mark.parametrize("sent", [{}, {"kind": "open"}, {"words": " \n"}, {"see": "¶ 1"}])
def test_of_an_empty_form_nothing_is_kept(alice: Any, sent: dict[str, str]) -> None:
    assert TypedForm(alice).type(**sent).headers["X-Kept"] == "0 0"
    TypedForm(alice).send(act="done", **sent)
    assert unready() == []
    assert not GuideDraftStep.objects.exists()


def test_what_is_emptied_is_gone(alice: Any) -> None:
    form = TypedForm(alice)
    form.type(**HALF)
    assert form.type(words="", line_0="", feedback="").headers["X-Kept"] == "0 0"
    assert unready() == []


def test_what_is_typed_in_one_form_is_one_step(alice: Any) -> None:
    form = TypedForm(alice)
    first = form.type(words="Why")
    assert "1 not ready" in first.content.decode()  # the top of the page, as it is now
    more = [form.type(words="Why" + " so" * n) for n in range(1, 4)]
    assert [one.status_code for one in (first, *more)] == [200, 204, 204, 204]
    assert GuideDraftStep.objects.count() == 1
    assert [words_of(one) for one in unready()] == ["Why so so so"]
    form.sent |= {"line_0": ["a"], "line_1": ["b"]}
    assert form.press().status_code == 302
    assert GuideDraftStep.objects.count() == 1
    press(alice, "guide_draft_step")
    assert (bodies(), unready()) == ([], [])


def test_a_step_back_leaves_what_another_form_typed_on(alice: Any) -> None:
    form = TypedForm(alice)
    form.type(words="Why")
    add(alice, "note", 1, body="A note.")
    form.type(words="Why so")
    press(alice, "guide_draft_step")
    assert bodies() == []
    assert [words_of(one) for one in unready()] == ["Why so"]
    press(alice, "guide_draft_step")
    assert unready() == []


def test_undone_it_is_not_ready_as_it_was_before(alice: Any) -> None:
    TypedForm(alice).send(act="done", **HALF)
    key = unready()[0].key
    form = TypedForm(alice, f"{NEW}&kept={key}", run=OTHER_RUN)
    form.sent["line_1"] = ["Nowhere"]
    form.press()
    press(alice, "guide_draft_step")
    assert bodies() == []
    assert [(one.key, words_of(one)) for one in unready()] == [(key, "Where do readers")]
    late = form.type(words="Late")  # it was done: what comes of it now is from before
    assert late.status_code == 204
    assert words_of(unready()[0]) == "Where do readers"


def test_what_comes_late_changes_nothing(alice: Any) -> None:
    form = TypedForm(alice)
    form.type(words="First")
    form.type(words="Second")
    late = form.send(act="keep", turn="1", words="First")
    assert late.status_code == 204
    assert words_of(unready()[0]) == "Second"


def test_a_lost_answer_is_no_reason_to_refuse(alice: Any) -> None:
    form = TypedForm(alice)
    form.type(words="First")
    form.sent |= {"kept": [""], "kept_version": [""]}
    assert form.type(words="Second").status_code == 204
    assert [words_of(one) for one in unready()] == ["Second"]


def test_of_two_tabs_neither_overwrites_the_other(alice: Any) -> None:
    TypedForm(alice).send(act="done", **HALF)
    page = f"{NEW}&kept={unready()[0].key}"
    one, other = TypedForm(alice, page), TypedForm(alice, page, OTHER_RUN)
    assert one.type(words="Mine?", line_4="A fifth").status_code in {200, 204}
    for answer in (other.type(words="Theirs?"), other.press("keep"), other.press()):
        assert answer.status_code == 409
        html = answer.content.decode()
        assert "Mine?" in html
        assert "Theirs?" in html
        assert "A fifth" in html  # a line that this tab has not
        assert words_of(unready()[0]) == "Mine?"
    again = form_again(answer, page) | {"line_1": ["Never"]}
    assert alice.post(page, again).status_code == 302
    assert "### Theirs?" in bodies()[0]
    assert unready() == []


def form_again(answer: Any, page: str) -> dict[str, Any]:
    found = forms_of(answer.content, page, "alice")
    return next(one.as_it_stands for one in found if one.button == ("act", "done"))


def test_who_finishes_what_is_gone_is_told_and_loses_nothing(alice: Any) -> None:
    TypedForm(alice).send(act="done", **WHOLE | {"line_1": ""})
    page = f"{NEW}&kept={unready()[0].key}"
    one, other = TypedForm(alice, page), TypedForm(alice, page, OTHER_RUN)
    one.sent["line_1"] = other.sent["line_1"] = ["Never"]
    other.sent["words"] = ["Once more?"]
    assert one.press().status_code == 302
    answer = other.press()
    assert answer.status_code == 409
    assert bodies()[0].count("### ") == 1
    assert alice.post(page, form_again(answer, page)).status_code == 302
    assert bodies()[0].count("### ") == 2


# --- Of a question that is there -----------------------------------------------------------------
def test_a_question_stands_until_its_change_is_done(alice: Any) -> None:
    add(alice, "checkpoint", 2, body=BODY)
    form = TypedForm(alice, FIRST)
    form.type(words="First, put better?", line_1="")
    assert bodies() == [BODY]
    page = shown(alice)
    assert "First?" in page
    assert "First, put better?" in page
    assert "Line 2: Write at least two of them." in page
    assert form_at(alice, FIRST).as_it_stands["words"] == ["First, put better?"]
    form.sent["line_1"] = ["c"]
    assert form.press().status_code == 302
    assert bodies() == [BODY.replace("First?", "First, put better?").replace("( ) b", "( ) c")]
    assert unready() == []


def test_put_back_as_it_stands_nothing_is_kept(alice: Any) -> None:
    add(alice, "checkpoint", 2, body=BODY)
    form = TypedForm(alice, FIRST)
    form.type(words="Other?")
    assert form.type(words="First?").headers["X-Kept"] == "0 0"
    assert unready() == []


def test_a_change_is_taken_back_and_a_step_brings_it_again(alice: Any) -> None:
    add(alice, "checkpoint", 2, body=BODY)
    TypedForm(alice, FIRST).type(words="Other?")
    press(alice, "draft_unfinished_removal")
    assert (bodies(), unready()) == ([BODY], [])
    press(alice, "guide_draft_step")
    assert [words_of(one) for one in unready()] == ["Other?"]


def test_another_who_is_done_first_leaves_it(alice: Any) -> None:
    add(alice, "checkpoint", 2, body=BODY)
    other = TypedForm(alice, FIRST, OTHER_RUN)
    mine = TypedForm(alice, FIRST)
    mine.type(words="Half a")
    assert other.type(words="Theirs?").status_code == 409
    assert other.press().status_code == 302  # nobody had changed what stands there
    assert "### Theirs?" in bodies()[0]
    assert [words_of(one) for one in unready()] == ["Half a"]
    answer = mine.press()
    assert answer.status_code == 409
    assert "Theirs?" in answer.content.decode()


def test_a_change_of_what_is_taken_off_can_be_put_in_anew(alice: Any) -> None:
    add(alice, "checkpoint", 2, body=BODY)
    TypedForm(alice, FIRST).type(words="Other?")
    press(alice, "guide_item_removal")
    assert "Not ready · Question" in shown(alice)
    form = TypedForm(alice, f"{NEW}&kept={unready()[0].key}")
    assert form.press().status_code == 302
    assert [body.count("### Other?") for body in bodies()] == [1]
    assert unready() == []


def test_the_head_of_a_checkpoint_too(alice: Any) -> None:
    add(alice, "checkpoint", 2, body=BODY)
    page = f"{URL}items/1/head/"
    sent = form_at(alice, page, "keep").as_it_stands | {"title": ["Stop!"], "penalty": ["999"]}
    assert alice.post(page, sent).status_code == 302
    assert "Not ready · Title and tries" in shown(alice)
    assert bodies() == [BODY]
    again = form_at(alice, page, "keep").as_it_stands
    assert again["penalty"] == ["999"]
    assert alice.post(page, again | {"penalty": [""], "act": [""]}).status_code == 302
    assert "Title: Stop!" in bodies()[0]


# --- Publishing ----------------------------------------------------------------------------------
def test_it_is_held_back_and_nothing_else_is(alice: Any) -> None:
    add(alice, "checkpoint", 2, body=BODY)
    TypedForm(alice).type(words=CANARY)
    form = next(one for one in site_forms(alice) if one.view == "reading_guide")
    asked = alice.post(form.action, form.as_it_stands).content.decode()
    assert "Not ready, and held back" in asked
    assert CANARY in asked
    publish(alice)
    page = alice.get(URL).content.decode()
    assert "1 part is not ready and was held back." in page
    assert "No changes to publish" in page
    assert Question.objects.count() == 2
    assert CANARY not in Guide.objects.get().source
    form_of_it = TypedForm(alice, f"{NEW}&kept={unready()[0].key}")
    form_of_it.sent |= {"line_0": ["a"], "line_1": ["b"]}
    form_of_it.press()
    publish(alice)
    assert Question.objects.count() == 3
    assert not GuideDraft.objects.exists()


def test_what_is_typed_while_it_is_published_stays(alice: Any) -> None:
    add(alice, "note", 1, body="A note.")
    form = next(one for one in site_forms(alice) if one.view == "reading_guide")
    sent = form.as_it_stands
    TypedForm(alice).type(words="Meanwhile")
    add(alice, "note", 3, body="And this.")
    answer = alice.post(form.action, sent)
    assert confirmed(alice, form.action, answer).status_code == 302
    assert Guide.objects.get().source.count("## Note") == 1
    assert [words_of(one) for one in unready()] == ["Meanwhile"]
    publish(alice)
    assert Guide.objects.get().source.count("## Note") == 2


# --- Limits --------------------------------------------------------------------------------------
def test_too_much_is_refused_with_the_words_in_the_form(alice: Any) -> None:
    most, unfinished.MOST_PARTS = unfinished.MOST_PARTS, 1
    try:
        TypedForm(alice).type(words="One")
        answer = TypedForm(alice, run=OTHER_RUN).send(act="keep", words="Two")
    finally:
        unfinished.MOST_PARTS = most
    assert answer.status_code == 422
    assert "Too much in this draft is not ready." in answer.content.decode()
    assert "Two" in answer.content.decode()
    assert len(unready()) == 1


def test_a_discarded_draft_keeps_it_and_a_new_one_begins_without(alice: Any) -> None:
    TypedForm(alice).type(words="One")
    alice.post(f"{URL}removal/")
    alice.post(f"{URL}removal/", {"undo": "1"})
    assert [words_of(one) for one in unready()] == ["One"]
    alice.post(f"{URL}removal/")
    alice.post(URL)
    assert unready() == []
