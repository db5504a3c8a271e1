"""Questions as a guide file writes them: what is read, refused by line, and written back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.guide_questions import (
    CheckpointSpec,
    format_checkpoint,
    parse_checkpoint,
)
from quizzes.questions import ChoiceSpec
from readings.guides.guide_file import Anchor, GuideRefused, Problem
from tests.quizzes.written_checkpoints import checkpoints

ALL_KINDS = """\
Title: What the margin is for

### Where do readers *stop*?

Think of your own reading.

- ( ) At the end.
  > Rarely.
- (x) At other places
  than their neighbours.
  > Yes.
  >
  > And why?
Feedback: The first sentence says so.

It goes on.
See: ¶ 1 "stops at another place"

### Which of these are in the text?
- [x] A margin
- [X] A method
- [ ] A printer’s name
Points: 3

### Printers left it wide.
Answer: TRUE

### What was left wide?
Answer: the margin | margin | a \\| b
Case: matters
See: ¶ 3
"""


def test_reads_every_kind_of_question() -> None:
    checkpoint = parse_checkpoint(ALL_KINDS)
    assert checkpoint.title == "What the margin is for"
    one, several, truth, words = checkpoint.questions
    assert one.kind == "one_choice"
    assert one.text == "Where do readers *stop*?"
    assert one.detail == "Think of your own reading."
    assert one.choices == (
        ChoiceSpec("At the end.", False, "Rarely."),
        ChoiceSpec("At other places than their neighbours.", True, "Yes.\n\nAnd why?"),
    )
    assert one.feedback == "The first sentence says so.\n\nIt goes on."
    assert one.see == Anchor(1, "stops at another place")
    assert several.kind == "several"
    assert [choice.is_correct for choice in several.choices] == [True, True, False]
    assert several.points == 3
    assert (truth.kind, truth.accepted, truth.see) == ("true_false", ("true",), None)
    assert words.kind == "short_answer"
    assert words.accepted == ("the margin", "margin", "a | b")
    assert words.settings == {"case_matters": True}
    assert words.see == Anchor(3, "")


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("Title: T", 10, "no question"),
        ("Some words\n### Q\nAnswer: a", 10, "before the first question"),
        ("Title:\n### Q\nAnswer: a", 10, "title needs"),
        ("### Q", 10, "no choices and no"),
        ("### Q\nAnswer:", 11, "no choices and no"),
        ("### Q\n- (x) a", 10, "at least two"),
        ("### Q\n- ( ) a\n- ( ) b", 10, "exactly one"),
        ("### Q\n- (x) a\n- (x) b", 10, "exactly one"),
        ("### Q\n- [ ] a\n- [ ] b", 10, "at least one"),
        ("### Q\n- (x) a\n- [ ] b", 12, "not both"),
        ("### Q\n- (x) a\n- ( ) a", 10, "same words"),
        ("### Q\n- (x) a\n- ( )", 12, "no words"),
        ("### Q\n- (x) a\n- ( ) b\nAnswer: a", 13, "not both"),
        ("### Q\nAnswer: a\n- (x) b", 12, "above Answer"),
        ("### Q\nAnswer: a\nAnswer: b", 12, "two lines"),
        ("### Q\nAnswer: a\nPoints: 0", 12, "whole number"),
        ("### Q\nAnswer: a\nPoints: many", 12, "whole number"),
        ("### Q\nAnswer: true\nCase: matters", 12, "only a short answer"),
        ("### Q\nAnswer: a\nCase: yes", 12, "only a short answer"),
        ("### Q\nAnswer: a\nShuffle: yes", 12, "only choices of which one picks"),
        ("### Q\n- (x) a\n- ( ) b\nShuffle: often", 13, "“Shuffle: yes” or"),
        ("### Q\n- [x] a\n- [ ] b\nShuffle:", 13, "“Shuffle: yes” or"),
        ("### Q\nAnswer: a\nSee: there", 12, "say where"),
        ("### Q\nAnswer: a\nFeedback: ```\nx", 12, "below"),
        ("### Q\n- (x) a\n- ( ) b\nmore", 13, "belongs to nothing"),
        ("### Q\nAnswer: a\n```\nopen", 12, "no end"),
        ("\n".join(["### Q\nAnswer: a"] * 51), 10, "at most 50"),
        ("### Q\nNumber:", 11, "write the right number"),
        ("### Q\nNumber: many", 11, "“many” is no number"),
        ("### Q\nNumber: 1/0", 11, "no number"),
        ("### Q\nNumber: 5 km", 11, "“Unit: …”"),
        ("### Q\nNumber: 5\nTolerance: much", 12, "a tolerance is"),
        ("### Q\nNumber: 5\nTolerance: -1", 12, "a tolerance is"),
        ("### Q\nNumber: 5\nUnit:", 12, "write the unit"),
        ("### Q\nAnswer: 5\nNumber: 5", 12, "not both"),
        ("### Q\nAnswer: 5\nUnit: km", 12, "only a question with “Number:”"),
        ("### Q\n- a -> 1", 10, "at least two pairs"),
        ("### Q\n- a -> 1\n- b -> 1", 10, "at least two pairs"),
        ("### Q\n- a -> 1\n- a -> 2", 10, "begin with the same words"),
        ("### Q\n- a -> 1\n- b -> 2\n- -> 1", 10, "goes with one"),
        ("### Q\n- a -> 1\n- b ->", 12, "behind the arrow"),
        ("### Q\n- a -> 1\n- ( ) b", 12, "of one kind"),
        ("### Q\n- a -> 1\n- b -> 2\nAnswer: a", 13, "not both"),
        ("### Q\n- (1) a", 10, "2 to 20"),
        ("### Q\n- (1) a\n- (3) b", 10, "from 1, and each once"),
        ("### Q\n- (1) a\n- (1) b", 10, "from 1, and each once"),
        ("### Q\n- (1) a\n- (2) a", 10, "same words"),
        ("### Q\n- (1) a\n- (x) b", 12, "of one kind"),
        ("### Q\n- [1] a", 11, "round brackets"),
        ("### Q\nPassage:", 11, "say where what is right stands"),
        ("### Q\nPassage: there", 11, "say where it belongs"),
        ("### Q\nPassage: ¶ 1 | there", 11, "say where it belongs"),
        ("### Q\nAnswer: a\nPassage: ¶ 1", 12, "not both"),
        ("### Q\nOpen: at length", 11, "stands alone, or with"),
        ("### Q\nOpen: 20 to 10 words", 11, "stands alone, or with"),
        ("### Q\nOpen: up to 5000 words", 11, "stands alone, or with"),
        ("### Q\nAnswer: a\nOpen:", 12, "not both"),
        ("### Q\nGaps: no gap", 11, "between [[ and ]]"),
        ("### Q\nGaps: a [[b]] and [[ | ]]", 11, "gap 2: no words"),
        ("### Q\nGaps: a [[(x) b]]", 11, "gap 1: a list has"),
        ("### Q\nGaps: a [[(x) b (x) c]]", 11, "gap 1: mark exactly one"),
        ("### Q\nGaps: a [[(x) b ( )]]", 11, "gap 1: this choice has no words"),
    ],
)
def test_refuses_with_the_line_of_the_file(body: str, line: int, words: str) -> None:
    with pytest.raises(GuideRefused) as refused:
        parse_checkpoint(body, first_line=10)
    problem = refused.value.problems[0]
    assert problem.line == line
    assert words in problem.message


def test_tells_the_problems_of_all_questions() -> None:
    with pytest.raises(GuideRefused) as refused:
        parse_checkpoint("### A\n\n### B\n- (x) only\n\n### C\nAnswer: c")
    assert [problem.line for problem in refused.value.problems] == [1, 3]


def test_the_content_is_of_the_questions_alone() -> None:
    before = parse_checkpoint(ALL_KINDS).content
    elsewhere = ALL_KINDS.replace("¶ 3", "¶ 2").replace("margin is for", "margin was for")
    assert parse_checkpoint("\n\n" + elsewhere, 40).content == before
    for old, new in [("Rarely.", "Never."), ("- [X]", "- [ ]"), ("Points: 3", "Points: 2")]:
        assert parse_checkpoint(ALL_KINDS.replace(old, new)).content != before


def plain(checkpoint: CheckpointSpec) -> CheckpointSpec:
    """A checkpoint without its places in a file."""
    questions = tuple(replace(one, line=0, see_line=0) for one in checkpoint.questions)
    return replace(checkpoint, questions=questions)


@settings(deadline=None)
@given(checkpoints)
def test_a_written_checkpoint_reads_back_the_same(checkpoint: CheckpointSpec) -> None:
    assert plain(parse_checkpoint(format_checkpoint(checkpoint))) == checkpoint


pieces = st.sampled_from(
    [
        "Title: T\n",
        "### Q\n",
        "### \n",
        "words\n",
        "- (x) a\n",
        "- ( ) b\n",
        "- [x] c\n",
        "- [ ] d\n",
        "- []\n",
        "  > said\n",
        "  more\n",
        "\n",
        "Answer: true\n",
        "Answer: a | b\\|c |\n",
        "Feedback: f\n",
        "Feedback:\n",
        "See: ¶ 1\n",
        "Points: 2\n",
        "Case: matters\n",
        "Shuffle: yes\n",
        "Number: 5\n",
        "Number: 1 | x\n",
        "Tolerance: 2 %\n",
        "Unit: km | 1000 m\n",
        "- a -> b\n",
        "- c \\-> d → e\n",
        "- -> f\n",
        "- (1) a\n",
        "- (2) b\n",
        "- (10) b\n",
        "Gaps: a [[b | c]] [[(x) d ( ) e]]\n",
        "Gaps: a [[]] ]] [[\n",
        "Open:\n",
        "Open: 5 - 20 words\n",
        'Passage: ¶ 1 "a" | "b \\| c"\n',
        "Passage: ¶ 1\n",
        "```\n",
        "    ```\n",
        "~~~\n",
        "\0",
    ]
)


def read(body: str) -> CheckpointSpec | tuple[Problem, ...]:
    try:
        return parse_checkpoint(body)
    except GuideRefused as refused:
        return refused.problems


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(pieces, max_size=25).map("".join)))
def test_any_body_is_read_or_refused(body: str) -> None:
    found = read(body)
    if isinstance(found, CheckpointSpec):
        assert plain(parse_checkpoint(format_checkpoint(found))) == plain(found)
    else:
        assert found
