"""Aiken: what becomes of it, and what is refused at which line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.aiken import read_aiken
from quizzes.formats.file_formats import read_questions
from quizzes.questions import ChoiceSpec
from readings.guides import GuideRefused
from tests.quizzes.format_checks import parsed
from tests.quizzes.question_files import AIKEN


def test_reads_questions() -> None:
    read = read_questions(AIKEN.encode("utf-8-sig"), "C:\\files\\A quiz.txt")
    assert read.format_name == "Aiken"
    [found] = read.sets
    assert found.title == "A quiz"
    one, other = (each.spec for each in found.questions)
    assert one.text == "Where do readers stop?"
    assert one.choices == (
        ChoiceSpec("At the end.", False),
        ChoiceSpec("At other places, C. says.", True),
        ChoiceSpec("\\<b\\>Nowhere\\</b\\>", False),
    )
    assert other.text == "Which of the following is a margin?"
    assert [each.line for each in found.questions] == [1, 7]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("What?\nA. a\nB. b\nANSWER: C", 4, "one of the letters A, B"),
        ("What?\nA. a\nB. b\nANSWER:", 4, "one of the letters A, B"),
        ("What?\nA. a\nB. b\n\nHow?\nA. a\nB. b\nANSWER: A", 5, "is due here"),
        ("What?\nA. a\nC. b\nANSWER: A", 3, "“B” is due"),
        ("ANSWER: A", 1, "no question above"),
        ("What?\nA. a\nB. b\nANSWER: A\n\nHow?\nA. a", 6, "no line “ANSWER: …”"),
        ("\n\n", 1, "no question in this file"),
    ],
)
def test_refuses_what_is_no_aiken(text: str, line: int, words: str) -> None:
    with pytest.raises(GuideRefused) as refused:
        read_aiken(text, "a")
    assert refused.value.problems[0].line == line
    assert words in refused.value.problems[0].message


def test_says_of_a_question_why_no_guide_holds_it() -> None:
    read = read_aiken("What?\nA. same\nB. same\nANSWER: A", "a")
    assert [(one.line, "same words" in one.message) for one in read.refused] == [(1, True)]


PIECES = st.sampled_from(
    ["What?\n", "A. a\n", "B) b\n", "C. c\n", "ANSWER: A\n", "ANSWER: Z\n", "\n"]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_any_text_is_read_or_refused_by_line(text: str) -> None:
    assert parsed(lambda: read_aiken(text, "file"))
