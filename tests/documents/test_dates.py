"""Dates as they are printed over essays, in the languages that essays come in."""

from __future__ import annotations

import pytest

from documents.dates import date_of, is_issue
from tests.documents.helpers import BODY, MORE, markdown, texts


@pytest.mark.parametrize(
    "line",
    [
        *("March 5, 2020", "Thursday, 5 March 2020", "the 5th of March 2020", "2020-03-05"),
        *("5 mars 2020", "5. März 2020", "5 de marzo de 2020", "5 maart 2020", "5. marts 2020"),
        *("5 marca 2020", "5 marca 2020 r.", "5. března 2020", "5 березня 2020 року"),
        *("5 марта 2020 г.", "5 martie 2020", "2020. március 5.", "5. maaliskuuta 2020"),
        *("5 Mart 2020", "5 Μαρτίου 2020", "5 במרץ 2020", "5 de març de 2020", "5 Maret 2020"),
        *("5 mars 2020", "5 مارس 2020", "5 मार्च 2020", "2020年3月5日", "2020년 3월 5일"),
        *("ngày 5 tháng 3 năm 2020", "Opublikowano: 5 marca 2020"),
    ],
)
def test_a_day(line: str) -> None:
    assert date_of(line) == "2020-03-05"


@pytest.mark.parametrize("line", ["marzec 2020", "Březen 2020", "березень 2020", "maaliskuu 2020"])
def test_a_month(line: str) -> None:
    assert date_of(line) == "2020-03"
    assert is_issue(line)


def test_november_of_the_poles_and_czechs() -> None:
    assert date_of("11 listopada 1918") == date_of("11. listopadu 1918") == "1918-11-11"


@pytest.mark.parametrize("line", ["31 lutego 2020", "5 marca", "W marcu 2020 roku", "20 lat"])
def test_no_date(line: str) -> None:
    assert date_of(line) == ""


def test_a_polish_essay_is_dated() -> None:
    document = markdown(f"# Dwie przystanie\n\n5 marca 2020 r.\n\n{BODY}\n\n{MORE}\n")
    assert document.metadata.published == "2020-03-05"
    assert texts(document) == ["Dwie przystanie", BODY, MORE]
