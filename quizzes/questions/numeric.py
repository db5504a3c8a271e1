"""A number: `Number: 517.8`, with `Tolerance: 0.5` or `2 %`, and `Unit: km | 1000 m`.

`accepted` are the numbers as they were written, each of them right; `settings` may have
`tolerance`, as written, and `units`, the forms of the unit. A response is a list of one string.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.marking import Verdict
from quizzes.models import Answer, Question, QuestionKind
from quizzes.questions.choices import all_or_nothing
from quizzes.questions.numbers import PERCENT, Measured, factor_of, fold_unit, read_number
from quizzes.questions.protocol import (
    Answered,
    Asked,
    InvalidResponse,
    Message,
    Summary,
    cleaned,
)
from quizzes.questions.short_answer import counted_words
from quizzes.questions.specs import Key, QuestionSpec, WrittenQuestion, in_bars, refuse

MAX_UNITS = 40
MAX_CHARACTERS = 60  # of a number with its unit
MAX_ROWS = 10  # of answers given, in the results; the rest are counted in one line
# The number is what was asked; who gets it right has shown more than half of what there is.
WITHOUT_UNIT = Fraction(1, 2)

_MISPLACED = gettext_lazy("only a question with “Number:” has “Tolerance:” and “Unit:”.")


class Numeric:
    kind = QuestionKind.NUMERIC
    own_fields: Mapping[str, Message] = {
        "number": gettext_lazy("a question has “Number:”, or choices or “Answer:”, not both."),
        "tolerance": _MISPLACED,
        "unit": _MISPLACED,
    }
    is_shuffled = False
    asked_template = "quizzes/_asked_words.html"
    answered_template = "quizzes/_answered_words.html"

    def hint(self, question: Question) -> str:
        return _("A number, with its unit.") if _units(question) else _("A number.")

    def parse(self, written: WrittenQuestion) -> Key | None:
        if written.choices or "number" not in written.fields:
            return None
        line = written.field("number")[1]
        numbers = written.forms("number")
        if not numbers:
            refuse(line, _("write the right number behind “Number:”."))
        for number in numbers:
            measured = read_number(number)
            if measured is None or len(number) > MAX_CHARACTERS:
                refuse(line, _("“%(words)s” is no number.") % {"words": number[:MAX_CHARACTERS]})
            if measured.unit:
                message = _("put the unit “%(unit)s” on a line of its own: “Unit: …”.")
                refuse(line, message % {"unit": measured.unit[:MAX_CHARACTERS]})
        return Key(accepted=numbers, settings=_settings(written))

    def write(self, question: QuestionSpec) -> list[str]:
        lines = [f"Number: {in_bars(question.accepted)}"]
        if "tolerance" in question.settings:
            lines.append(f"Tolerance: {question.settings['tolerance']}")
        units = cast("Sequence[str]", question.settings.get("units", ()))
        return [*lines, f"Unit: {in_bars(units)}"] if units else lines

    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:
        response = cleaned(given)
        if len(response) != 1:
            raise InvalidResponse(_("Write a number."))
        if len(response[0]) > MAX_CHARACTERS:
            raise InvalidResponse(_("This is longer than a number. Write the number alone."))
        measured = read_number(response[0], question.language)
        if measured is None:
            raise InvalidResponse(_("This is no number. Write it in digits, like 12 or 3.5 or ½."))
        if not _units(question) and measured.unit not in {"", PERCENT}:
            message = _("Write the number alone, without “%(unit)s”.")
            raise InvalidResponse(message % {"unit": measured.unit})
        return response

    def mark(self, question: Question, response: Sequence[str]) -> Fraction:
        return max(_share(question, number, response) for number in _keys(question))

    def asked(self, question: Question, given: Sequence[str], seed: str = "") -> Asked:  # noqa: ARG002
        return Asked(words=" ".join(given), max_length=MAX_CHARACTERS)

    def answered(
        self,
        question: Question,
        response: Sequence[str],
        *,
        verdict: Verdict,
        told: bool,
        seed: str = "",  # noqa: ARG002
    ) -> Answered:
        right = " ".join([*question.accepted[:1], *_units(question)[:1]])
        return Answered(
            result=_result(question, response, verdict),
            words=" ".join(response),
            accepted=right if told else "",
        )

    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        rows = counted_words(question, answers)
        return Summary.of(
            rows,
            MAX_ROWS,
            caption=_("Answers given"),
            count_name=_("Given"),
            mark_note=_("A right number without its unit counts half.") if _units(question) else "",
        )


def _settings(written: WrittenQuestion) -> dict[str, object]:
    settings: dict[str, object] = {}
    tolerance, line = written.field("tolerance")
    if "tolerance" in written.fields:
        measured = read_number(tolerance)
        if measured is None or measured.value < 0 or measured.unit not in {"", PERCENT}:
            refuse(line, _("a tolerance is a number like 0.5, or a share of it like 2 %."))
        settings["tolerance"] = tolerance
    units, line = written.forms("unit"), written.field("unit")[1]
    if "unit" in written.fields:
        if len(units) > MAX_UNITS:
            refuse(line, _("a question has at most %(most)d units.") % {"most": MAX_UNITS})
        if not units or any(
            factor_of(unit.unit if (unit := read_number(one)) else fold_unit(one), units) is None
            for one in units
        ):
            refuse(line, _("write the unit behind “Unit:”, like “km | kilometres | 1000 m”."))
        settings["units"] = list(units)
    return settings


def _units(question: Question) -> Sequence[str]:
    return cast("Sequence[str]", question.settings.get("units", ()))


def _keys(question: Question) -> list[Fraction]:
    found = (read_number(one, question.language) for one in question.accepted)
    return [one.value for one in found if one]


def _share(question: Question, number: Fraction, response: Sequence[str]) -> Fraction:
    measured = read_number(" ".join(response), question.language)
    if measured is None:
        return Fraction(0)
    tolerance = _tolerance(question, number)

    def is_near(value: Fraction) -> bool:
        return abs(value - number) <= tolerance

    factor = _factor(question, measured)
    if factor is not None:
        return Fraction(is_near(measured.value / factor))
    if not measured.unit and PERCENT in _units(question) and is_near(measured.value * 100):
        return Fraction(1)  # a half is 50 %
    return WITHOUT_UNIT if is_near(measured.value) else Fraction(0)


def _factor(question: Question, measured: Measured) -> Fraction | None:
    """How many of the unit that was written are one of the right one; None where it is wrong."""
    units = _units(question)
    if not units:
        return Fraction(100 if measured.unit == PERCENT else 1)
    return factor_of(measured.unit, units, question.language)


def _tolerance(question: Question, number: Fraction) -> Fraction:
    written = question.settings.get("tolerance")
    measured = read_number(str(written), question.language) if written else None
    if measured is None:
        return Fraction(0)
    return abs(number) * measured.value / 100 if measured.unit else measured.value


def _result(question: Question, response: Sequence[str], verdict: Verdict) -> str:
    if verdict != Verdict.PARTLY:
        return all_or_nothing(verdict)
    measured = read_number(" ".join(response), question.language)
    if measured and measured.unit:
        return _("Partly right: the number is right, its unit is not.")
    return _("Partly right: the number is right, its unit is missing.")
