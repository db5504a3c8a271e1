"""What each format can hold of a question, and what of it is therefore not written.

`reduced` is the one place where anything is left out: what it returns, the writers write whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import cast

from django.utils.translation import gettext as _

from documents.plain_markdown import shows_words
from quizzes.formats.checkpoint_head import write_head
from quizzes.formats.exchange import decimal_of
from quizzes.formats.guide_questions import CheckpointSpec
from quizzes.formats.rich_text import (
    as_line,
    escaped,
    has_markup,
    read_plain,
    words_of,
    words_of_prose,
)
from quizzes.models import USUAL_SETTINGS, QuestionKind
from quizzes.questions import ChoiceSpec, QuestionSpec, read_number
from readings.guides import render_prose

K = QuestionKind
RIGHT = 2  # the slot of what something is matched with


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of one question that the format cannot hold; `is_whole` where it is all of it."""

    title: str
    number: int
    question: str
    what: str
    is_whole: bool = False


def nothing_more(spec: QuestionSpec) -> str:  # noqa: ARG001
    return ""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a format holds. `kinds` are the types it has at all."""

    kinds: frozenset[str]
    told_of_choices: frozenset[str] = frozenset()  # types whose choices may have a feedback
    feedback: bool = True
    points: bool = True
    shuffle: bool = True
    case: bool = True
    units: bool = True
    limits: bool = True  # the fewest and the most words of an open answer
    rubric: bool = False  # the criteria of an open answer
    markup: bool = True  # emphasis, links, lists
    markup_of_rights: bool = True  # in what something is matched with
    markup_of_gaps: bool = True  # in what a gap’s list offers
    paragraphs: bool = True
    hints: bool = False
    behaviour: bool = False  # of the checkpoint: tries, what counts, what is told when, its gate …
    truth: bool = True  # true and false, as a type of its own
    places: bool = False  # in the text, where an answer can be read
    exact_numbers: bool = False  # as they were written, with a tolerance in percent
    numbers: int = 1000  # that are right at once
    # Why a question cannot be written all the same; "" where it can.
    why_not: Callable[[QuestionSpec], str] = field(default=nothing_more)


@dataclass(frozen=True, slots=True)
class Reduced:
    """What a format holds of some checkpoints, and what it does not."""

    checkpoints: tuple[CheckpointSpec, ...]
    losses: tuple[Loss, ...]

    @property
    def count(self) -> int:
        return sum(len(one.questions) for one in self.checkpoints)


def reduce_all(
    checkpoints: Sequence[CheckpointSpec], holdings: Holdings, language: str = "en"
) -> Reduced:
    """Return what the format holds of them, without the checkpoints of which nothing is left."""
    found, losses = [], list[Loss]()
    for checkpoint in checkpoints:
        kept = []
        if checkpoint.settings != USUAL_SETTINGS and not holdings.behaviour:
            _title, *lines = write_head(checkpoint.title, checkpoint.settings)
            what = _("how it behaves: %(lines)s") % {"lines": " · ".join(lines)}
            losses.append(Loss(checkpoint.title, 0, "", what))
            checkpoint = replace(checkpoint, settings=USUAL_SETTINGS)
        for number, question in enumerate(checkpoint.questions, start=1):
            spec, whats = reduced(question, holdings, language)
            if spec:
                kept.append(spec)
            name = words_of(question.text)
            losses += [Loss(checkpoint.title, number, name, what, spec is None) for what in whats]
        if kept:
            found.append(replace(checkpoint, questions=tuple(kept)))
    return Reduced(tuple(found), tuple(losses))


def reduced(
    spec: QuestionSpec, holdings: Holdings, language: str = "en"
) -> tuple[QuestionSpec | None, list[str]]:
    """Return what the format holds of one question, None for nothing, and what it does not."""
    if spec.kind not in holdings.kinds:
        kind = QuestionKind(spec.kind).label
        return None, [_("the whole question: the format has no “%(kind)s”") % {"kind": kind}]
    why = holdings.why_not(spec)
    if why:
        return None, [_("the whole question: %(why)s") % {"why": why}]
    reducer = _Reducer(spec, holdings, language)
    texts = [(one.slot, one.text) for one in reducer.spec.choices]
    if len(set(texts)) < len(texts):
        return None, [_("the whole question: without their emphasis, two choices are the same")]
    return reducer.spec, reducer.losses


class _Reducer:
    def __init__(self, spec: QuestionSpec, holdings: Holdings, language: str) -> None:
        self.spec, self.losses, self.holds = spec, list[str](), holdings
        self.language = language
        self._common()
        self._choices()
        self._settings()
        self._truth()
        if spec.kind == K.NUMERIC and not holdings.exact_numbers:
            self._numbers()
        if not holdings.markup:
            self._without_markup()
        if not holdings.paragraphs and self.spec.detail:
            words = f"{self.spec.text} {as_line([self.spec.detail])}"
            self._lose(_("its paragraphs: the words stand on one line"), text=words, detail="")

    def _lose(self, what: str, **changes: object) -> None:
        self.losses.append(what)
        self.spec = replace(self.spec, **changes)  # type: ignore[arg-type]

    def _common(self) -> None:
        spec, holds = self.spec, self.holds
        if holds.places:
            return
        if spec.see:
            self._lose(_("where in the text the answer can be read"), see=None)
        if spec.feedback and not holds.feedback:
            self._lose(_("what is said after it"), feedback="")
        if spec.hints and not holds.hints:
            self._lose(_("its hints"), hints=())
        if spec.points != 1 and not holds.points:
            self._lose(_("its points"), points=1)
        self.spec = _without_what_shows_nothing(self.spec.content)

    def _choices(self) -> None:
        spec = self.spec
        is_held = spec.kind in self.holds.told_of_choices
        if not is_held and any(one.feedback for one in spec.choices):
            choices = tuple(replace(one, feedback="") for one in spec.choices)
            self._lose(_("what is said to each choice"), choices=choices)
        rights = [one.text for one in spec.choices if one.slot == RIGHT]
        if (
            spec.kind == K.MATCH
            and not self.holds.markup_of_rights
            and any(map(has_markup, rights))
        ):
            choices = tuple(map(_with_plain_right, self.spec.choices))
            self._lose(_("emphasis and links in what is matched with"), choices=choices)

        options = [one.text for one in spec.choices]
        if spec.kind == K.GAP and not self.holds.markup_of_gaps and any(map(has_markup, options)):
            sentence = spec.accepted[0]
            for text in sorted(options, key=len, reverse=True):
                sentence = sentence.replace(text, escaped(words_of(text)))
            choices = tuple(replace(one, text=escaped(words_of(one.text))) for one in spec.choices)
            self._lose(_("emphasis in a gap’s list"), choices=choices, accepted=(sentence,))

    def _truth(self) -> None:
        spec = self.spec
        if spec.kind != K.TRUE_FALSE or self.holds.truth:
            return
        is_true = spec.accepted[0] == "true"
        choices = (ChoiceSpec(_("True"), is_true), ChoiceSpec(_("False"), not is_true))
        changes = {"kind": K.ONE_CHOICE.value, "choices": choices, "accepted": ()}
        self._lose(_("that it is true or false: it is a choice between the two"), **changes)

    def _settings(self) -> None:
        holds, spec = self.holds, self.spec
        names = {
            "case_matters": (holds.case, _("that capitals matter")),
            "shuffle": (holds.shuffle, _("that its choices are shuffled")),
            "units": (holds.units, _("its unit")),
            "most": (holds.limits, _("how many words it may have")),
            "least": (holds.limits, ""),
            "rubric": (holds.rubric, _("its rubric")),
        }
        for name, (is_held, what) in names.items():
            if name in spec.settings and not is_held:
                settings = {key: one for key, one in self.spec.settings.items() if key != name}
                self._lose(what, settings=settings)
        self.losses = [one for one in self.losses if one]

    def _numbers(self) -> None:
        """Numbers in digits, and tolerances that are numbers: shares of one are worked out."""
        spec, settings = self.spec, dict(self.spec.settings)
        measured = [read_number(one, self.language) for one in spec.accepted]
        numbers = [one.value for one in measured if one]
        off = tolerance_of(spec, self.language)
        tolerances = {off(number) for number in numbers}
        if len(tolerances) > 1 or len(numbers) > self.holds.numbers:
            self._lose(_("all its right numbers but the first"))
            numbers = numbers[:1]
        accepted = tuple(dict.fromkeys(map(decimal_of, numbers)))
        for number in numbers:
            if Fraction(decimal_of(number)) != number:
                self._lose(_("its number whole: %(digits)s") % {"digits": decimal_of(number)})
        settings.pop("tolerance", None)
        tolerance = Fraction(decimal_of(off(numbers[0])))
        if tolerance:
            settings["tolerance"] = decimal_of(tolerance)
        self.spec = replace(self.spec, accepted=accepted, settings=settings)

    def _without_markup(self) -> None:
        spec = self.spec
        lines = [spec.text, *(one.text for one in spec.choices)]
        is_rich = any(map(has_markup, lines)) or has_markup_in_prose(spec.detail)
        if is_rich:
            self.losses.append(_("emphasis, links and lists: the words are kept"))
        self.spec = replace(
            spec,
            text=escaped(words_of(spec.text)),
            detail=read_plain(words_of_prose(spec.detail)).prose,
            choices=tuple(replace(one, text=escaped(words_of(one.text))) for one in spec.choices),
        )


def has_markup_in_prose(markdown: str) -> bool:
    """Whether it is more than paragraphs of words."""
    return "<" in render_prose(markdown).replace("<p>", "").replace("</p>", "")


def tolerance_of(spec: QuestionSpec, language: str) -> Callable[[Fraction], Fraction]:
    """How far from a number one may be off."""
    written = spec.settings.get("tolerance")
    measured = read_number(str(written), language) if written else None

    def off(number: Fraction) -> Fraction:
        if measured is None:
            return Fraction(0)
        return abs(number) * measured.value / 100 if measured.unit else measured.value

    return off


def _without_what_shows_nothing(spec: QuestionSpec) -> QuestionSpec:
    def seen(markdown: str) -> str:
        return markdown if shows_words(render_prose(markdown)) else ""

    choices = tuple(replace(one, feedback=seen(one.feedback)) for one in spec.choices)
    return replace(spec, detail=seen(spec.detail), feedback=seen(spec.feedback), choices=choices)


def _with_plain_right(one: ChoiceSpec) -> ChoiceSpec:
    if one.slot == RIGHT:
        return replace(one, text=escaped(words_of(one.text)))
    return replace(one, answer=escaped(words_of(one.answer)))


def units_of(spec: QuestionSpec) -> Sequence[str]:
    return cast("Sequence[str]", spec.settings.get("units", ()))
