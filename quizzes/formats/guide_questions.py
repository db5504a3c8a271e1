"""The questions of a checkpoint as a guide file writes them: our own Markdown form.

Pure functions on strings. A checkpoint is `Title: …`, how it behaves (quizzes.formats.
checkpoint_head) and then, for each question, `### the question`, its choices (`- ( )`, `- [ ]`,
`- (1)`, `- one -> other`) or `Answer:` or another field of its type, and the fields Feedback,
Hint, See and Points. Errors carry the line of the file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from documents.plain_markdown import shows_words
from quizzes.formats.checkpoint_head import MAX_QUESTIONS, read_head, write_head
from quizzes.models import USUAL_SETTINGS, QuizSettings
from quizzes.questions import (
    TYPES,
    ChoiceSpec,
    Key,
    QuestionSpec,
    QuestionType,
    WrittenQuestion,
    in_bars,
    refuse,
    type_of,
)
from readings.guides import (
    FENCE,
    GuideRefused,
    Problem,
    fenced,
    parse_anchor,
    render_line,
    split_lines,
)

MAX_POINTS = 100
# A field that only some types have → what is said where it stands in another's question.
OWN_FIELDS = {name: message for one in TYPES for name, message in one.own_fields.items()}
FIELDS = ("answer", "feedback", "hint", "see", "points", *OWN_FIELDS)
REPEATED = {"rubric"}  # fields that may have several lines

_CHOICE = re.compile(r"- (?P<box>[(\[])(?P<mark>[ xX]?|[0-9]{1,3})[)\]](?:\s+(?P<text>.*))?")
# One side may be empty: what goes with none, or a mistake to be told.
_PAIR = re.compile(r"- (?P<text>.*?)(?<!\\)(?:->|→)(?:\s+(?P<answer>.*))?")
_ESCAPED_ARROW = re.compile(r"\\(->|→)")
_FIELD = re.compile(rf"(?P<name>{'|'.join(FIELDS)}) *:(?P<value>.*)", re.IGNORECASE)
_QUOTED = re.compile(r"\s+>\s?(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class CheckpointSpec:
    """All of one checkpoint."""

    title: str
    questions: tuple[QuestionSpec, ...]
    settings: QuizSettings = USUAL_SETTINGS

    @property
    def content(self) -> tuple[QuestionSpec, ...]:
        """Its questions without their places: two checkpoints of the same content are alike."""
        return tuple(question.content for question in self.questions)


# --- Reading -------------------------------------------------------------------------------------
def parse_checkpoint(body: str, first_line: int = 1) -> CheckpointSpec:
    """Read a checkpoint whose body begins at `first_line` of its file; raise GuideRefused."""
    lines = split_lines(body)
    unclosed: list[Problem] = []
    inside = fenced(lines, 0, unclosed)
    problems = [Problem(one.line + first_line - 1, one.message) for one in unclosed]
    starts = [i for i, line in enumerate(lines) if line.startswith("### ") and i not in inside]
    head = lines[: starts[0] if starts else len(lines)]
    title, settings = read_head(head, first_line, problems)
    questions = []
    for start, end in pairwise([*starts, len(lines)]):
        try:
            reader = _QuestionReader(lines[start][4:].strip(), first_line + start)
            for i in range(start + 1, end):
                reader.read(lines[i], first_line + i, is_code=i in inside)
            questions.append(reader.question())
        except GuideRefused as refused:
            problems += refused.problems
    if not starts:
        message = _("this checkpoint has no question. Begin each with “### ” and its words.")
        problems.append(Problem(first_line, message))
    if len(starts) > MAX_QUESTIONS:
        message = _("a checkpoint has at most %(most)d questions. Make two of it.")
        message %= {"most": MAX_QUESTIONS}
        problems.append(Problem(first_line, message))
    if settings.drawn > len(starts):
        message = _("this checkpoint has fewer questions than “Draw:” says.")
        problems.append(Problem(first_line, message))
    if problems:
        raise GuideRefused(problems)
    return CheckpointSpec(title, tuple(questions), settings)


@dataclass(slots=True)
class _Choice:
    """A choice while its lines are read."""

    text: str
    is_correct: bool
    feedback: list[str] = field(default_factory=list)
    answer: str = ""


@dataclass(slots=True)
class _QuestionReader:
    """A question while its lines are read."""

    text: str
    line: int
    detail: list[str] = field(default_factory=list)
    box: str = ""
    choices: list["_Choice"] = field(default_factory=list)
    fields: dict[str, tuple[list[str], int]] = field(default_factory=dict)
    at: str = "detail"  # what a line without a mark of its own continues: detail, choice, feedback

    def read(self, line: str, number: int, *, is_code: bool) -> None:
        choice = None if is_code else _CHOICE.fullmatch(line.rstrip())
        pair = None if is_code or choice else _PAIR.fullmatch(line.rstrip())
        named = None if is_code else _FIELD.fullmatch(line.rstrip())
        if choice:
            self._add_choice(choice, number)
        elif pair and self.at != "feedback":
            self._add_pair(pair, number)
        elif named:
            self._add_field(named["name"].lower(), named["value"].strip(), number)
        elif self.at == "detail":
            self.detail.append(line)
        elif self.at == "feedback":
            self.fields["feedback"][0].append(line)
        elif line.strip():
            self._continue_choice(line, number)

    def _add_choice(self, found: re.Match[str], number: int) -> None:
        mark = found["mark"]
        place = mark if mark.isdecimal() else ""
        if place and found["box"] == "[":
            refuse(number, _("a place in an order stands in round brackets: “- (1)”."))
        text = (found["text"] or "").strip()
        if not shows_words(render_line(text)):
            refuse(number, _("this choice has no words."))
        self._begin("#" if place else found["box"], number)
        self.choices.append(_Choice(text, mark in {"x", "X"}, answer=place))

    def _add_pair(self, found: re.Match[str], number: int) -> None:
        text = _ESCAPED_ARROW.sub(r"\1", found["text"].strip())
        answer = (found["answer"] or "").strip()
        if not shows_words(render_line(answer)):
            refuse(number, _("what goes with it is missing behind the arrow."))
        if text and not shows_words(render_line(text)):
            refuse(number, _("this choice has no words."))
        self._begin(">", number)
        self.choices.append(_Choice(text, is_correct=True, answer=answer))

    def _begin(self, box: str, number: int) -> None:
        """Take another choice of this kind."""
        if self.fields:
            refuse(number, _("put the choices above Answer, Feedback, See and the other fields."))
        if {self.box, box} == {"(", "["}:
            refuse(
                number,
                _("a question has ( ) for one right choice or [ ] for several, not both."),
            )
        if self.box not in {"", box}:
            refuse(number, _("the choices of one question are of one kind: ( ), [ ], (1) or ->."))
        self.box, self.at = box, "choice"

    def _add_field(self, name: str, value: str, number: int) -> None:
        shown = name.capitalize()
        if name in self.fields and name in REPEATED:
            self.fields[name][0].append(value)
            self.at = "field"
            return
        if name in self.fields:
            refuse(number, _("this question has two lines “%(name)s:”.") % {"name": shown})
        if FENCE.fullmatch(value):
            message = _("begin the code block on the line below “%(name)s:”.")
            refuse(number, message % {"name": shown})
        self.fields[name] = ([value], number)
        self.at = "feedback" if name == "feedback" else "field"

    def _continue_choice(self, line: str, number: int) -> None:
        quoted = _QUOTED.fullmatch(line)
        if self.at == "choice" and quoted:
            self.choices[-1].feedback.append(quoted["text"].rstrip())
        elif self.at == "choice" and line[0].isspace() and not self.choices[-1].feedback:
            last = self.choices[-1]
            if self.box == ">":
                last.answer += f" {line.strip()}"
            else:
                last.text += f" {line.strip()}"
        else:
            message = _(
                "this line belongs to nothing. Choices begin “- ( )”, what is said about one"
                " “  > ” below it, fields with one of %(fields)s."
            )
            refuse(number, message % {"fields": ", ".join(map(str.capitalize, FIELDS))})

    def question(self) -> QuestionSpec:
        """Return the question; raise GuideRefused where it cannot be asked or marked."""
        if not shows_words(render_line(self.text)):
            refuse(self.line, _("this question has no words."))
        written = WrittenQuestion(
            line=self.line,
            box=self.box,
            choices=tuple(
                ChoiceSpec(one.text, one.is_correct, _trimmed(one.feedback), answer=one.answer)
                for one in self.choices
            ),
            fields={
                name: ("\n".join(values) if name in REPEATED else values[0], at)
                for name, (values, at) in self.fields.items()
            },
        )
        question_type, key = _key(written)
        see, see_line = written.field("see")
        place = parse_anchor(see, see_line) if "see" in self.fields else None
        for name in set(OWN_FIELDS) & set(self.fields) - set(question_type.own_fields):
            refuse(written.field(name)[1], str(OWN_FIELDS[name]))
        return QuestionSpec(
            kind=question_type.kind.value,
            text=self.text,
            detail=_trimmed(self.detail),
            choices=key.choices,
            accepted=key.accepted,
            settings=key.settings,
            places=key.places,
            feedback=_trimmed(self.fields["feedback"][0]) if "feedback" in self.fields else "",
            hints=_hints(written),
            see=place,
            points=_points(written),
            line=self.line,
            see_line=see_line,
        )


def _key(written: WrittenQuestion) -> tuple[QuestionType, Key]:
    """Return the first type that reads the question, and what it read; raise GuideRefused."""
    for one in TYPES:
        key = one.parse(written)
        if key:
            return one, key
    message = _("this question has no choices and no “Answer:”. Give it one of them.")
    return refuse(written.field("answer")[1], message)


def _hints(written: WrittenQuestion) -> tuple[str, ...]:
    """What is shown after the first wrong try, the second, …: between bars."""
    hints = written.forms("hint")
    if "hint" in written.fields and not all(shows_words(render_line(one)) for one in hints or [""]):
        refuse(written.field("hint")[1], _("write the hint behind “Hint:”; several between |."))
    return hints


def _points(written: WrittenQuestion) -> int:
    value, line = written.field("points")
    if "points" not in written.fields:
        return 1
    if not re.fullmatch("[0-9]{1,3}", value) or not 1 <= int(value) <= MAX_POINTS:
        message = _("points are a whole number from 1 to %(most)d.")
        refuse(line, message % {"most": MAX_POINTS})
    return int(value)


def _trimmed(lines: Iterable[str]) -> str:
    """Join lines without the blank ones at either end and without white space at their ends."""
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def is_structure(line: str) -> bool:
    """Whether a line of prose would be read as something else: a choice, a field, a heading."""
    if line.startswith(("## ", "### ")):
        return True
    return any(one.fullmatch(line.rstrip()) for one in (_CHOICE, _PAIR, _FIELD))


# --- Writing -------------------------------------------------------------------------------------
def format_checkpoint(checkpoint: CheckpointSpec) -> str:
    """Write a checkpoint's body so that it reads back the same."""
    parts = ["\n".join(write_head(checkpoint.title, checkpoint.settings))]
    parts += [format_question(question) for question in checkpoint.questions]
    return "\n\n".join(parts)


def format_question(question: QuestionSpec) -> str:
    """Write one question so that it reads back the same."""
    lines = [f"### {question.text}", ""]
    if question.detail:
        lines += [question.detail, ""]
    lines += type_of(question).write(question)
    if question.points != 1:
        lines.append(f"Points: {question.points}")
    if question.see:
        lines.append(f"See: {question.see}")
    if question.hints:
        lines.append(f"Hint: {in_bars(question.hints)}")
    if question.feedback:
        gap = "\n" if FENCE.fullmatch(question.feedback.split("\n")[0]) else " "
        lines.append(f"Feedback:{gap}{question.feedback}")
    return "\n".join(lines).rstrip("\n")
