"""QTI of three versions, as others write it: what becomes of it, and hostile packages."""

import re
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.exchange import ReadFile
from quizzes.formats.file_formats import read_questions
from quizzes.formats.guide_questions import format_checkpoint
from readings.guides import GuideRefused
from tests.quizzes.format_checks import parsed
from tests.quizzes.qti_files import (
    CANVAS,
    CHOICE,
    ITEMS,
    MANIFEST,
    QTI2,
    QTI3,
    canvas,
    canvas_item,
    condition,
    declared,
    equal,
    item2,
    words,
    zipped,
)


def written(read: ReadFile) -> str:
    assert not read.refused, read.refused
    bodies = [format_checkpoint(one.checkpoint) for one in read.sets]
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(bodies)).strip()


def test_reads_what_canvas_writes() -> None:
    read = read_questions(zipped(CANVAS), "export.zip")
    assert read.format_name == "QTI 1.2"
    assert written(read) == CANVAS_WRITTEN.strip()
    assert written(read_questions(canvas(*ITEMS).encode(), "a.xml")) == CANVAS_WRITTEN.strip()


CANVAS_WRITTEN = """
Title: On margins

### Where do readers **stop**?

- ( ) At the end.
  > Rarely.
- (x) At *other* places.

Points: 2
Feedback: So it says.

### Which does it name?

- [x] A margin
- [x] A doubt
- [ ] A library

Points: 2

### It was wide.

Answer: true
Points: 2

### What was left wide?

Answer: the margin | margin
Points: 2

### How wide?

Number: 2.5
Tolerance: 0.25
Points: 2

### What goes with what?

- Printers -> a wide margin
- Readers -> a doubt
- -> a library card

Points: 2

### Why?

Open:
Points: 2

### Fill it in.

Gaps: Its [[white | blank]] edge \\[1\\] is [[wide]].
Points: 2

### Fill in what is missing.

Gaps: It is [[(x) wide ( ) narrow]] there.
Points: 2

### What came first?

- (1) Printers
- (2) Readers

Points: 2
"""


def test_reads_a_package_of_version_2_in_the_order_of_its_test() -> None:
    read = read_questions(zipped(QTI2), "margins.zip")
    assert read.format_name == "QTI 2.2"
    assert [one.title for one in read.sets] == ["Margins", "margins"]
    assert written(read) == QTI2_WRITTEN.strip()
    [entry] = [one for one in read.sets[1].questions if one.spec.kind == "short_answer"]
    assert entry.left == ("1 answer that earns only a part of the points, like “edge”",)


QTI2_WRITTEN = """
Title: Margins

### What came first?

- (1) Printers
- (2) Readers

### Look at this text:

Where do readers **stop**?

- ( ) At the end.
  > Rarely.
- (x) Elsewhere.

Shuffle: yes
Feedback: So it says.

Title: margins

### What was left wide?

Answer: the margin
Case: matters

### It was \\_\\_\\_\\_\\_ inches wide.

Number: 2.5

### Fill it in.

Gaps: It is [[(x) wide ( ) narrow]] and [[old]].

### What goes with what?

- Printers -> a margin
- Readers -> a doubt

### Why?

Open:
"""


def test_reads_an_item_of_version_3() -> None:
    read = read_questions(QTI3.encode(), "m.xml")
    assert read.format_name == "QTI 3.0"
    [question] = read.sets[0].questions
    assert question.spec.kind == "several"
    assert [one.is_correct for one in question.spec.choices] == [True, False, True]
    assert question.spec.points == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (canvas(canvas_item("calculated_question", words("Q"), "")), "“calculated_question”"),
        (canvas(canvas_item("text_only_question", words("Q"), "")), "“text_only_question”"),
        (canvas(canvas_item("matching_question", words("Q"), "")), "what goes with what"),
        (
            canvas(canvas_item("numerical_question", words("Q"), condition(equal("x")))),
            "is no number",
        ),
        (
            canvas(canvas_item("fill_in_multiple_blanks_question", words("Q [a]"), "")),
            "gaps cannot be found",
        ),
        (canvas("<item ident='x'/>"), "no words"),
        (item2("", "<p>Q</p>"), "nothing in it to be answered"),
        (item2("", '<p>Q</p><hotspotInteraction responseIdentifier="R"/>'), "“hotspotInteraction”"),
        (
            item2("", '<p>Q</p><choiceInteraction responseIdentifier="R"/>'),
            "declared nowhere",
        ),
        (
            item2(
                declared("multiple", "directedPair", "P M", "P D"),
                '<p>Q</p><matchInteraction responseIdentifier="RESPONSE"><simpleMatchSet>'
                '<simpleAssociableChoice identifier="P">p</simpleAssociableChoice></simpleMatchSet>'
                '<simpleMatchSet><simpleAssociableChoice identifier="M">m</simpleAssociableChoice>'
                '<simpleAssociableChoice identifier="D">d</simpleAssociableChoice></simpleMatchSet>'
                "</matchInteraction>",
            ),
            "several others",
        ),
    ],
)
def test_says_of_each_question_why_no_guide_holds_it(data: str, said: str) -> None:
    read = read_questions(data.encode(), "a.xml")
    assert not read.count
    assert said in read.refused[0].message


