"""Who may answer a checkpoint and publish what they answered; a part of the table in matrix.py."""

from tests.permissions.roles import CAROL, DAN, GRACE, MEMBERS, WRITERS, Row

ANSWERS: dict[str, dict[str, Row]] = {
    "attempt_create": {"quiz": (None, WRITERS, MEMBERS)},
    "attempt_begin": {"quiz": (None, WRITERS, MEMBERS)},
    "kept_answers": {"quiz": (None, WRITERS, MEMBERS)},
    # Each has an answer of their own there, or none; a guest has none anywhere.
    "answer_publication": {"own answer": ({CAROL, DAN}, {CAROL, DAN}, {CAROL, DAN, GRACE})},
}
