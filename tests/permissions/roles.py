"""Who is meant by what the tables of permissions say."""

ALICE, BOB, CAROL, DAN, GRACE = "alice", "bob", "carol", "dan", "grace"
MEMBERS = {ALICE, BOB, CAROL, DAN, GRACE}
WRITERS = MEMBERS - {GRACE}
STAFF = {ALICE, BOB}
INSTRUCTOR = {ALICE}
MONDAY = {ALICE, BOB, CAROL}  # who sees what is for the Monday group
THURSDAY = {ALICE, DAN}
STRANGERS = {"mallory", "otto", "host", "rita"}
SIGNED_IN = MEMBERS | STRANGERS
ANYONE = SIGNED_IN | {"anonymous"}
NOBODY: set[str] = set()
LIBRARY = {ALICE, "otto", "host"}

Row = tuple[set[str] | None, set[str] | None, set[str]]
UNKNOWN_LINK: Row = (NOBODY, NOBODY, NOBODY)
