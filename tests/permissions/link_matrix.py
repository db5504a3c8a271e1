"""Who may do what with links between two readings: a part of the table in matrix.py."""

from tests.permissions.roles import ALICE, BOB, CAROL, INSTRUCTOR, MEMBERS, NOBODY, WRITERS, Row

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
    "thread_link_kind": {
        "thread link": ({ALICE, BOB, CAROL}, {ALICE, BOB, CAROL}, MEMBERS),
    },
    "link_kind_list": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "link_kind_detail": {"link kind": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "link_kind_place": {"link kind": (None, INSTRUCTOR, MEMBERS)},
    "link_kind_removal": {"link kind": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "default_link_kinds": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
}
