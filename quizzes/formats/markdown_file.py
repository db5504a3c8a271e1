"""Checkpoints as a Markdown file of their own: a guide that has nothing else."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from quizzes.formats.exchange import Collected, QuestionSet, ReadFile, ReadQuestion
from quizzes.formats.guide_questions import CheckpointSpec, format_checkpoint, parse_checkpoint
from quizzes.formats.holdings import Holdings
from quizzes.models import QuestionKind
from quizzes.questions import QuestionSpec
from readings.guides import (
    Anchor,
    GuideRefused,
    ParsedGuide,
    ParsedItem,
    Problem,
    check_item,
    format_guide,
    parse_guide,
)
from readings.models import GuideItemKind

CHECKPOINT = GuideItemKind.CHECKPOINT.value
HOLDS = Holdings(
    kinds=frozenset(QuestionKind.values),
    told_of_choices=frozenset(QuestionKind.values),
    places=True,
    exact_numbers=True,
    hints=True,
    rubric=True,
    behaviour=True,
)


def write_markdown(checkpoints: Sequence[CheckpointSpec]) -> str:
    bodies = map(format_checkpoint, checkpoints)
    return as_guide([ParsedItem(CHECKPOINT, Anchor(1, ""), body, "", 0) for body in bodies])


def as_guide(items: Sequence[ParsedItem]) -> str:
    """Write checkpoints as a guide that fits any essay."""
    return format_guide(ParsedGuide(_("Questions"), "", (), "", tuple(items)))


def read_markdown_file(text: str, title: str) -> ReadFile:
    """Read the checkpoints of a guide, or the questions of one; raise GuideRefused."""
    found, problems = Collected(title), list[Problem]()
    if text.startswith("---"):
        bodies = [
            (one.body, one.body_line) for one in parse_guide(text).items if one.kind == CHECKPOINT
        ]
    else:
        bodies = [(text, 1)]
    for body, line in bodies:
        try:
            checkpoint = parse_checkpoint(body, line)
        except GuideRefused as refused:
            problems += refused.problems
            continue
        found.title = checkpoint.title if body.lstrip().lower().startswith("title") else title
        found.settings[found.title] = checkpoint.settings
        for question in checkpoint.questions:
            found.add(ReadQuestion(question, question.line))
    if problems:
        raise GuideRefused(problems)
    return found.read("Markdown")


def as_items(sets: Sequence[QuestionSet], paragraph: int = 1) -> list[ParsedItem]:
    """The checkpoints as items of a guide; raise GuideRefused where one cannot be."""
    bodies = [format_checkpoint(one.checkpoint) for one in sets]
    return [check_item(CHECKPOINT, str(Anchor(paragraph, "")), body) for body in bodies]


def as_checkpoint(title: str, questions: Sequence[QuestionSpec], paragraph: int = 1) -> ParsedItem:
    """These questions as one item of a guide; raise GuideRefused where they cannot be."""
    body = format_checkpoint(CheckpointSpec(title, tuple(questions)))
    return check_item(CHECKPOINT, str(Anchor(paragraph, "")), body)
