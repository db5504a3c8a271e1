"""Questions that are written and read again are the same, but for what the format cannot hold."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quizzes.formats.file_formats import FORMATS, read_questions
from quizzes.formats.guide_questions import CheckpointSpec, parse_checkpoint
from quizzes.formats.holdings import reduce_all
from quizzes.models import QuestionKind
from readings.guides import parse_guide
from tests.quizzes.base import ALL_TYPES
from tests.quizzes.format_checks import shown_all, shown_file
from tests.quizzes.written_checkpoints import checkpoints, open_answer

LINES = st.sampled_from(
    [
        *("*a* b", "**b** &amp; c", "`c = {d}`", "[e](https://e.org/?f=1&g=2)", "~~h~~ <i>"),
        *("1. a", "\\- b", "x -> y", "a=b~c#d:e", "50%", "%50%", "[html] a", "//", "::", "[[a]]"),
        *("2*3", "½ “q”", "{1:SA:=a}", "]]>", "a \\\\ b", "T", "F", "$CATEGORY: x", "A. a", "*"),
    ]
)
PROSE = st.sampled_from(
    [
        *("", "One.\n\nTwo.", "- a\n- *b*\n  - c", "1. x\n2. y", "> said\n>\n> so", "a\\\nb"),
        *("```\n### {x}\n  y = ~z\n```", "**a**\n\n\\- b", "x < y & z"),
    ]
)


@st.composite
def rich_checkpoints(draw: st.DrawFn) -> CheckpointSpec:
    """Checkpoints whose words have signs in them that some format means something by."""
    found = draw(checkpoints)
    questions = []
    for spec in [*found.questions, draw(open_answer)]:
        texts = draw(st.lists(LINES, min_size=9, max_size=9, unique=True))
        choices = spec.choices
        if spec.kind in {"one_choice", "several", "order"}:
            both = zip(choices, texts, strict=False)
            choices = tuple(replace(one, text=text, feedback=draw(PROSE)) for one, text in both)
        accepted = spec.accepted
        if spec.kind == "short_answer":
            accepted = tuple(draw(st.lists(LINES, min_size=1, max_size=3, unique=True)))
        spec = replace(spec, text=texts[-1], detail=draw(PROSE), feedback=draw(PROSE))
        questions.append(replace(spec, choices=choices, accepted=accepted))
    return replace(found, questions=tuple(questions))


# In Moodle's XML the gaps of a question stand in its words, like this.
LIKE_A_GAP = parse_checkpoint(
    "Title: Gaps\n\n"
    "### {1:SA:=a}\n\n"
    "Gaps: It is {2:MC:=b} and [[right | not wrong]] there {1:SA:=c}\n"
)


@pytest.mark.parametrize("key", FORMATS)
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@example(checkpoint=LIKE_A_GAP)
@given(checkpoint=st.one_of(checkpoints, rich_checkpoints()))
def test_what_is_written_reads_back_the_same(key: str, checkpoint: CheckpointSpec) -> None:
    found = FORMATS[key]
    held = reduce_all([checkpoint], found.holdings)
    if not held.count:
        return
    read = read_questions(found.write(held.checkpoints), f"{checkpoint.title}.{found.extension}")
    assert not read.refused
    assert read.format_name == found.name
    if found.name == "Aiken":  # it has no titles
        [(_title, wrote)], [(_file, got)] = shown_all(held.checkpoints), shown_file(read)
        assert got == wrote
    else:
        assert shown_file(read) == shown_all(held.checkpoints)
    assert not reduce_all(held.checkpoints, found.holdings).losses
    # What is not said to be lost is there.
    lost = {one.number for one in held.losses}
    kept = [one for i, one in enumerate(checkpoint.questions, start=1) if i not in lost]
    every = [each for _title, questions in shown_file(read) for each in questions]
    [(_title, questions)] = shown_all([replace(checkpoint, questions=tuple(kept))])
    assert [one for one in questions if one not in every] == []


@pytest.mark.parametrize("key", FORMATS)
def test_every_loss_of_the_whole_guide_is_listed(key: str) -> None:
    body = next(one.body for one in parse_guide(ALL_TYPES).items if one.kind == "checkpoint")
    checkpoint = parse_checkpoint(body)
    holdings = FORMATS[key].holdings
    held = reduce_all([checkpoint], holdings)
    whole = {one.number for one in held.losses if one.is_whole}
    kinds = {str(one.kind) for i, one in enumerate(checkpoint.questions, 1) if i in whole}
    assert set(QuestionKind.values) - set(map(str, holdings.kinds)) <= kinds
    assert held.count == len(checkpoint.questions) - len(whole)
