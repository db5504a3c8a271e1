"""What stands before the first question of a checkpoint: its title, and how it behaves.

Each setting is a line of its own, like “Tries: 3”; one that is not there is as it is without it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from quizzes.formats.gate_field import gate_words
from quizzes.models import USUAL_SETTINGS, GradeBy, QuizSettings, Review
from readings.guides import MAX_TITLE, Problem

MAX_TRIES = 20  # more is as often as one likes

MAX_QUESTIONS = 50  # of one checkpoint; more is an examination, and the sum of points has a column

MAX_MINUTES = 600  # a working day

_LINE = re.compile(r"(?P<name>[A-Za-z]+(?: +[A-Za-z]+)*) *:(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class HeadField:
    """One line of the head: the column of `QuizSettings` that it is about, how its value is read
    and written, and what is said where the value is none."""

    column: str
    read: Callable[[str], Any]  # raises ValueError
    write: Callable[[Any], str]
    refusal: Callable[[], str]


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = int(value) if re.fullmatch("[0-9]{1,4}", value) else 0
        if not least <= number <= most:
            raise ValueError
        return number

    return read


def _minutes(value: str) -> int:
    return _number(1, MAX_MINUTES)(re.sub(r" *(minutes?|min\.?)$", "", value.lower()))


def _percent(value: str) -> int:
    return _number(1, 100)(value.removesuffix("%").rstrip())


def _grade_by(value: str) -> str:
    return GradeBy(value.lower()).value


_REVIEWS = {
    "at once": Review.AT_ONCE,
    "right or wrong": Review.RIGHT_OR_WRONG,
    "after closing": Review.AFTER_CLOSING,
}


def _review(value: str) -> str:
    if value.lower() not in _REVIEWS:
        raise ValueError
    return _REVIEWS[value.lower()].value


def _yes(value: str) -> bool:
    if value.lower() not in {"yes", "no"}:
        raise ValueError
    return value.lower() == "yes"


def _review_words(value: str) -> str:
    return next(words for words, review in _REVIEWS.items() if review == value)


# As the file writes them, in every language.
HEAD_FIELDS = {
    "tries": HeadField(
        "tries",
        _number(1, MAX_TRIES),
        str,
        lambda: (
            _("tries are a whole number from 1 to %(most)d. Without this line they are unlimited.")
            % {"most": MAX_TRIES}
        ),
    ),
    "penalty": HeadField(
        "penalty",
        _percent,
        lambda value: f"{value} %",
        lambda: _("a penalty is what each further try costs, like “Penalty: 10 %”."),
    ),
    "grade by": HeadField(
        "grade_by",
        _grade_by,
        str,
        lambda: _("write “Grade by: first”, “best”, “last” or “mean”."),
    ),
    "review": HeadField(
        "review",
        _review,
        _review_words,
        lambda: _("write “Review: at once”, “right or wrong” or “after closing”."),
    ),
    "time": HeadField(
        "minutes",
        _minutes,
        lambda value: f"{value} min",
        lambda: (
            _("a time limit is 1 to %(most)d minutes, like “Time: 20 min”.") % {"most": MAX_MINUTES}
        ),
    ),
    "confidence": HeadField(
        "asks_confidence",
        _yes,
        lambda value: "yes" if value else "no",
        lambda: _("write “Confidence: yes” or “Confidence: no”."),
    ),
    "draw": HeadField(
        "drawn",
        _number(1, MAX_QUESTIONS),
        str,
        lambda: _("“Draw: 3” lets each try ask three of the questions: a number from 1."),
    ),
    "gate": HeadField(
        "gate",
        gate_words,
        str,
        lambda: _(
            "write “Gate: soft” or “Gate: hard”; or, where handing in is not enough, which share of"
            " the points opens it, and how many tries without: “Gate: hard, 60 %, 3 tries”."
        ),
    ),
}


@dataclass(slots=True)
class CheckpointHead:
    """The head of a checkpoint, while its lines are read."""

    first_line: int
    problems: list[Problem]
    title: str = ""
    settings: QuizSettings = USUAL_SETTINGS

    def read(self, lines: Sequence[str]) -> None:
        seen: dict[str, int] = {}
        for number, line in enumerate(lines, start=self.first_line):
            found = _LINE.fullmatch(line.strip())
            name = " ".join(found["name"].lower().split()) if found else ""
            if found and name in {"title", *HEAD_FIELDS}:
                if name in seen:
                    message = _("this checkpoint has two lines “%(name)s:”.")
                    self._refuse(number, message % {"name": name.capitalize()})
                seen.setdefault(name, number)
                self._set(name, " ".join(found["value"].split()), number)
            elif line.strip():
                message = _(
                    "before the first question only “Title: …” may stand, and how the checkpoint"
                    " behaves: %(fields)s. Questions begin “### ”."
                )
                fields = ", ".join(one.capitalize() for one in HEAD_FIELDS)
                self._refuse(number, message % {"fields": fields})
        self._check(seen)

    def _refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(line, message))

    def _set(self, name: str, value: str, number: int) -> None:
        if name == "title":
            self.title = value
            if not value or len(value) > MAX_TITLE:
                message = _("the title needs 1 to %(most)d letters.") % {"most": MAX_TITLE}
                self._refuse(number, message)
            return
        field = HEAD_FIELDS[name]
        try:
            self.settings = replace(self.settings, **{field.column: field.read(value)})
        except ValueError:
            self._refuse(number, field.refusal())

    def _check(self, lines: dict[str, int]) -> None:
        """Refuse what says nothing, or contradicts itself."""
        settings = self.settings
        if settings.penalty and settings.grade_by == GradeBy.FIRST:
            message = _(
                "where the first try counts, no further one costs anything: write “Grade by: best”"
                " above it, “last” or “mean”, or leave the penalty out."
            )
            self._refuse(lines["penalty"], message)
        if "%" in settings.gate and settings.review == Review.AFTER_CLOSING:
            message = _(
                "a gate that opens with a share of the points tells what came of the answers, and"
                " “Review: after closing” keeps it: leave the share out."
            )
            self._refuse(lines["gate"], message)


def read_head(
    lines: Sequence[str], first_line: int, problems: list[Problem]
) -> tuple[str, QuizSettings]:
    """Return title and settings; what is wrong with these lines is added to `problems`."""
    head = CheckpointHead(first_line, problems)
    head.read(lines)
    return head.title or _("Check your reading"), head.settings


def write_head(title: str, settings: QuizSettings) -> list[str]:
    """Return the lines from which `read_head` reads the same."""
    lines = [f"Title: {title}"]
    for name, field in HEAD_FIELDS.items():
        value = getattr(settings, field.column)
        if value != getattr(USUAL_SETTINGS, field.column):
            lines.append(f"{name.capitalize()}: {field.write(value)}")
    return lines
