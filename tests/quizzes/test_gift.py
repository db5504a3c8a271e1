"""GIFT as Moodle and people write it: what becomes of it, and what is refused at which line."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.file_formats import read_questions
from quizzes.formats.gift_reader import read_gift
from quizzes.formats.guide_questions import CheckpointSpec, format_checkpoint
from readings.guides import GuideRefused
from tests.quizzes.format_checks import parsed
from tests.quizzes.question_files import GIFT


def written(text: str) -> str:
    """The questions as a guide has them."""
    read = read_questions(text.encode(), "margins.gift")
    assert not read.refused, read.refused
    bodies = [
        format_checkpoint(CheckpointSpec(one.title, tuple(each.spec for each in one.questions)))
        for one in read.sets
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(bodies)).strip()


def test_reads_what_moodle_writes() -> None:
    assert written(GIFT) == WRITTEN.strip()


WRITTEN = """\
Title: Reading/writing

### Where do readers **stop**?

- ( ) At the end.
  > Rarely.
- (x) At other places: see ¶ 1.
  > Yes.
- ( ) In the middle.

Feedback: The first sentence says so.

### What two things does the text name?

- [x] A margin
  > right
- [x] A #conversation
- [ ] A library

### The margin was wide.

- (x) True
  > Yes.
- ( ) False
  > No, look again.

Feedback: In general.

### The margin was narrow.

Answer: false

### What was left wide?

Answer: the margin | margin = edge

### How wide was it, in inches?

Number: 2.5
Tolerance: 0.25

### From one to two?

Number: 1.5
Tolerance: 0.5

### Match them.

- Printers -> a wide margin
- *Readers* -> a doubt
- -> a library card

### Fill in what is missing.

Gaps: Readers stop [[somewhere | at other places]] than their neighbours.

### Fill in what is missing.

Gaps: The margin is for [[( ) prices (x) doubts ( ) names]].

### What would you write in it?

Say \\<why\\>.

Open:

### Put them in order.

- (1) Printers left it wide.
- (2) Readers wrote in it.
- (3) The seminar read it.
"""


def test_says_what_a_guide_cannot_hold() -> None:
    [found] = read_gift(GIFT, "").sets
    left = {one.spec.text: " / ".join(one.left) for one in found.questions if one.left}
    assert left == {
        "Where do readers **stop**?": "1 answer that earns only a part of the points, like"
        " “<p>In the middle.</p>”",
        "What two things does the text name?": "what a wrong choice costs: here it takes off what"
        " a right one earns",
        "What was left wide?": "1 answer that earns only a part of the points, like “edge” / the"
        " answer “*margin*”, whose star stands for any words / what is said to each answer: here"
        " something is said to all",
        "How wide was it, in inches?": "what is said to each answer: here something is said to all"
        " / 1 answer that earns only a part of the points, like “2.5:1”",
    }


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("What? {=a", 1, "“{” or “}” alone"),
        ("// c\n\nWhat?\n}", 4, "“{” or “}” alone"),
        ("What? {=a\n\nHow? {=b}", 3, "of line 1 is not closed"),
        ("What? {=a}\nHow? {=b}", 2, "an empty line missing"),
        ("  \n\n", 1, "none of the formats"),
        ("What is it?", 1, "none of the formats"),
    ],
)
def test_refuses_what_is_no_gift(text: str, line: int, words: str) -> None:
    with pytest.raises(GuideRefused) as refused:
        read_questions(text.encode(), "a.gift")
    assert refused.value.problems[0].line == line
    assert words in refused.value.problems[0].message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Words.\n\nWhat? {=a}", 1, "asks nothing"),
        ("What? {a}", 1, "begins with ="),
        ("What? {#x}", 1, "“x” is no number"),
        ("What?\n{#\n=2:1\n=3:x}", 4, "“3:x” is no number"),
        ("What? {#\n=2:1\n=3:2}", 1, "different tolerances"),
        ("What? {~%100%a}", 1, "at least two"),
        ("What? {=a ~a}", 1, "same words"),
        ("What? {=a ~ }", 1, "has no words"),
        ("What? {=a =b ~c}", 1, "several of its choices are right"),
        ("What? {=a->b}", 1, "at least two pairs"),
        ("What? {=%50%a}", 1, "no answer that is right"),
        ("What? {=*}", 1, "no answer that is right"),
        ("{=a ~b}", 1, "no words"),
        ("A {~%100%a ~b =[c]} z", 1, "gap 1: mark exactly one"),
        ("What? {~a ~b}", 1, "does not say which choice is right"),
    ],
)
def test_says_of_each_question_why_no_guide_holds_it(text: str, line: int, words: str) -> None:
    read = read_gift(text, "a")
    assert read.refused[0].line == line
    assert words in read.refused[0].message


PIECES = st.sampled_from(
    [
        *("::t::", "What ", "{", "}", "=", "~", "#", "####", "%50%", "->", "..", ":", "\\", "\n"),
        *("\n\n", "// c\n", "$CATEGORY: a/b\n", "[html]", "<b>", "a", "3", "T", " ", "\\}", "\0"),
        *("{=a ~b}", "{#1}", "{T}", "{}", "{=a->b =c->d}", "\uf8f1", "\x01", "*"),
    ]
)


@settings(deadline=None, max_examples=100)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=20).map("".join)))
def test_any_text_is_read_or_refused_by_line(text: str) -> None:
    assert parsed(lambda: read_gift(text, "file"))
