"""Numbers as people write them, and the units behind them: pure functions on strings.

What `fold_answer` leaves of a number is read here: groups of digits, decimal commas, fractions
(½, 2 1/2), powers (10², 5·10³, 1.5e3) and what stands behind or, of money, before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizzes.questions.answer_folding import DECIMAL, fold_answer

MAX_CHARACTERS = 200  # of what is read at all; a number with its unit is far shorter
MAX_EXPONENT = 99  # beyond it nobody means the number, and it takes memory
PERCENT = "%"
_MONEY = "€$£¥"
_NUMBER = re.compile(
    rf"(?P<before>[{_MONEY}])? ?(?P<sign>[+-]?) ?"
    rf"(?:(?P<whole>\d+) (?P<top>\d+)/(?P<bottom>\d+)|(?P<over>\d+)/(?P<under>\d+)"
    rf"|(?P<plain>\d+(?:{DECIMAL}\d+)?))"
    rf"(?: ?[·×x*] ?(?P<base>10)\^(?P<times>[+-]?\d+)|\^(?P<power>[+-]?\d+)"
    rf"|[eE](?P<e>[+-]?\d+)(?!\w))?"
    rf"(?P<unit>(?![\d.,'/:^{DECIMAL}-]).*)?"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number, and the unit behind it, folded; "" where there is none."""

    value: Fraction
    unit: str


def read_number(words: str, language: str = "en") -> Measured | None:
    """Return what somebody wrote as a number; None where it is none.

    `language` is that of the essay: what 1,500 is depends on it.
    """
    if len(words) > MAX_CHARACTERS:
        return None
    folded = fold_answer(words, language=language)
    found = _NUMBER.fullmatch(folded)
    if not found:
        return None
    unit = (found["unit"] or "").strip()
    if found["before"]:
        unit = " ".join(filter(None, [found["before"], unit]))
    value = _value(found)
    return None if value is None else Measured(value, unit)


def _value(found: re.Match[str]) -> Fraction | None:
    bottom = found["bottom"] or found["under"]
    if bottom and not int(bottom):
        return None
    if found["plain"]:
        value = Fraction(found["plain"].replace(DECIMAL, "."))
    elif found["over"]:
        value = Fraction(int(found["over"]), int(found["under"]))
    else:
        value = int(found["whole"]) + Fraction(int(found["top"]), int(found["bottom"]))
    exponent = int(found["times"] or found["e"] or found["power"] or 0)
    if abs(exponent) > MAX_EXPONENT or (not value and exponent < 0):
        return None
    value = value**exponent if found["power"] else value * Fraction(10) ** exponent
    return -value if found["sign"] == "-" else value


def fold_unit(unit: str) -> str:
    """Make the same units the same string; behind a number, as `read_number` folds them."""
    measured = read_number(f"1 {unit}")
    return measured.unit if measured else ""


def factor_of(unit: str, forms: Sequence[str], language: str = "en") -> Fraction | None:
    """Return how many of `unit` are one of the first of `forms`; None where it is none of them.

    A form may say so itself: where the unit is km, “1000 m” is a form of it.
    """
    for form in forms:
        measured = read_number(form, language)
        if measured and measured.unit == unit and measured.value > 0:
            return measured.value
        if not measured and unit and fold_unit(form) == unit:
            return Fraction(1)
    return None