def test_names_the_file_of_a_package_in_which_something_is_wrong() -> None:
    bad = item2("", "<p>Q</p>")
    read = read_questions(zipped(QTI2 | {"z/bad.xml": bad}), "a.zip")
    [problem] = read.refused
    assert "in “z/bad.xml”: there is nothing" in problem.message
    with pytest.raises(GuideRefused, match=r"in “broken[.]xml”: this is no well-formed XML"):
        read_questions(zipped({"broken.xml": "<a>"}), "a.zip")


BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><assessmentItem>&c;</assessmentItem>'
LARGE = b"\0" * (3 << 20)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and nothing more", "damaged, locked, or made to do harm"),
        (zipped(CANVAS)[:-60], "damaged, locked, or made to do harm"),
        (zipped({"../../etc/cron.xml": CHOICE}), "damaged, locked, or made to do harm"),
        (zipped({"a.xml": CHOICE, "A.XML": CHOICE}), "damaged, locked, or made to do harm"),
        (zipped({"a.xml": BOMB}), "declares entities"),
        (zipped({"imsmanifest.xml": MANIFEST}), "no question in this file"),
        (MANIFEST.encode(), "one file of a package"),
        (QTI2["test.xml"].encode(), "one file of a package"),
        (zipped({"a.txt": "words"}), "no question in this file"),
        (b"x" * (20 << 20) + b"xx", "larger than 20 MB"),
    ],
)
def test_refuses_hostile_packages(data: bytes, said: str) -> None:
    with pytest.raises(GuideRefused) as refused:
        read_questions(data, "a.zip")
    assert said in refused.value.problems[0].message


def test_refuses_what_unpacks_to_far_more() -> None:
    whole = zipped({"a.xml": CHOICE, "b.xml": b""})
    out = BytesIO(whole)
    with ZipFile(out, "a", ZIP_DEFLATED) as made:
        made.writestr("c.xml", LARGE * 20)
    with pytest.raises(GuideRefused, match="made to do harm"):
        read_questions(out.getvalue(), "a.zip")


PIECES = st.sampled_from(
    [
        *('<responseDeclaration identifier="R" cardinality="single" baseType="identifier">', "a"),
        *("</responseDeclaration>", "<correctResponse><value>A</value></correctResponse>", "<p>"),
        *("</p>", "<itemBody>", "</itemBody>", '<choiceInteraction responseIdentifier="R">'),
        *("</choiceInteraction>", '<simpleChoice identifier="A">', "</simpleChoice>", "words"),
        *('<textEntryInteraction responseIdentifier="R"/>', "<prompt>", "</prompt>", "&lt;"),
        *(
            '<matchInteraction responseIdentifier="R"/>',
            '<orderInteraction responseIdentifier="R"/>',
        ),
        *('<inlineChoiceInteraction responseIdentifier="R"/>', "<equal tolerance='x'/>"),
    ]
)


@settings(deadline=None, max_examples=80)
@given(st.lists(PIECES, max_size=14).map("".join), st.binary(max_size=30))
def test_any_item_is_read_or_refused(inside: str, noise: bytes) -> None:
    for data in (
        f"<assessmentItem>{inside}</assessmentItem>".encode(),
        f"<assessmentItem><itemBody>{inside}</itemBody></assessmentItem>".encode(),
        zipped({"a.xml": f"<assessmentItem>{inside}</assessmentItem>"}) + noise,
    ):
        assert parsed(partial(read_questions, data, "a.xml"))
