"""Marks in a file: rows of people, by address, and columns by name.

Canvas's and Moodle's exports, our own, and whatever a spreadsheet saves: comma, semicolon or tab
part the columns, the first row names them. Pure: what is in the file, before anybody is looked for.
"""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from seminars.rosters.roster_file import read_table

# What a header calls the column by which somebody is found; compared without spaces and signs.
WHO = {
    "email", "emailaddress", "mail", "mailaddress", "address", "sisloginid", "loginid", "login",
    "username", "emailadresse", "adresse", "courriel", "correo", "sisuserid", "idnumber",
}  # fmt: skip
# Columns that such files have besides, of which nothing is brought in.
BESIDE = {
    "student", "id", "section", "name", "firstname", "lastname", "surname", "institution",
    "department", "group", "role", "currentscore", "currentpoints", "finalscore", "finalpoints",
    "unpostedcurrentscore", "unpostedfinalscore", "currentgrade", "finalgrade",
    "unpostedcurrentgrade", "unpostedfinalgrade", "coursetotal",
    "lastdownloadedfromthiscourse", "overridescore", "overridegrade", "rootaccount",
}  # fmt: skip
EXCUSED_WORDS = {"ex", "excused"}
NOTHING = {"", "-", "–", "—", "n/a"}
# “(Real)” of Moodle, “(48151)” of Canvas, behind a column's own name.
_SUFFIX = re.compile(r"\s*\((?:real|points|\d{2,})\)\s*$", re.IGNORECASE)
_NOT_MARKS = re.compile(r"\s*\((?:feedback|letter)\)\s*$", re.IGNORECASE)
_PERCENT = re.compile(r"\s*\(percentage\)\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?|[.,]\d{1,6}")
_SIGNS = re.compile(r"[\W_]+")
POINTS_POSSIBLE = "pointspossible"


class NoMarkFile(Exception):
    """The text is no table with a column of addresses and one of marks."""


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of marks in the file: its place, its name as it is written and without what other
    systems put behind it, and whether it is in percents."""

    place: int
    written: str
    name: str
    is_percent: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """One person's row: the line, by which they are to be found, and the cells by their place."""

    line: int
    who: tuple[str, ...]
    shown: str
    cells: dict[int, str]


@dataclass(frozen=True, slots=True)
class MarkFile:
    columns: list[FileColumn]
    rows: list[FileRow]


@dataclass(frozen=True, slots=True)
class ReadMark:
    """What a cell says: points, a share in percent, or that it counts neither way."""

    points: Decimal | None = None
    percent: Decimal | None = None
    is_excused: bool = False


def read_marks(text: str) -> MarkFile:
    """Return what is in the file. Raises NoMarkFile."""
    try:
        table = read_table(text)
    except csv.Error as wrong:  # a cell that is longer than any
        raise NoMarkFile from wrong
    if not table:
        raise NoMarkFile
    head = table[0][1]
    who = [place for place, cell in enumerate(head) if _plain(cell) in WHO]
    columns = [
        FileColumn(place, _unquoted(cell), _name(cell), bool(_PERCENT.search(cell)))
        for place, cell in enumerate(head)
        if cell and place not in who and _is_of_marks(cell)
    ]
    if not who or not columns:
        raise NoMarkFile
    rows = []
    for line, cells in table[1:]:
        if _plain(cells[0]) == POINTS_POSSIBLE:
            continue
        named = tuple(
            _unquoted(cells[place]).casefold()
            for place in who
            if place < len(cells) and cells[place]
        )
        marks = {one.place: cells[one.place] for one in columns if one.place < len(cells)}
        rows.append(FileRow(line, named, next(filter(None, (*named, *cells)), ""), marks))
    return MarkFile(columns, rows)


def read_mark(cell: str) -> ReadMark | None:
    """Return what a cell says; None for nothing. Raises ValueError for what is no mark."""
    text = _unquoted(cell).strip().casefold()
    if text in NOTHING:
        return None
    if text in EXCUSED_WORDS:
        return ReadMark(is_excused=True)
    is_percent = text.endswith("%")
    number = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(number) or not number.isascii():
        raise ValueError(cell)
    try:
        value = Decimal(number.replace(",", "."))
    except InvalidOperation as wrong:
        raise ValueError(cell) from wrong
    return ReadMark(percent=value) if is_percent else ReadMark(points=value)


def title_key(title: str) -> str:
    """What titles are compared by: letters and digits, without capitals."""
    return _plain(title)


def _unquoted(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell.removeprefix("'")


def _is_of_marks(cell: str) -> bool:
    bare = _plain(_PERCENT.sub("", _SUFFIX.sub("", cell)))
    return bare not in BESIDE and not _NOT_MARKS.search(cell)


def _name(cell: str) -> str:
    return _PERCENT.sub("", _SUFFIX.sub("", _unquoted(cell))).strip()


def _plain(cell: str) -> str:
    return _SIGNS.sub("", cell.casefold())
