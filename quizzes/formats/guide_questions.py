"""The questions of a checkpoint as a guide file writes them: our own Markdown form.

Pure functions on strings. A checkpoint is `Title: …` and then, for each question,
`### the question`, its choices or `Answer:`, and the fields Feedback, See, Points
and Case. Errors carry the line of the file.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, replace
from itertools import pairwise
from typing import NoReturn

from quizzes.models import QuestionKind
from readings.guides import (
    FENCE,
    MAX_TITLE,
    Anchor,
    GuideRefused,
    Problem,
    fenced,
    parse_anchor,
    split_lines,
)

DEFAULT_TITLE = "Check your reading"
MAX_POINTS = 100
MAX_QUESTIONS = 50  # of one checkpoint; more is an examination, and the sum of points has a column
FIELDS = ("answer", "feedback", "see", "points", "case")
KNOWN_FIELDS = "Answer, Feedback, See, Points, Case"
KINDS = {"(": QuestionKind.ONE_CHOICE, "[": QuestionKind.SEVERAL}

_CHOICE = re.compile(r"- (?P<box>[(\[])(?P<mark>[ xX]?)[)\]](?:\s+(?P<text>.*))?")
_FIELD = re.compile(rf"(?P<name>{'|'.join(FIELDS)}) *:(?P<value>.*)", re.IGNORECASE)
_TITLE = re.compile(r"title *:(?P<value>.*)", re.IGNORECASE)
_QUOTED = re.compile(r"\s+>\s?(?P<text>.*)")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """One choice: its text and feedback as Markdown."""

    text: str
    is_correct: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """One question as written; Markdown in `text` (one line), `detail` and the feedbacks."""

    kind: str
    text: str
    detail: str = ""
    choices: tuple[ChoiceSpec, ...] = ()
    accepted: tuple[str, ...] = ()
    case_matters: bool = False
    feedback: str = ""
    see: Anchor | None = None
    points: int = 1
    line: int = 0
    see_line: int = 0


@dataclass(frozen=True, slots=True)
class CheckpointSpec:
    """All of one checkpoint."""

    title: str
    questions: tuple[QuestionSpec, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same questions, wherever in the file and text they stand.

        A checkpoint that comes back with the same fingerprint is the same quiz and
        keeps its attempts; its title and the places it points to may have changed.
        """
        bare = [astuple(replace(one, line=0, see_line=0, see=None)) for one in self.questions]
        return hashlib.sha256(json.dumps(bare).encode()).hexdigest()


# --- Reading -------------------------------------------------------------------------------------
def parse_checkpoint(body: str, first_line: int = 1) -> CheckpointSpec:
    """Read a checkpoint whose body begins at `first_line` of its file; raise GuideRefused."""
    lines = split_lines(body)
    unclosed: list[Problem] = []
    inside = fenced(lines, 0, unclosed)
    problems = [Problem(one.line + first_line - 1, one.message) for one in unclosed]
    starts = [i for i, line in enumerate(lines) if line.startswith("### ") and i not in inside]
    title = _parse_title(lines[: starts[0] if starts else len(lines)], first_line, problems)
    questions = []
    for start, end in pairwise([*starts, len(lines)]):
        try:
            draft = _Draft(lines[start][4:].strip(), first_line + start)
            for i in range(start + 1, end):
                draft.read(lines[i], first_line + i, is_code=i in inside)
            questions.append(draft.finish())
        except GuideRefused as refused:
            problems += refused.problems
    if not starts:
        message = "this checkpoint has no question. Begin each with “### ” and its words."
        problems.append(Problem(first_line, message))
    if len(starts) > MAX_QUESTIONS:
        message = f"a checkpoint has at most {MAX_QUESTIONS} questions. Make two of it."
        problems.append(Problem(first_line, message))
    if problems:
        raise GuideRefused(problems)
    return CheckpointSpec(title, tuple(questions))


def _parse_title(lines: Sequence[str], first_line: int, problems: list[Problem]) -> str:
    title = ""
    for i, line in enumerate(lines, start=first_line):
        found = _TITLE.fullmatch(line.strip())
        if found and not title:
            title = " ".join(found["value"].split())
            if not title or len(title) > MAX_TITLE:
                problems.append(Problem(i, f"the title needs 1 to {MAX_TITLE} letters."))
        elif line.strip():
            message = "before the first question only “Title: …” may stand. Questions begin “### ”."
            problems.append(Problem(i, message))
    return title or DEFAULT_TITLE


