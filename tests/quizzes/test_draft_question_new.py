"""A question is written in its small form, below a paragraph of the draft."""

from typing import Any

import pytest

from quizzes.models import Question
from readings.guides.guide_file import parse_guide
from readings.models import GuideDraft, Reading
from tests.base import People
from tests.forms import form_on, forms_of
from tests.queries import PageQueries
from tests.readings.guide_drafts import URL, bodies, publish

NEW = f"{URL}questions/?at=2"
ONE_CHOICE = {"words": "Where do readers stop?", "line_0": "At different places", "line_1": "Never"}


def write(client: Any, page: str = NEW, /, act: str = "done", **sent: str) -> Any:
    form = next(
        one
        for one in forms_of(client.get(page).content, page, "alice")
        if one.action == page and one.button == ("act", act)
    )
    return client.post(page, form.as_it_stands | {key: [value] for key, value in sent.items()})


@pytest.fixture
def alice(people: People, reading: Reading) -> Any:
    client = people.client("alice")
    client.post(URL)
    return client


def test_the_first_choice_is_right_and_the_paragraph_is_read_again(alice: Any) -> None:
    answer = write(alice, **ONE_CHOICE, reply_1="So he says.")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{URL}#p2"
    assert bodies() == [
        "Title: Check your reading\n\n### Where do readers stop?\n\n- (x) At different places\n"
        "- ( ) Never\n  > So he says.\n\nSee: ¶ 2"
    ]


