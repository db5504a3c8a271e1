"""The form of a question and the guide's file say the same, whichever of them was written first."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.composing.question_values import MAX_LINES, FieldProblem, spec_of, values_of
from quizzes.formats import as_prose, as_typed, format_question, parse_checkpoint
from quizzes.models import QuestionKind
from quizzes.questions import QuestionSpec
from tests.quizzes.written_checkpoints import checkpoints, open_answer

EMPTY = {
    "kind": "one_choice",
    "words": "Which?",
    "right_one": "0",
    "truth": "true",
    "case_matters": False,
    "shuffle": False,
    "points": 1,
    "least": None,
    "most": None,
    **dict.fromkeys(
        ("accepted", "number", "tolerance", "unit", "gaps", "places", "see", "hints", "rubric"), ""
    ),
    "feedback": "",
}
MARKS = [
    "### ",
    "## ",
    "- (x) ",
    "- [ ] ",
    "- a -> b",
    "Answer: ",
    "See: x",
    "Feedback:",
    "> ",
    "\\",
]
written = st.one_of(checkpoints.map(lambda one: one.questions[0]), open_answer)
LINES = st.builds(
    "".join, st.lists(st.sampled_from([*MARKS, "a", "Wer? ", "é", "|", "&#58;"]), max_size=4)
)
WORDS = st.lists(LINES, max_size=4).map("\n".join)


@given(WORDS)
def test_words_as_typed_are_words_in_the_file_and_typed_again(typed: str) -> None:
    prose = as_prose(typed)
    assert as_prose(as_typed(prose)) == prose
    body = f"### Q?\n\n{prose.strip()}\n\nAnswer: a"
    assert len(parse_checkpoint(body).questions) == 1
    assert parse_checkpoint(body).questions[0].accepted == ("a",)


@settings(deadline=None)
@given(written)
def test_each_question_of_a_file_comes_back_from_its_form(spec: QuestionSpec) -> None:
    assert spec_of(EMPTY | values_of(spec), spec) == spec
    assert spec_of(EMPTY | values_of(spec)) == spec


def test_what_no_field_says_stays() -> None:
    spec = parse_checkpoint("### Q?\n\n- (x) a\n- ( ) b").questions[0]
    old = replace(spec, settings={"of another page": 1})
    assert spec_of(EMPTY | values_of(old), old).settings == old.settings


@settings(deadline=None)
@given(
    st.sampled_from(list(QuestionKind)),
    WORDS,
    st.lists(LINES, min_size=3, max_size=6),
    LINES,
    WORDS,
    st.integers(0, 3),
)
def test_whatever_is_typed_is_a_question_or_told_at_its_field(
    kind: QuestionKind, words: str, lines: list[str], other: str, feedback: str, right: int
) -> None:
    values = EMPTY | {"kind": kind.value, "words": f"Q {words}", "feedback": feedback}
    values |= {f"line_{i}": line for i, line in enumerate(lines)}
    values |= {f"other_{i}": f"{other}{i}" for i in range(len(lines))}
    values |= {f"reply_{i}": feedback for i in range(len(lines))} | {f"right_{right}": True}
    values |= {"accepted": words, "gaps": f"In [[{other or 'x'}]]", "places": other}
    values |= {"number": "12", "unit": other, "right_one": str(right), "rubric": words}
    try:
        spec = spec_of(values)
    except FieldProblem as problem:
        told: FieldProblem | None = problem
    else:
        told = None
    if told:
        assert str(told)
        assert told.field in values or told.field.rpartition("_")[0] in {"line", "other"}
        return
    body = format_question(spec)
    assert [one.content for one in parse_checkpoint(body).questions] == [spec.content]
    assert format_question(spec_of(EMPTY | values_of(spec), spec)) == body


def test_a_rubric_is_read_as_the_file_has_it_too() -> None:
    lines = "Gives a reason: Not yet (0) | Yes (2)\nNames it: No (0) | Yes (1)"
    as_in_file = "\n".join(f"Rubric: {line}" for line in lines.split("\n"))
    spec = spec_of(EMPTY | {"kind": "open", "rubric": as_in_file})
    assert values_of(spec)["rubric"] == lines


def test_a_rubric_says_how_many_points_there_are() -> None:
    lines = "Gives a reason: Not yet (0) | Yes (2)\nNames it: No (0) | Yes (1)"
    spec = spec_of(EMPTY | {"kind": "open", "rubric": lines})
    assert spec.points == 3
    assert values_of(spec)["rubric"] == lines


def test_no_more_lines_than_the_form_has() -> None:
    values = EMPTY | {f"line_{i}": f"Choice {i}" for i in range(MAX_LINES + 5)}
    assert len(spec_of(values).choices) == MAX_LINES
