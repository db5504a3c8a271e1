"""Who may do what with links between two readings: a part of the table in matrix.py."""

from tests.permissions.roles import MEMBERS, NOBODY, WRITERS, Row

LINKS: dict[str, dict[str, Row]] = {
    "argument": {"seminar": (MEMBERS, None, MEMBERS)},
    "argument_file": {"argument file": (MEMBERS, None, MEMBERS)},
    "pair_choice": {
        "reading": (MEMBERS, None, MEMBERS),
        "reading closed": (WRITERS, None, WRITERS),
        "general": (NOBODY, None, NOBODY),
    },
    "reading_pair": {
        "pair": (MEMBERS, None, MEMBERS),
        # Whoever may not open one of the two sees neither.
        "pair closed": (WRITERS, None, WRITERS),
        "closed pair": (WRITERS, None, WRITERS),
        "pair of one": (NOBODY, None, NOBODY),
        "pair with general": (NOBODY, None, NOBODY),
    },
    "link_new": {
        "reading": (WRITERS, WRITERS, MEMBERS),
        "reading closed": (WRITERS, WRITERS, WRITERS),
    },
}
