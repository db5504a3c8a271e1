"""Who may do what with links between two readings: a part of the table in matrix.py."""

from tests.permissions.roles import MEMBERS, Row

LINKS: dict[str, dict[str, Row]] = {
    "argument": {"seminar": (MEMBERS, None, MEMBERS)},
    "argument_file": {"argument file": (MEMBERS, None, MEMBERS)},
}