@dataclass(slots=True)
class _Draft:
    """A question while its lines are read."""

    text: str
    line: int
    detail: list[str] = field(default_factory=list)
    box: str = ""
    choices: list[tuple[str, bool, list[str]]] = field(default_factory=list)
    fields: dict[str, tuple[list[str], int]] = field(default_factory=dict)
    at: str = "detail"  # what a line without a mark of its own continues: detail, choice, feedback

    def read(self, line: str, number: int, *, is_code: bool) -> None:
        choice = None if is_code else _CHOICE.fullmatch(line.rstrip())
        named = None if is_code else _FIELD.fullmatch(line.rstrip())
        if choice:
            self._add_choice(choice, number)
        elif named:
            self._add_field(named["name"].lower(), named["value"].strip(), number)
        elif self.at == "detail":
            self.detail.append(line)
        elif self.at == "feedback":
            self.fields["feedback"][0].append(line)
        elif line.strip():
            self._continue_choice(line, number)

    def _add_choice(self, found: re.Match[str], number: int) -> None:
        if self.fields:
            _refuse(number, "put the choices above Answer, Feedback, See and the other fields.")
        if self.box not in {"", found["box"]}:
            _refuse(number, "a question has ( ) for one right choice or [ ] for several, not both.")
        text = (found["text"] or "").strip()
        if not text:
            _refuse(number, "this choice has no words.")
        self.box = found["box"]
        self.choices.append((text, found["mark"] in {"x", "X"}, []))
        self.at = "choice"

    def _add_field(self, name: str, value: str, number: int) -> None:
        if name in self.fields:
            _refuse(number, f"this question has two lines “{name.capitalize()}:”.")
        if FENCE.fullmatch(value):
            _refuse(number, f"begin the code block on the line below “{name.capitalize()}:”.")
        self.fields[name] = ([value], number)
        self.at = "feedback" if name == "feedback" else "field"

    def _continue_choice(self, line: str, number: int) -> None:
        quoted = _QUOTED.fullmatch(line)
        if self.at == "choice" and quoted:
            self.choices[-1][2].append(quoted["text"].rstrip())
        elif self.at == "choice" and line[0].isspace() and not self.choices[-1][2]:
            text, is_correct, feedback = self.choices[-1]
            self.choices[-1] = (f"{text} {line.strip()}", is_correct, feedback)
        else:
            _refuse(
                number,
                "this line belongs to nothing. Choices begin “- ( )”, what is said about one"
                f" “  > ” below it, fields with one of {KNOWN_FIELDS}.",
            )

    def finish(self) -> QuestionSpec:
        """Return the question; raise GuideRefused where it cannot be asked or marked."""
        if not self.text:
            _refuse(self.line, "this question has no words.")
        kind, accepted = self._kind()
        see, see_line = self._value("see")
        case = self._value("case")
        if case[0] and (kind != QuestionKind.SHORT_ANSWER or case[0].lower() != "matters"):
            _refuse(case[1], "only a short answer may say “Case: matters”.")
        return QuestionSpec(
            kind=kind,
            text=self.text,
            detail=_trimmed(self.detail),
            choices=tuple(
                ChoiceSpec(text, is_correct, _trimmed(feedback))
                for text, is_correct, feedback in self.choices
            ),
            accepted=accepted,
            case_matters=bool(case[0]),
            feedback=_trimmed(self.fields["feedback"][0]) if "feedback" in self.fields else "",
            see=parse_anchor(see, see_line) if "see" in self.fields else None,
            points=self._points(),
            line=self.line,
            see_line=see_line,
        )

    def _value(self, name: str) -> tuple[str, int]:
        values, number = self.fields.get(name, ([""], self.line))
        return values[0], number

    def _points(self) -> int:
        written, number = self._value("points")
        if "points" not in self.fields:
            return 1
        if not re.fullmatch("[0-9]{1,3}", written) or not 1 <= int(written) <= MAX_POINTS:
            _refuse(number, f"points are a whole number from 1 to {MAX_POINTS}.")
        return int(written)

    def _kind(self) -> tuple[str, tuple[str, ...]]:
        if self.choices and "answer" in self.fields:
            _refuse(self.fields["answer"][1], "a question has choices or “Answer:”, not both.")
        if self.choices:
            self._check_choices()
            return KINDS[self.box].value, ()
        written, number = self._value("answer")
        forms = [" ".join(form.replace("\\|", "|").split()) for form in _BAR.split(written)]
        accepted = tuple(dict.fromkeys(form for form in forms if form))
        if not accepted:
            _refuse(number, "this question has no choices and no “Answer:”. Give it one of them.")
        if len(accepted) == 1 and accepted[0].lower() in {"true", "false"}:
            return QuestionKind.TRUE_FALSE.value, (accepted[0].lower(),)
        return QuestionKind.SHORT_ANSWER.value, accepted

    def _check_choices(self) -> None:
        right = sum(is_correct for _, is_correct, _ in self.choices)
        if len(self.choices) < 2:
            _refuse(self.line, "a choice needs at least two possibilities.")
        if len({text for text, _, _ in self.choices}) < len(self.choices):
            _refuse(self.line, "two choices of this question have the same words.")
        if self.box == "(" and right != 1:
            _refuse(self.line, "mark exactly one choice as right: “- (x)”.")
        if not right:
            _refuse(self.line, "mark at least one choice as right: “- [x]”.")


def _refuse(line: int, message: str) -> NoReturn:
    raise GuideRefused([Problem(line, message)])


def _trimmed(lines: Iterable[str]) -> str:
    """Join lines without the blank ones at either end and without white space at their ends."""
    return "\n".join(line.rstrip() for line in lines).strip("\n")


# --- Writing -------------------------------------------------------------------------------------
def format_checkpoint(checkpoint: CheckpointSpec) -> str:
    """Write a checkpoint's body so that it reads back the same."""
    parts = [f"Title: {checkpoint.title}"]
    parts += [_format_question(question) for question in checkpoint.questions]
    return "\n\n".join(parts)


def _format_question(question: QuestionSpec) -> str:
    lines = [f"### {question.text}", ""]
    if question.detail:
        lines += [question.detail, ""]
    opening, closing = "[]" if question.kind == QuestionKind.SEVERAL else "()"
    for choice in question.choices:
        lines.append(f"- {opening}{'x' if choice.is_correct else ' '}{closing} {choice.text}")
        lines += [f"  > {line}".rstrip() for line in choice.feedback.split("\n") if choice.feedback]
    if question.choices:
        lines.append("")
    if question.accepted:
        forms = [form.replace("|", "\\|") for form in question.accepted]
        lines.append(f"Answer: {' | '.join(forms)}")
    if question.case_matters:
        lines.append("Case: matters")
    if question.points != 1:
        lines.append(f"Points: {question.points}")
    if question.see:
        lines.append(f"See: {question.see}")
    if question.feedback:
        gap = "\n" if FENCE.fullmatch(question.feedback.split("\n")[0]) else " "
        lines.append(f"Feedback:{gap}{question.feedback}")
    return "\n".join(lines)
