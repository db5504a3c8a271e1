"""Questions as a guide file writes them: what is read, refused by line, and written back."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from quizzes.formats.guide_questions import (
    CheckpointSpec,
    format_checkpoint,
    parse_checkpoint,
)
from quizzes.models import QuizSettings
from quizzes.questions import TYPES, ChoiceSpec
from quizzes.questions.gaps import gaps_in, pieces_of
from readings.guides.guide_file import (
    Anchor,
    GuideRefused,
    ParsedGuide,
    ParsedItem,
    Problem,
    format_guide,
    parse_guide,
)
from tests.quizzes.base import ALL_TYPES
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
        ("Title: T\nTitle: U\n### Q\nAnswer: a", 11, "two lines"),
        ("Title: T\nTries: 0\n### Q\nAnswer: a", 11, "from 1 to 20"),
        ("Tries: many\n### Q\nAnswer: a", 10, "from 1 to 20"),
        ("Gate: closed\n### Q\nAnswer: a", 10, "write “Gate: soft”"),
        ("Gate: soft, 60 %\n### Q\nAnswer: a", 10, "write “Gate: soft”"),
        ("Gate: hard, 0 %\n### Q\nAnswer: a", 10, "write “Gate: soft”"),
        ("Gate: hard, 101 %\n### Q\nAnswer: a", 10, "write “Gate: soft”"),
        ("Gate: hard, 60 %, 0 tries\n### Q\nAnswer: a", 10, "write “Gate: soft”"),
        ("Gate: hard, 3 tries\n### Q\nAnswer: a", 10, "write “Gate: soft”"),
        ("Review: after closing\nGate: hard, 9%\n### Q\nAnswer: a", 11, "leave the share out"),
        ("Tries: 3\nTries: 3\n### Q\nAnswer: a", 11, "two lines"),
        ("Grade by: luck\n### Q\nAnswer: a", 10, "Grade by: first"),
        ("Grade by: best\nPenalty: 101\n### Q\nAnswer: a", 11, "each further try costs"),
        ("Tries: 3\nPenalty: 10 %\n### Q\nAnswer: a", 11, "no further one costs"),
        ("Review: later\n### Q\nAnswer: a", 10, "Review: at once"),
        ("Draw: 0\n### Q\nAnswer: a", 10, "a number from 1"),
        ("Draw: 2\n### Q\nAnswer: a", 10, "fewer questions"),
        ("Time: 0\n### Q\nAnswer: a", 10, "1 to 600 minutes"),
        ("Time: an hour\n### Q\nAnswer: a", 10, "1 to 600 minutes"),
        ("Confidence: 3\\n### Q\\nAnswer: a", 10, "Confidence: yes"),
        ("Pace: fast\n### Q\nAnswer: a", 10, "before the first question"),
        ("### Q\nAnswer: a\nHint:", 12, "behind “Hint:”"),
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
        (f"### Q\nNumber: 5\nUnit: {' | '.join(f'u{n}q' for n in range(41))}", 12, "at most 40"),
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
        ('### Q\nGaps: see [a](https://x.org "so [[b]] it")', 11, "the title of a link"),
        ("### Q\nGaps: see [a](https://x.org/[[b]]) it", 11, "the address or the title of a"),
    ],
)
def test_refuses_with_the_line_of_the_file(body: str, line: int, words: str) -> None:
    with pytest.raises(GuideRefused) as refused:
        parse_checkpoint(body, first_line=10)
    problem = refused.value.problems[0]
    assert problem.line == line
    assert words in problem.message


def test_reads_how_it_behaves() -> None:
    head = "Title: T\nGrade by: BEST\n\ntries : 3\nPenalty: 10%\n\n"
    found = parse_checkpoint(f"{head}### Q\nAnswer: a\nHint: one | two \\| three")
    assert found.title == "T"
    assert found.settings == QuizSettings(tries=3, penalty=10, grade_by="best")
    assert found.questions[0].hints == ("one", "two | three")
    assert parse_checkpoint(ALL_KINDS).settings == QuizSettings()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("soft", "soft"),
        ("HARD", "hard"),
        ("none", ""),
        ("hard, 60%", "hard, 60 %"),
        ("hard ,60 % , 5 tries", "hard, 60 %, 5 tries"),
        ("hard, 60 %, 1 try", "hard, 60 %, 1 try"),
        ("hard, 60 %, 3 tries", "hard, 60 %"),
    ],
)
def test_reads_its_gate(written: str, kept: str) -> None:
    found = parse_checkpoint(f"Title: T\nGate: {written}\n\n### Q\nAnswer: a")
    assert found.settings.gate == kept
    assert (f"Gate: {kept}\n" in format_checkpoint(found)) == bool(kept)


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


@settings(deadline=None)
@given(st.lists(checkpoints, min_size=1, max_size=3))
def test_checkpoints_come_back_from_a_whole_guide(written: list[CheckpointSpec]) -> None:
    """Read from a file and written to one again, nothing of any type of question is lost."""
    bodies = [format_checkpoint(one) for one in written]
    items = tuple(ParsedItem("checkpoint", Anchor(1, ""), body, "", 0) for body in bodies)
    guide = ParsedGuide("“A”: its #1 'guide'", essay="", authors=(), by="", items=items)
    for _again in range(2):
        guide = parse_guide(format_guide(guide))
        found = [parse_checkpoint(item.body, item.body_line) for item in guide.items]
        assert [plain(one) for one in found] == written


def test_every_type_comes_back_from_a_whole_guide() -> None:
    body = next(one.body for one in parse_guide(ALL_TYPES).items if one.kind == "checkpoint")
    spec = parse_checkpoint(body)
    assert {one.kind for one in spec.questions} == {str(one.kind) for one in TYPES}
    assert plain(parse_checkpoint(format_checkpoint(spec))) == plain(spec)


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
        "Tries: 3\n",
        "grade  by : Best\n",
        "Penalty: 10\n",
        "Draw: 1\n",
        "Time: 20 Minutes\n",
        "Time: 5\n",
        "Review: right  or wrong\n",
        "Hint: h | i\n",
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


IN_A_TITLE = 'See [a](https://x.org "so [[(x) <https://y.org/hx-get=z> ( ) c]] it") and [[d]].'


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "[[a]]",
                "[",
                "](https://x.org",
                ' "',
                '")',
                ">",
                "<",
                "`",
                "**",
                "word ",
                "<https://y/",
            ]
        ),
        min_size=1,
        max_size=12,
    ).map("".join)
)
@example(IN_A_TITLE)
def test_a_gap_is_a_piece_of_the_text(sentence: str) -> None:
    """Whatever stands around it, also in what was taken in before this was looked at: a page that
    puts something into the gap puts it between elements, and into none."""
    before, after = pieces_of(sentence)
    page = "".join(f"{piece}<input>" for piece in before) + after
    inputs = html.fromstring(f"<div>{page}</div>").iter("input")
    assert len(list(inputs)) == len(gaps_in(sentence))
    names = {name for one in html.fromstring(f"<div>{page}</div>").iter() for name in one.attrib}
    assert names <= {"href", "title", "rel", "dir"}
