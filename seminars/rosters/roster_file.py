"""A list of people as spreadsheets, learning platforms and mail programs give it.

Any of comma, semicolon and tab parts the columns; they stand in any order, with a header or
without one. What a row is taken for is shown before anything is done.
"""

import codecs
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from documents.encoding import clean, decode
from documents.visible import cleaned_name
from seminars.models import Role

DELIMITERS = ("\t", ";", ",")
MAX_NAME, MAX_GROUP, MAX_ADDRESS = 120, 80, 254
# What a header calls each column; compared without capitals, spaces, dots and hyphens.
HEADERS = {
    "email": "email|emailaddress|mail|mailaddress|address|emailadresse|mailadresse|adresse|courriel"
    "|adressemail|correo|correoelectronico|indirizzoemail|posta|adres|emailadres",
    "first": "firstname|givenname|given|forename|first|vorname|prenom|prénom|nombre|nome|voornaam",
    "last": "lastname|surname|familyname|family|last|nachname|familienname|nomdefamille|apellido"
    "|apellidos|cognome|achternaam",
    "name": "name|fullname|displayname|student|person|participant|studentname|vollername|nom"
    "|nomcomplet|nombrecompleto|nomecompleto|naam",
    "group": "group|groups|section|class|groupname|gruppe|kurs|groupe|grupo|gruppo|groep",
    "role": "role|function|rolle|rôle|rol|ruolo",
}
ROLE_WORDS = {
    Role.INSTRUCTOR: "instructor|teacher|lecturer|professor|dozent|dozentin|lehrer|lehrerin",
    Role.ASSISTANT: "assistant|ta|teachingassistant|tutor|tutorin|assistent|assistentin",
    Role.PARTICIPANT: "participant|student|member|learner|teilnehmer|teilnehmerin|studierende",
    Role.GUEST: "guest|auditor|observer|gast",
}
_HEADER_OF = {word: column for column, words in HEADERS.items() for word in words.split("|")}
_ROLE_OF = {word: role for role, words in ROLE_WORDS.items() for word in words.split("|")}
_BESIDE_LETTERS = re.compile(r"[\W_]+")
# Spreadsheets take what begins so for a formula.
_FORMULA = ("=", "+", "@")


@dataclass(frozen=True)
class RosterRow:
    """One person of a list; `problem` says why nothing can be done with the row, if so."""

    line: int
    name: str
    email: str
    group: str = ""
    role: str = ""
    problem: str = ""


@dataclass(frozen=True)
class RosterFile:
    """The rows of a list, and in which columns (from 1) names, addresses and so on were found."""

    rows: list[RosterRow]
    columns: dict[str, list[int]]
    has_header: bool


def decode_roster(data: bytes) -> str:
    """Return the letters of a file: Excel writes UTF-8 with a mark, UTF-16, or Windows-1252.

    Raises documents.ImportRefused for what is no text.
    """
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" in data[:200]:
        # Every other byte of Western letters is nothing, and which one says the order.
        mark = codecs.BOM_UTF16_BE if data[:1] == b"\0" else codecs.BOM_UTF16_LE
        data = mark + data
    try:
        text, _warnings = data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text, _warnings = _legacy(data)
    return clean(text)[0]


