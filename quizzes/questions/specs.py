"""Questions as plain data: what the formats read and write, and the rows are made of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from quizzes.models import Question
from readings.guides import Anchor, GuideRefused, Problem

_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """One choice: its text and feedback as Markdown.

    `answer` is what stands with it: the other side of a pair, its place in an order. `slot` says
    in which list it is, where a question has several: see `quizzes.models.Choice`.
    """

    text: str
    is_correct: bool
    feedback: str = ""
    slot: int = 0
    answer: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """One question as written; Markdown in `text` (one line), `detail` and the feedbacks.

    `accepted` and `settings` are those of the question's type: see its module.
    """

    kind: str
    text: str
    detail: str = ""
    choices: tuple[ChoiceSpec, ...] = ()
    accepted: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    feedback: str = ""
    hints: tuple[str, ...] = ()  # after the first wrong try, the second, …; one line each
    places: tuple[Anchor, ...] = ()  # where in the text what is right stands
    see: Anchor | None = None
    points: int = 1
    line: int = 0
    see_line: int = 0

    @property
    def content(self) -> "QuestionSpec":
        """What is asked and how it is marked, wherever in file and text it stands."""
        return replace(self, places=(), see=None, line=0, see_line=0)

    @classmethod
    def of(cls, question: Question) -> "QuestionSpec":
        """The content of a question that is kept; its choices are prefetched."""
        return cls(
            kind=question.kind,
            text=question.text,
            detail=question.detail,
            choices=tuple(
                ChoiceSpec(
                    choice.text, choice.is_correct, choice.feedback, choice.slot, choice.answer
                )
                for choice in question.offered
            ),
            accepted=tuple(question.accepted),
            settings=question.settings,
            feedback=question.feedback,
            hints=tuple(question.hints),
            points=question.points,
        )


@dataclass(frozen=True, slots=True)
class Key:
    """What is right, and between what one chooses: the part of a question that its type reads."""

    choices: tuple[ChoiceSpec, ...] = ()
    accepted: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    places: tuple[Anchor, ...] = ()


@dataclass(slots=True)
class WrittenQuestion:
    """A question as its lines stand in a guide, before its type is known.

    `box` tells its choices' kind: the bracket `(` or `[`, `#` where a place in an order stands
    in it, `>` where an arrow makes two sides of them; empty where it has none.
    `fields` has name → (value, line of the file).
    """

    line: int
    box: str
    choices: tuple[ChoiceSpec, ...]
    fields: Mapping[str, tuple[str, int]]

    def field(self, name: str) -> tuple[str, int]:
        """Return a field's value and line; empty, and the question's own line, without it."""
        return self.fields.get(name, ("", self.line))

    @property
    def accepted(self) -> tuple[str, ...]:
        """What stands between the bars of “Answer:”."""
        return self.forms("answer")

    def forms(self, name: str) -> tuple[str, ...]:
        """What stands between the bars of a field, without what is empty or said twice."""
        return forms_in(self.field(name)[0])


def forms_in(value: str) -> tuple[str, ...]:
    """What stands between the bars, without what is empty or said twice."""
    forms = [" ".join(form.replace("\\|", "|").split()) for form in _BAR.split(value)]
    return tuple(dict.fromkeys(form for form in forms if form))


def in_bars(forms: Iterable[str]) -> str:
    """Write forms so that `forms_in` reads them."""
    return " | ".join(form.replace("|", "\\|") for form in forms)


def write_feedback(choice: ChoiceSpec) -> list[str]:
    """The lines below a choice that say what is told of it."""
    return [f"  > {line}".rstrip() for line in choice.feedback.split("\n") if choice.feedback]


def refuse(line: int, message: str) -> NoReturn:
    raise GuideRefused([Problem(line, message)])
