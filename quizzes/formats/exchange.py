"""What all formats of other programs have in common: what was read of a file, and what is written.

Every reader makes questions through `question_of` and the functions below it, so that whatever
comes in is what a guide can hold, word for word: it is written as a guide has it and read again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.utils.translation import gettext as _

from anchoring import fold
from documents.visible import has_visible
from quizzes.formats.checkpoint_head import MAX_QUESTIONS
from quizzes.formats.guide_questions import (
    MAX_POINTS,
    CheckpointSpec,
    format_checkpoint,
    parse_checkpoint,
)
from quizzes.formats.rich_text import RichText, as_line, escaped
from quizzes.models import USUAL_SETTINGS, QuestionKind, QuizSettings
from quizzes.questions import ChoiceSpec, QuestionSpec, in_bars, refuse
from readings.guides import MAX_TITLE, GuideRefused, Problem, render_prose

GAP = "\uf8f1"  # stands in words for what is filled in: no text has it
MAX_READ = 1000  # questions of one file; more are a library

_LINE_BREAK = "\\\n"
_EXPONENT = 30  # of a number that is read; what is beyond it nobody asks for


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """One question as a guide will have it; `left` is what of it a guide cannot hold."""

    spec: QuestionSpec
    line: int
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that stand together, as one checkpoint has them."""

    title: str
    questions: tuple[ReadQuestion, ...]
    settings: QuizSettings = USUAL_SETTINGS

    @property
    def checkpoint(self) -> CheckpointSpec:
        return CheckpointSpec(self.title, tuple(one.spec for one in self.questions), self.settings)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file holds; `refused` are its questions that no guide can hold, each with why."""

    format_name: str
    sets: tuple[QuestionSet, ...]
    refused: tuple[Problem, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(one.questions) for one in self.sets)


@dataclass(slots=True)
class Collected:
    """The questions of a file while it is read, each in the set of its title."""

    title: str
    settings: dict[str, QuizSettings] = field(default_factory=dict)  # by title
    sets: dict[str, list[ReadQuestion]] = field(default_factory=dict)
    refused: list[Problem] = field(default_factory=list)

    def add(self, question: ReadQuestion) -> None:
        title = " ".join(self.title.split())[:MAX_TITLE].strip() or _("Questions")
        self.sets.setdefault(title, []).append(question)
        if sum(map(len, self.sets.values())) > MAX_READ:
            refuse(question.line, _("a file has at most %(most)d questions.") % {"most": MAX_READ})

    def read(self, format_name: str) -> ReadFile:
        """Close the file. A checkpoint holds so many questions: what is more makes another."""
        if not self.sets and not self.refused:
            refuse(1, _("there is no question in this file."))
        sets = []
        for title, questions in self.sets.items():
            parts = range(0, len(questions), MAX_QUESTIONS)
            for number, first in enumerate(parts, start=1):
                named = f"{title[: MAX_TITLE - 6]} ({number})" if len(parts) > 1 else title
                part = questions[first : first + MAX_QUESTIONS]
                settings = self.settings.get(title, USUAL_SETTINGS)
                sets.append(QuestionSet(named, tuple(part), settings))
        return ReadFile(format_name, tuple(sets), tuple(self.refused))


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """What is right in one gap: `forms` that are typed, or `options`, (Markdown, is right)."""

    forms: tuple[str, ...] = ()
    options: tuple[tuple[str, bool], ...] = ()


@dataclass(slots=True)
class QuestionWords:
    """What every question has, as it was read: its words, and what is said after it."""

    line: int
    words: RichText
    name: str = ""
    feedback: RichText = field(default_factory=RichText)
    points: Fraction = Fraction(1)
    hints: list[str] = field(default_factory=list)  # one line of Markdown each
    left: list[str] = field(default_factory=list)


def question_of(
    asked: QuestionWords,
    kind: str,
    *,
    choices: Iterable[ChoiceSpec] = (),
    accepted: Iterable[str] = (),
    settings: Mapping[str, object] | None = None,
) -> ReadQuestion:
    """Make a question that a guide holds; raise GuideRefused where none can."""
    text, detail = _text_and_detail(asked)
    choices = tuple(choices)
    _check_rights(asked, kind, [one.is_correct for one in choices])
    spec = QuestionSpec(
        kind=kind,
        text=text,
        detail=detail,
        choices=choices,
        accepted=tuple(accepted),
        settings=dict(settings or {}),
        feedback="" if asked.feedback.is_empty else asked.feedback.prose,
        hints=tuple(dict.fromkeys(" ".join(hint.split()) for hint in asked.hints)),
        points=_points(asked),
    )
    left = [*asked.words.left, *asked.feedback.left, *asked.left]
    return ReadQuestion(_as_guide_has_it(spec, asked.line), asked.line, tuple(dict.fromkeys(left)))


def _check_rights(asked: QuestionWords, kind: str, rights: Sequence[bool]) -> None:
    if kind not in {QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL}:
        return
    if not any(rights):
        refuse(asked.line, _("it does not say which choice is right."))
    if kind == QuestionKind.ONE_CHOICE and sum(rights) > 1:
        refuse(asked.line, _("several of its choices are right, of which one picks one."))


def _text_and_detail(asked: QuestionWords) -> tuple[str, str]:
    """The first line is the question, and what comes after it stands below it."""
    blocks = [one for one in asked.words.blocks if has_visible(one)]
    name = " ".join(asked.name.split())
    if asked.words.is_empty:
        if not has_visible(name):
            refuse(asked.line, _("this question has no words."))
        return escaped(name), ""
    if not render_prose(blocks[0]).startswith("<p>") or "\n\n" in blocks[0]:
        return escaped(name) if has_visible(name) else _("Answer this:"), "\n\n".join(blocks)
    text, _break, rest = blocks[0].partition(_LINE_BREAK)
    return text, "\n\n".join([*([rest] if rest else []), *blocks[1:]])


def _points(asked: QuestionWords) -> int:
    points = min(max(round(asked.points), 1), MAX_POINTS)
    if points != asked.points:
        written = {"points": decimal_of(asked.points), "rounded": points}
        asked.left.append(_("%(points)s points, which are %(rounded)d here") % written)
    return points


def _as_guide_has_it(spec: QuestionSpec, line: int) -> QuestionSpec:
    """Write the question as a guide has it, and read it again: it is the same, or refused."""
    try:
        [read] = parse_checkpoint(format_checkpoint(CheckpointSpec("-", (spec,)))).questions
    except GuideRefused as refused:
        refuse(line, refused.problems[0].message)
    except ValueError:  # it is two
        read = spec
    if read.content != spec.content or len(spec.text) > MAX_TEXT:
        refuse(line, _("its words cannot be kept in a guide as they are. Write it there anew."))
    return replace(read, line=line)


MAX_TEXT = 20_000  # of the question's own line: three pages


# --- Of each type --------------------------------------------------------------------------------
def true_false_of(
    asked: QuestionWords, *, is_true: bool, told: Sequence[RichText] = ()
) -> ReadQuestion:
    """With something told of each of the two, they are choices: nothing of it is lost."""
    if all(one.is_empty for one in told):
        return question_of(
            asked, QuestionKind.TRUE_FALSE, accepted=["true" if is_true else "false"]
        )
    choices = [
        ChoiceSpec(_("True"), is_true, told[0].prose),
        ChoiceSpec(_("False"), not is_true, told[1].prose),
    ]
    return question_of(asked, QuestionKind.ONE_CHOICE, choices=choices)


def short_answer_of(
    asked: QuestionWords, forms: Iterable[str], *, case_matters: bool = False
) -> ReadQuestion:
    accepted = list(dict.fromkeys(" ".join(form.split()) for form in forms))
    accepted = [one for one in accepted if one]
    if not any(fold(one).text.strip() for one in accepted):
        refuse(asked.line, _("this question says no answer that is right."))
    if len(accepted) == 1 and accepted[0].lower() in {"true", "false"}:
        accepted.append(f"{accepted[0]}.")  # alone, it would be one of the two; this is the same
    settings = {"case_matters": True} if case_matters else {}
    return question_of(asked, QuestionKind.SHORT_ANSWER, accepted=accepted, settings=settings)


def numeric_of(
    asked: QuestionWords, numbers: Sequence[tuple[Fraction, Fraction]], units: Sequence[str] = ()
) -> ReadQuestion:
    """`numbers` are those that are right, each with how far one may be off."""
    tolerances = {tolerance for _number, tolerance in numbers}
    if len(tolerances) > 1:
        refuse(asked.line, _("its numbers have different tolerances; here they share one."))
    if not numbers:
        refuse(asked.line, _("this question says no number that is right."))
    settings: dict[str, object] = {}
    tolerance = tolerances.pop()
    if tolerance:
        settings["tolerance"] = number_of(tolerance)
    if units:
        settings["units"] = list(units)
    accepted = list(dict.fromkeys(number_of(number) for number, _tolerance in numbers))
    return question_of(asked, QuestionKind.NUMERIC, accepted=accepted, settings=settings)


def match_of(
    asked: QuestionWords, pairs: Sequence[tuple[str, str, str]], others: Iterable[str] = ()
) -> ReadQuestion:
    """`pairs` are (left, right, feedback) as Markdown, `others` what goes with none."""
    rights = list(dict.fromkeys(right for _left, right, _told in pairs))
    further = [one for one in dict.fromkeys(others) if one not in rights]
    choices = [ChoiceSpec(_safe_left(left), True, told, 1, right) for left, right, told in pairs]
    choices += [ChoiceSpec(one, one in rights, "", 2) for one in [*rights, *further]]
    return question_of(asked, QuestionKind.MATCH, choices=choices)


def _safe_left(left: str) -> str:
    """What begins like a choice of another kind is none."""
    return f"\\{left}" if left.startswith("(") else left


def order_of(asked: QuestionWords, ordered: Iterable[tuple[str, str]]) -> ReadQuestion:
    """`ordered` are (Markdown, feedback) in the right order."""
    choices = [ChoiceSpec(text, True, told) for text, told in ordered]
    return question_of(asked, QuestionKind.ORDER, choices=choices)


def open_of(asked: QuestionWords, least: int = 0, most: int = 0) -> ReadQuestion:
    settings = {"least": least, "most": most} if least else {"most": most}
    if not most and least:
        asked.left.append(_("that it has at least %(least)d words") % {"least": least})
    return question_of(asked, QuestionKind.OPEN, settings=settings if most else {})


def gaps_of(asked: QuestionWords, gaps: Sequence[GapAnswer]) -> ReadQuestion:
    """Make one sentence with gaps where GAP stands in the words, in their order."""
    blocks = asked.words.blocks
    at = [i for i, block in enumerate(blocks) if GAP in block]
    sentence = as_line(blocks[at[0] : at[-1] + 1])
    if sentence.count(GAP) != len(gaps):
        refuse(asked.line, _("its gaps cannot be found in its words."))
    parts = sentence.replace("[[", "&#91;[").split(GAP)
    slots = [_inside_of(gap, asked.line) for gap in gaps]
    sentence = parts[0] + "".join(
        f"[[{inside}]]{part}" for inside, part in zip(slots, parts[1:], strict=True)
    )
    asked.words.blocks = [*blocks[: at[0]], *blocks[at[-1] + 1 :]]
    if asked.words.is_empty:
        asked.words.blocks = [_("Fill in what is missing.")]
    choices = [
        ChoiceSpec(_without_brackets(text), is_right, "", slot)
        for slot, gap in enumerate(gaps, start=1)
        for text, is_right in gap.options
    ]
    accepted = [" ".join(sentence.split())]
    return question_of(asked, QuestionKind.GAP, choices=choices, accepted=accepted)


def _inside_of(gap: GapAnswer, line: int) -> str:
    if gap.options:
        return " ".join(
            f"({'x' if is_right else ' '}) {_without_brackets(text)}"
            for text, is_right in gap.options
        )
    if any({"[", "]"} & set(form) for form in gap.forms):
        refuse(line, _("what is typed into a gap can have no square brackets here."))
    return in_bars(gap.forms)


def _without_brackets(markdown: str) -> str:
    """Write brackets so that they do not end a gap."""
    return re.sub(r"\\?([\[\]])", lambda found: f"&#{ord(found[1])};", markdown)


# --- Numbers -------------------------------------------------------------------------------------
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,60}\.?[0-9]{0,60}|\.[0-9]{1,60})(?:[eE](?P<e>[+-]?[0-9]{1,3}))?"
)


def number_in(written: str) -> Fraction | None:
    """A number as programs write it, with a point; None where it is none."""
    found = _NUMBER.fullmatch(written.strip())
    if not found or abs(int(found["e"] or 0)) > _EXPONENT:
        return None
    return Fraction(written.strip())


def number_of(value: Fraction) -> str:
    """Write a number so that it is the same whether the essay's language has points or commas."""
    written = decimal_of(value)
    whole, _point, part = written.partition(".")
    # 3.141 is three thousand and more where commas are written.
    return f"{written}0" if len(part) == 3 and len(whole.lstrip("-")) <= 3 else written


def decimal_of(value: Fraction) -> str:
    """The digits of a number; of one that has no end, the first fifteen behind the point."""
    scaled, places = value, 0
    while scaled.denominator != 1 and places < 15:
        scaled, places = scaled * 10, places + 1
    digits = str(abs(round(scaled))).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:].rstrip("0")) if places else (digits, "")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


# --- Categories ----------------------------------------------------------------------------------
def category_of(title: str) -> str:
    """A title as a part of Moodle’s path to a category, in which “//” is a stroke."""
    return f" {title}".replace("/", "//") if title.startswith("/") else title.replace("/", "//")


def last_category(path: str) -> str:
    """The name of the last category of a path; “” where it is the course’s own."""
    parts = re.split(r"(?<!/)/(?!/)", path.strip())
    named = [part.replace("//", "/").strip() for part in parts]
    last = next((part for part in reversed(named) if part), "")
    return "" if last == "top" or re.fullmatch(r"\$\w+\$", last) else last
