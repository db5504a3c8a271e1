"""Who may do what at a gate; a part of the table in matrix.py."""

from tests.permissions.roles import INSTRUCTOR, MEMBERS, STAFF, Row

GATES: dict[str, dict[str, Row]] = {
    "gate_skip": {"gated quiz": (None, MEMBERS, MEMBERS)},
    "gate_passings": {"gated quiz": (STAFF, None, MEMBERS)},
    "gate_passing": {
        "gate thursday": (None, INSTRUCTOR, MEMBERS),
        "gate monday": (None, STAFF, MEMBERS),
    },
    "gate_passing_removal": {
        "gate thursday": (None, INSTRUCTOR, MEMBERS),
        "gate monday": (None, STAFF, MEMBERS),
    },
}