@pytest.mark.parametrize(
    ("sent", "lines"),
    [
        ({"kind": "several", "line_0": "a", "line_1": "b", "right_1": "on"}, "- [x] a\n- [x] b"),
        ({"kind": "true_false", "truth": "false"}, "Answer: false"),
        ({"kind": "short_answer", "accepted": "the margin\na | b"}, r"Answer: the margin | a \| b"),
        (
            {"kind": "numeric", "number": "2.5", "tolerance": "2 %", "unit": "km\n1000 m"},
            "Number: 2.5\nTolerance: 2 %\nUnit: km | 1000 m",
        ),
        ({"kind": "order", "line_0": "first", "line_3": "then"}, "- (1) first\n- (2) then"),
        (
            {
                "kind": "match",
                "line_0": "a",
                "other_0": "1",
                "line_1": "b",
                "other_1": "2",
                "other_2": "3",
            },
            "- a -> 1\n- b -> 2\n- -> 3",
        ),
        ({"kind": "gap", "gaps": "In [[1972]] they\nmet."}, "Gaps: In [[1972]] they met."),
        (
            {"kind": "passage", "places": "¶ 1 “stops at another place”\nLibraries hold"},
            'Passage: ¶ 1 "stops at another place" | "Libraries hold"',
        ),
        ({"kind": "open", "least": "3", "most": "20"}, "Open: 3 to 20 words"),
    ],
)
def test_each_kind_is_written_and_asked(alice: Any, sent: dict[str, str], lines: str) -> None:
    answer = write(alice, words="Which?\nThink first.", **sent)
    if "Libraries" in lines:  # no words of this text
        assert answer.status_code == 422
        assert "are nowhere in the text" in answer.content.decode()
        answer = write(alice, words="Which?\nThink first.", **sent | {"places": "¶ 1"})
        lines = "Passage: ¶ 1"
    assert answer.status_code == 302
    assert f"### Which?\n\nThink first.\n\n{lines}" in bodies()[0]
    publish(alice)
    assert Question.objects.get().kind == sent["kind"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": " "}, "This field is required"),
        ({"line_0": "Only one", "line_1": ""}, "Write at least two of them."),
        ({"line_1": "Never", "line_0": "Never"}, "These words stand here twice."),
        ({"right_one": "3"}, "Mark what is right beside one that has words."),
        ({"kind": "short_answer"}, "Write an answer that is right."),
        ({"kind": "short_answer", "accepted": "true"}, "Choose “True or false” above"),
        ({"kind": "numeric", "number": "many"}, "is no number"),
        ({"kind": "match", "other_0": "a"}, "Write what goes with it."),
        ({"kind": "gap", "gaps": "No gap."}, "between [[ and ]]"),
        ({"kind": "passage"}, "Choose in the text the words that are right."),
        ({"see": "¶ 99"}, "The text has no ¶ 99"),
        ({"see": "nowhere at all"}, "are nowhere in the text"),
        ({"points": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_is_wrong_is_said_in_place(alice: Any, sent: dict[str, str], said: str) -> None:
    answer = write(alice, **ONE_CHOICE | {"feedback": "Kept feedback"} | sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "Kept feedback" in html
    assert bodies() == []


def test_another_question_goes_into_the_same_checkpoint(alice: Any) -> None:
    answer = write(alice, act="another", **ONE_CHOICE)
    assert answer.headers["Location"] == f"{NEW}&quote="
    write(alice, **ONE_CHOICE | {"words": "And then?"})
    assert bodies()[0].count("### ") == 2
    assert len(bodies()) == 1
    marks = GuideDraft.objects.get().marks[0]["parts"]
    assert [one["version"] for one in marks] == [1, 1]


def test_chosen_words_are_read_again(alice: Any) -> None:
    write(alice, f"{URL}questions/?at=3&quote=Printers%20left", **ONE_CHOICE)
    assert 'See: ¶ 3 "Printers left"' in bodies()[0]


def test_signs_of_the_file_are_words_like_others(alice: Any) -> None:
    words = "Is this a line?\n## Note ¶ 1\n### More\n- (x) no\nAnswer: none"
    write(alice, **ONE_CHOICE | {"words": words, "feedback": "See: that\nPoints: 3"})
    assert len(parse_guide(GuideDraft.objects.get().text).items) == 1
    shown = form_on(alice, f"{URL}items/1/questions/2/").as_it_stands
    assert shown["words"][0].replace("\r\n", "\n") == words
    assert shown["feedback"][0].replace("\r\n", "\n") == "See: that\nPoints: 3"


def test_more_lines_are_there_without_scripts(alice: Any) -> None:
    answer = write(alice, act="more", **ONE_CHOICE)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="line_6"' in html
    assert 'class="errorlist' not in html
    assert "At different places" in html


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"attempt": "  THE margin. "}, "Right: counts in full."),
        ({"attempt": "the spine"}, "Not right: does not count."),
        ({"attempt": ""}, "Write an answer."),
        ({"accepted": "", "attempt": "a"}, "First put right what is marked in the form."),
        ({"kind": "numeric", "number": "2", "unit": "km", "attempt": "2"}, "Partly right"),
    ],
)
def test_an_answer_is_tried_by_the_rule_for_members(
    alice: Any, sent: dict[str, str], said: str
) -> None:
    tried = {"words": "What?", "kind": "short_answer", "accepted": "the margin"} | sent
    answer = write(alice, act="try", **tried)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert bodies() == []


def test_a_script_gets_the_pieces_that_are_other_now(alice: Any) -> None:
    form = form_on(alice, NEW).as_it_stands | {key: [one] for key, one in ONE_CHOICE.items()}
    sent = form | {"act": ["another"]}
    answer = alice.post(NEW, sent, headers={"HX-Request": "true"}, follow=True)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<hx-partial") == 6
    assert "Where do readers stop?" in html
    assert "<b>1 change</b> not published" in html
    assert "questions/?at=2&amp;quote=" in html
    assert "<!doctype" not in html


def test_of_a_paragraph_that_is_no_more_the_words_stay(alice: Any) -> None:
    gone = NEW.replace("at=2", "at=99")
    assert alice.get(gone).status_code == 302
    answer = alice.post(gone, form_on(alice, NEW).as_it_stands | ONE_CHOICE | {"act": "done"})
    assert answer.status_code == 422
    assert "Where do readers stop?" in answer.content.decode()


def test_as_many_queries_at_whichever_paragraph(alice: Any) -> None:
    counts = []
    for at in (1, 3):
        alice.get(f"{URL}questions/?at={at}")
        with PageQueries() as queries:
            alice.get(f"{URL}questions/?at={at}")
        counts.append(len(queries))
    assert counts[0] == counts[1] < 20
