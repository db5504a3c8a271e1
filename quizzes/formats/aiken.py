"""Questions in Aiken, the plainest of formats: one choice, in plain words, each on one line.

https://docs.moodle.org/en/Aiken_format: the question, its choices with the letters A to Z, and
`ANSWER: B`.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from string import ascii_uppercase

from django.utils.translation import gettext as _

from quizzes.formats.exchange import Collected, QuestionWords, ReadFile, question_of
from quizzes.formats.guide_questions import CheckpointSpec
from quizzes.formats.holdings import Holdings
from quizzes.formats.rich_text import read_plain, words_of
from quizzes.models import QuestionKind
from quizzes.questions import ChoiceSpec, QuestionSpec, refuse
from readings.guides import GuideRefused, Problem, split_lines

_CHOICE = re.compile(r"(?P<letter>[A-Z])[).]\s+(?P<text>.*\S.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*(?P<letter>.*)")


def why_not(spec: QuestionSpec) -> str:
    if len(spec.choices) > len(ascii_uppercase):
        return _("it has more choices than there are letters")
    words = words_of(spec.text)
    if _CHOICE.fullmatch(words) or _ANSWER.fullmatch(words):
        return _("its words read like a choice or an answer")
    return ""


HOLDS = Holdings(
    kinds=frozenset({QuestionKind.ONE_CHOICE, QuestionKind.TRUE_FALSE}),
    feedback=False,
    points=False,
    shuffle=False,
    case=False,
    units=False,
    limits=False,
    markup=False,
    paragraphs=False,
    truth=False,
    why_not=why_not,
)


def write_aiken(checkpoints: Sequence[CheckpointSpec]) -> str:
    """Write what `reduced` has left of them."""
    return "\n\n".join(_written(one) for each in checkpoints for one in each.questions) + "\n"


def _written(question: QuestionSpec) -> str:
    lines = [_one_line(question.text)]
    for letter, one in zip(ascii_uppercase, question.choices, strict=False):
        lines.append(f"{letter}. {_one_line(one.text)}")
    right = next(i for i, one in enumerate(question.choices) if one.is_correct)
    return "\n".join([*lines, f"ANSWER: {ascii_uppercase[right]}"])


def _one_line(markdown: str) -> str:
    return " ".join(words_of(markdown).split())


def read_aiken(text: str, title: str) -> ReadFile:
    """Read a file; raise GuideRefused where it is no Aiken, with the line of each problem."""
    found, problems = Collected(title), list[Problem]()
    question = _AikenQuestion(1)
    for number, raw in enumerate(split_lines(text), start=1):
        line = raw.strip()
        if not line:
            continue
        try:
            if question.take(line, number):
                _add(found, question)
                question = _AikenQuestion(number + 1)
        except GuideRefused as refused:
            problems += refused.problems
            question = _AikenQuestion(number + 1)
    if question.words or question.choices:
        problems.append(Problem(question.line, _("this question has no line “ANSWER: …”.")))
    if problems:
        raise GuideRefused(problems)
    return found.read("Aiken")


def _add(found: Collected, question: "_AikenQuestion") -> None:
    try:
        asked = QuestionWords(question.line, read_plain(" ".join(question.words)))
        choices = [
            ChoiceSpec(read_plain(one).line, letter == question.answer)
            for letter, one in zip_longest(
                ascii_uppercase[: len(question.choices)], question.choices
            )
        ]
        found.add(question_of(asked, QuestionKind.ONE_CHOICE, choices=choices))
    except GuideRefused as refused:
        found.refused += refused.problems


class _AikenQuestion:
    """A question while its lines are read."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.words: list[str] = []
        self.choices: list[str] = []
        self.answer = ""

    def take(self, line: str, number: int) -> bool:
        """Take one line, and say whether the question is whole; raise GuideRefused."""
        choice, answer = _CHOICE.fullmatch(line), _ANSWER.fullmatch(line)
        if answer:
            return self._close(answer["letter"].strip(), number)
        if choice and self.words:
            wanted = ascii_uppercase[len(self.choices)] if len(self.choices) < 26 else ""
            if choice["letter"] != wanted:
                message = _("the choices go from A on without a gap: here “%(letter)s” is due.")
                refuse(number, message % {"letter": wanted or "ANSWER"})
            self.choices.append(choice["text"])
            return False
        if self.choices:
            message = _("a choice, like “B. …”, or “ANSWER: A” is due here.")
            refuse(number, message)
        if not self.words:
            self.line = number
        self.words.append(line)
        return False

    def _close(self, letter: str, number: int) -> bool:
        if not self.words:
            refuse(number, _("this answer has no question above it."))
        letters = ascii_uppercase[: len(self.choices)]
        if len(letter) != 1 or letter not in letters:
            message = _("the answer is one of the letters %(letters)s.")
            refuse(number, message % {"letters": ", ".join(letters) or "A, B"})
        self.answer = letter
        return True
