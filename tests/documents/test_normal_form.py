"""Normal forms are Unicode's own, and a row of marks without end costs what its length costs."""

import unicodedata
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from anchoring import fold
from documents.normal_form import MOST_MARKS, normalized

ACUTE, CEDILLA = "\u0301", "\u0327"
MARKS = st.text(st.sampled_from(["a", "e", " ", ACUTE, CEDILLA, "\u0344", "\u09be"]), max_size=40)


@settings(deadline=None)
@given(st.one_of(st.text(), MARKS), st.sampled_from(["NFC", "NFD"]))
def test_what_people_write_has_unicodes_own_form(text: str, form: Literal["NFC", "NFD"]) -> None:
    if all(len(run) < MOST_MARKS for run in _runs(text)):
        assert normalized(form, text) == unicodedata.normalize(form, text)


def test_of_a_row_without_end_thirty_are_sorted_at_a_time() -> None:
    text = "a" + (ACUTE + CEDILLA) * MOST_MARKS
    found = normalized("NFD", text)
    assert sorted(found) == sorted(text)
    half = MOST_MARKS // 2
    assert found == "a" + (CEDILLA * half + ACUTE * half) * 2
    assert fold(text, letters=True).text.startswith("a")


def _runs(text: str) -> list[str]:
    """The marks of each row, as they are decomposed."""
    runs = [""]
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            runs[-1] += character
        else:
            runs.append("")
    return runs