def _legacy(data: bytes) -> tuple[str, Any]:
    """Windows-1252 is what Excel writes in the West; a guess from a few names would be worse."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("cp1252"), ()
        except UnicodeDecodeError:
            pass
    return decode(data)


def read_roster(text: str) -> RosterFile:
    """Return the people in `text`, row by row; rows without any words are left out."""
    table = read_table(text)
    if not table:
        return RosterFile([], {}, has_header=False)
    named = _header(table[0][1])
    columns = named or _guessed(table)
    rows = [_row(line, cells, columns) for line, cells in (table[1:] if named else table)]
    return RosterFile(rows, _shown(columns), has_header=bool(named))


def read_table(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that have words, each with the line of the text in which it begins."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = 1
    if lines and re.fullmatch(r"sep=(.)\s*", lines[0], re.IGNORECASE):
        lines, first = lines[1:], 2  # Excel's own way of saying what parts the columns
    reader = csv.reader([f"{line}\n" for line in lines], delimiter=_delimiter(lines))
    table, begins = [], first
    for cells in reader:
        words = [" ".join(cell.split()) for cell in cells]
        if any(words):
            table.append((begins, words))
        begins = first + reader.line_num
    return table


def _delimiter(lines: Sequence[str]) -> str:
    """What parts most rows into as many columns as there are, at least two."""
    sample = [re.sub(r'"[^"]*"', "", line) for line in lines if line.strip()][:50]

    def rows_parted(delimiter: str) -> int:
        return sum(delimiter in line for line in sample)

    return max(DELIMITERS, key=rows_parted) if any(map(rows_parted, DELIMITERS)) else ","


def _plain(cell: str) -> str:
    return _BESIDE_LETTERS.sub("", cell.casefold())


def _header(cells: Sequence[str]) -> dict[str, list[int]]:
    """The columns that a first row names; empty where it is a person's."""
    if any("@" in cell for cell in cells):
        return {}
    columns: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        column = _HEADER_OF.get(_plain(cell))
        if column and column not in columns:
            columns[column] = [place]
    if "email" not in columns:
        return {}
    parts = [*columns.pop("first", []), *columns.pop("last", [])]
    if parts and "name" not in columns:
        columns["name"] = parts
    return columns


def _guessed(table: Sequence[tuple[int, Sequence[str]]]) -> dict[str, list[int]]:
    """Addresses are known by their sign, roles by their words; names stand first, groups last."""
    rows = [cells for _line, cells in table]
    width = max(map(len, rows))

    def column(place: int) -> list[str]:
        return [cells[place] for cells in rows if place < len(cells) and cells[place]]

    def count(place: int) -> int:
        return sum("@" in cell for cell in column(place))

    address = max(range(width), key=count)
    rest = [place for place in range(width) if place != address and column(place)]
    roles = [one for one in rest if all(_plain(cell) in _ROLE_OF for cell in column(one))]
    rest = [place for place in rest if place not in roles[:1]]
    names_inside = any("<" in cell for cell in column(address))
    before = [place for place in rest if place < address] or ([] if names_inside else rest[:1])
    after = [place for place in rest if place not in before]
    columns = {"email": [address], "name": before, "group": after[:1], "role": roles[:1]}
    return {name: places for name, places in columns.items() if places}


def _shown(columns: dict[str, list[int]]) -> dict[str, list[int]]:
    return {name: [place + 1 for place in places] for name, places in columns.items()}


def _row(line: int, cells: Sequence[str], columns: dict[str, list[int]]) -> RosterRow:
    def words(column: str) -> str:
        return " ".join(cells[one] for one in columns.get(column, []) if one < len(cells)).strip()

    name, email = words("name"), words("email")
    if "<" in name and "@" in name and not email:
        name, email = "", name
    if "<" in email:  # “Nadia Petit <nadia@example.org>”
        found, email = parseaddr(email)
        name = name or found
    role = words("role")
    row = RosterRow(
        line=line,
        name=cleaned_name(name),
        email=email.casefold(),
        group=cleaned_name(words("group")),
        role=_ROLE_OF.get(_plain(role), role),
    )
    return RosterRow(**{**row.__dict__, "problem": _problem(row)})


def _problem(row: RosterRow) -> str:
    """Why this row cannot stand for a person, in a sentence; empty where it can."""
    if not row.email:
        return _("There is no address in this row.")
    try:
        validate_email(row.email)
    except ValidationError:
        return _("This is not a whole address.")
    if cleaned_name(row.email) != row.email:
        return _("There are letters in this address that nobody sees. Write it anew.")
    if len(row.email) > MAX_ADDRESS:
        return _("This address is too long.")
    if row.name.startswith(_FORMULA):
        return _("A spreadsheet would take this name for a formula. Is it the name?")
    if len(row.name) > MAX_NAME:
        return _("This name is longer than %d characters.") % MAX_NAME
    if len(row.group) > MAX_GROUP:
        return _("The name of this group is longer than %d characters.") % MAX_GROUP
    if row.role and row.role not in Role.values:
        return _("There is no role of this name: instructor, assistant, participant or guest.")
    return ""
