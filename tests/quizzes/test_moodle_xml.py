"""Moodle XML as Moodle writes it: what becomes of it, and hostile files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.file_formats import read_questions
from readings.guides import GuideRefused
from tests.quizzes.format_checks import parsed
from tests.quizzes.question_files import MOODLE
from tests.quizzes.test_gift import written


def test_reads_what_moodle_writes() -> None:
    assert written(MOODLE) == WRITTEN.strip()


WRITTEN = """\
Title: Margins

### Where do readers **stop**?

Think of *your own* reading: 10² pages.

\\[A page\\]

- ( ) At the end.
  > - Rarely.
- (x) At other places \\> 1.
- ( ) In the middle.

Shuffle: yes
Points: 2
Hint: Look at ¶ 1.
Feedback: So it says.

### Which does *it* name?

- [x] A margin
- [x] A doubt
- [ ] A library

### The margin was wide.

Answer: true

### What was left

wide?

Answer: The Margin | 2 * 3
Case: matters

### How wide was it?

Number: 2.1250
Tolerance: 0.25
Unit: in | 25.4 mm

### What goes with what?

- Printers -> a wide margin
- \\(Readers) -> a doubt
- -> a library card

### What came first?

- (1) Printers left it wide.
- (2) Readers wrote in it.

### What would you write in it?

Open: 50 to 200 words

### Fill it in.

Gaps: The *margin* is for [[(x) doubts ( ) prices ( ) a \\< b]], its edge is [[blank | bl}nk]] \
and [[2]] inches.
Points: 4

### Fill in what is missing.

Gaps: It is [[( ) narrow (x) wide]] and [[(x) old ( ) new]].
"""


def test_says_what_a_guide_cannot_hold() -> None:
    [found] = read_questions(MOODLE.encode(), "").sets
    left = [list(one.left) for one in found.questions]
    assert left[0] == [
        "a picture",
        "what is said to right, to partly right and to wrong answers",
        "1 answer that earns only a part of the points, like “In the middle.”",
    ]
    assert left[1] == [
        "what a wrong choice costs: here it takes off what a right one earns",
        "0.5 points, which are 1 here",
    ]
    assert left[3] == [
        "1 answer that earns only a part of the points, like “margin”",
        "what is said to each answer: here something is said to all",
    ]
    assert left[7] == ["what is told to who marks it"]
    assert left[8] == ["what is said to each answer: here something is said to all"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ('<question type="calculated"><name><text>C</text></name></question>', "“calculated”"),
        ('<question type="description"/>', "“description”"),
        ('<question type="essay"><questiontext><text/></questiontext></question>', "no words"),
        (
            '<question type="multichoice"><questiontext><text>Q</text></questiontext>'
            '<single>true</single><answer fraction="100"><text>a</text></answer>'
            '<answer fraction="100"><text>b</text></answer></question>',
            "several of its choices are right",
        ),
        (
            '<question type="cloze"><questiontext><text>Q {1:MULTIRESPONSE:=a~=b}</text>'
            "</questiontext></question>",
            "MULTIRESPONSE",
        ),
        (
            '<question type="gapselect"><questiontext><text>Q [[4]]</text></questiontext>'
            "<selectoption><text>a</text></selectoption></question>",
            "cannot be found",
        ),
        (
            '<question type="numerical"><questiontext><text>Q</text></questiontext>'
            '<answer fraction="100"><text>x</text></answer></question>',
            "“x” is no number",
        ),
    ],
)
def test_says_of_each_question_why_no_guide_holds_it(question: str, words: str) -> None:
    read = read_questions(f"<quiz>\n\n{question}</quiz>".encode(), "a")
    assert not read.count
    [problem] = read.refused
    assert problem.line == 3
    assert words in problem.message


BOMB = '<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"<quiz><question></quiz>", 1, "no well-formed XML"),
        (b"<quiz>\n<question type='essay'>\n</quiz>", 3, "no well-formed XML"),
        (b"<?xml version='1.0'?><html><body/></html>", 1, "begins with <html>"),
        (f"{BOMB}<quiz>&b;</quiz>".encode(), 1, "declares entities"),
        (
            b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
            1,
            "declares entities",
        ),
        (f"{BOMB}<quiz>&b;</quiz>".encode("utf-16"), 1, "declares entities"),
        (b"<quiz>" + b"<a>" * 400 + b"</a>" * 400 + b"</quiz>", 1, "no well-formed XML"),
        (b"<quiz></quiz>", 1, "no question"),
        (b"<quiz>\xff\xfe</quiz>", 1, "no well-formed XML"),
        (b"<", 1, "none of the formats"),
    ],
)
def test_refuses_hostile_and_broken_files(data: bytes, line: int, words: str) -> None:
    with pytest.raises(GuideRefused) as refused:
        read_questions(data, "a.xml")
    assert refused.value.problems[0].line == line
    assert words in refused.value.problems[0].message


PIECES = st.sampled_from(
    [
        *('<question type="multichoice">', '<question type="cloze">', "</question>", "<name>"),
        *("<questiontext>", "</questiontext>", "<text>", "</text>", "</name>", "<answer>"),
        *('<answer fraction="100">', "</answer>", "{1:SA:=a~b}", "{1:MC:=a~b}", "&lt;p&gt;", "a"),
        *(
            '<question type="numerical">',
            "<tolerance>",
            "</tolerance>",
            "3",
            "<single>false</single>",
        ),
    ]
)


@settings(deadline=None, max_examples=80)
@given(st.one_of(st.binary(), st.lists(PIECES, max_size=20).map(lambda one: "".join(one).encode())))
def test_any_bytes_are_read_or_refused_by_line(data: bytes) -> None:
    assert parsed(lambda: read_questions(b"<quiz>" + data + b"</quiz>", "file"))
