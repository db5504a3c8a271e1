"""Marks in files as Canvas, Moodle and spreadsheets write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.csv_cells import csv_lines
from gradebook.mark_file import MarkFile, NoMarkFile, ReadMark, read_mark, read_marks


def cells(file: MarkFile) -> list[list[str]]:
    return [[row.cells.get(one.place, "") for one in file.columns] for row in file.rows]


def test_a_file_of_canvas() -> None:
    file = read_marks(
        "Student,ID,SIS User ID,SIS Login ID,Section,Talk (48151),Essay (48152),Current Score\n"
        "    Points Possible,,,,,10,20,(read only)\n"
        '"Nadia, Petit",9,,nadia@example.org,Monday,7.5,EX,90.1\n'
        "Student Test,,,,,,,\n"
    )
    assert [one.name for one in file.columns] == ["Talk", "Essay"]
    assert [row.who for row in file.rows] == [("nadia@example.org",), ()]
    assert cells(file) == [["7.5", "EX"], ["", ""]]
    assert [row.line for row in file.rows] == [3, 4]


def test_a_file_of_moodle() -> None:
    file = read_marks(
        "First name;Surname;ID number;Email address;Talk (Real);Talk (Feedback);Essay (Percentage);"
        "Course total (Real)\n"
        "Nadia;Petit;;nadia@example.org;7,5;Good.;85;9\n"
        "Owen;Price;;OWEN@example.org;-;;;-\n"
    )
    assert [(one.name, one.is_percent) for one in file.columns] == [
        ("Talk", False),
        ("Essay", True),
    ]
    assert cells(file) == [["7,5", "85"], ["-", ""]]
    assert file.rows[1].who == ("owen@example.org",)


@pytest.mark.parametrize(
    "text",
    [
        *("", "Nadia,7\n", "Email address\nnadia@example.org\n", "Talk\n7\n", "Email,Section\n"),
        "Email,Talk\n" + "x" * 200_000,
    ],
)
def test_what_is_no_table_of_marks(text: str) -> None:
    with pytest.raises(NoMarkFile):
        read_marks(text)


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("7", ReadMark(Decimal(7))),
        ("7,5", ReadMark(Decimal("7.5"))),
        (" .5 ", ReadMark(Decimal("0.5"))),
        ("85 %", ReadMark(percent=Decimal(85))),
        ("EX", ReadMark(is_excused=True)),
        ("", None),
        ("-", None),
        ("'-", None),
    ],
)
def test_what_a_cell_says(cell: str, mark: ReadMark | None) -> None:
    assert read_mark(cell) == mark


@pytest.mark.parametrize(
    "cell", ["seven", "7.5.1", "-3", "=1+1", "1e5", "٧", "7 8", "1234567", "NaN", "7/10", "²"]
)
def test_what_is_no_mark(cell: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_mark(cell)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(end: str) -> None:
    file = read_marks(end.join(["Email,Talk", "nadia@example.org,7", "owen@example.org,8"]))
    assert cells(file) == [["7"], ["8"]]


@given(st.text(max_size=300))
def test_whatever_comes_is_read_or_refused(text: str) -> None:
    try:
        file = read_marks(text)
    except NoMarkFile:
        return
    for row in file.rows:
        for cell in row.cells.values():
            try:
                read_mark(cell)
            except ValueError:
                continue


words = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=20
).filter(lambda one: any(letter.isalpha() for letter in one))


@given(
    st.lists(st.tuples(words, st.emails(), st.decimals(0, 999, places=2)), min_size=1, max_size=5)
)
def test_what_our_file_says_comes_back(rows: list[tuple[str, str, Decimal]]) -> None:
    """Names that look like formulas, quotation marks and separators change no mark."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Talk"]
    lines = [head, ["    Points Possible", "", "", "", "", "10"]]
    lines += [[name, "", "", address, "", str(points)] for name, address, points in rows]
    file = read_marks("".join(csv_lines(lines)))
    assert [one.name for one in file.columns] == ["Talk"]
    found = [read_mark(row.cells[5]) for row in file.rows]
    assert found == [ReadMark(points) for _name, _address, points in rows]
