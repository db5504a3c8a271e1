"""Who may do what at each address: the table that test_matrix.py holds every view to."""

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

# name → {object: (who may GET, who may POST, who reaches the object at all)}.
# A person who reaches it without the right gets 403; who does not reach it, 404.
Row = tuple[set[str] | None, set[str] | None, set[str]]
UNKNOWN_LINK: Row = (NOBODY, NOBODY, NOBODY)
MATRIX: dict[str, dict[str, Row]] = {
    "livez": {"": (ANYONE, None, ANYONE)},
    "readyz": {"": (ANYONE, None, ANYONE)},
    "home": {"": (SIGNED_IN, None, SIGNED_IN)},
    "profile": {"": (SIGNED_IN, SIGNED_IN, SIGNED_IN)},
    "display_settings": {"": (SIGNED_IN, SIGNED_IN, SIGNED_IN)},
    "seminar_create": {"": (LIBRARY, LIBRARY, SIGNED_IN)},
    "invitation_accept": {"join": UNKNOWN_LINK},
    "seminar_detail": {"seminar": (MEMBERS, None, MEMBERS)},
    "seminar_settings": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "people": {"seminar": (WRITERS, None, MEMBERS)},
    "membership_detail": {"member": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "membership_removal": {"member": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "membership_moves": {"seminar": (None, INSTRUCTOR, MEMBERS)},
    "announcement_list": {"seminar": (MEMBERS, None, MEMBERS)},
    "announcement_create": {"seminar": (STAFF, STAFF, MEMBERS)},
    "announcement_detail": {"announcement": (MEMBERS, None, MEMBERS)},
    "announcement_text": {
        "announcement": (INSTRUCTOR, INSTRUCTOR, MEMBERS),
        "announcement of bob": (STAFF, STAFF, MEMBERS),
    },
    "announcement_withdrawal": {"announcement of bob": (None, STAFF, MEMBERS)},
    "announcement_receipt": {"announcement": (None, MEMBERS, MEMBERS)},
    "departure": {"seminar": (MEMBERS, MEMBERS, MEMBERS)},
    "group_create": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "group_detail": {"group": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "group_removal": {"group": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "roster_create": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "roster_detail": {"roster": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "roster_invitations": {"roster": (None, INSTRUCTOR, MEMBERS)},
    "roster_removal": {"roster": (None, INSTRUCTOR, MEMBERS)},
    "invitation_mail": {"invitation mailed": (None, INSTRUCTOR, MEMBERS)},
    "invitation_create": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "invitation_revocation": {"invitation": (None, INSTRUCTOR, MEMBERS)},
    "library": {"": (LIBRARY, None, SIGNED_IN)},
    "essay_detail": {"essay": (INSTRUCTOR, None, NOBODY)},
    "essay_file": {"essay file": (INSTRUCTOR, None, NOBODY)},
    "revision_create": {"essay": (INSTRUCTOR, INSTRUCTOR, NOBODY)},
    "essay_text": {"essay": (None, INSTRUCTOR, NOBODY)},
    "essay_editors": {"essay": (None, INSTRUCTOR, NOBODY)},
    "essay_removal": {"essay": (INSTRUCTOR, INSTRUCTOR, NOBODY)},
    "essay_editor_removal": {"essay editor": (None, INSTRUCTOR, NOBODY)},
    "revision_changes": {"revision": (INSTRUCTOR, None, NOBODY)},
    "revision_withdrawal": {"revision": (INSTRUCTOR, INSTRUCTOR, NOBODY)},
    "import_create": {"": (LIBRARY, LIBRARY, SIGNED_IN)},
    "import_progress": {"refused draft": (INSTRUCTOR, None, NOBODY)},
    "import_attempt": {"refused draft": (None, INSTRUCTOR, NOBODY)},
    "import_preview": {"draft": (INSTRUCTOR, None, NOBODY)},
    "import_repairs": {"draft": (None, INSTRUCTOR, NOBODY)},
    "import_edits": {"draft": (None, INSTRUCTOR, NOBODY)},
    "import_history": {"draft": (INSTRUCTOR, INSTRUCTOR, NOBODY)},
    "import_block": {"draft block": (INSTRUCTOR, None, NOBODY)},
    "import_note": {"draft note": (INSTRUCTOR, None, NOBODY)},
    "import_picture": {"draft picture": (INSTRUCTOR, None, NOBODY)},
    "import_publication": {"draft": (None, INSTRUCTOR, NOBODY)},
    "import_discard": {"draft": (None, INSTRUCTOR, NOBODY)},
    "unit_list": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "unit_place": {"unit": (None, INSTRUCTOR, MEMBERS)},
    "reading_unit": {"reading in a unit": (None, INSTRUCTOR, MEMBERS)},
    "unit_detail": {"unit": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "unit_removal": {"unit": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "reading_create": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "reading_detail": {
        "reading": (MEMBERS, None, MEMBERS),
        "reading closed": (WRITERS, None, WRITERS),
        "general": (WRITERS, None, WRITERS),
    },
    "reading_picture": {
        "reading picture": (MEMBERS, None, MEMBERS),
        "reading closed picture": (WRITERS, None, WRITERS),
    },
    "reading_place": {
        "reading": (None, MEMBERS, MEMBERS),
        "reading closed": (None, WRITERS, WRITERS),
    },
    # Nothing of an essay's is there to be done with the general discussion.
    "reading_settings": {
        "reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS),
        "general": (NOBODY, NOBODY, MEMBERS - INSTRUCTOR),
    },
    "reading_end": {
        "reading": (MEMBERS, None, MEMBERS),
        "reading closed": (WRITERS, None, WRITERS),
    },
    "reading_removal": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "extension_list": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "extension_detail": {"extension": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "extension_removal": {"extension": (None, INSTRUCTOR, MEMBERS)},
    "reading_revision": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "reading_changes": {"reading revised": (INSTRUCTOR, None, MEMBERS)},
    "passage_place": {
        "moved all": (INSTRUCTOR, INSTRUCTOR, MEMBERS),
        # Of words that others keep to themselves, instructors learn nothing.
        "moved private": (NOBODY, NOBODY, MEMBERS - INSTRUCTOR),
    },
    "reading_guide": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "general_discussion": {"seminar": (WRITERS, None, MEMBERS)},
    "general_discussion_closing": {"seminar": (None, INSTRUCTOR, MEMBERS)},
    "thread_list": {
        "general": (WRITERS, WRITERS, WRITERS),
        "reading": (MEMBERS, WRITERS, MEMBERS),
        "reading closed": (WRITERS, WRITERS, WRITERS),
    },
    "thread_new": {
        "reading": (WRITERS, None, MEMBERS),
        "general": (WRITERS, None, WRITERS | {GRACE}),
    },
    "thread_detail": {
        "thread all": (MEMBERS, None, MEMBERS),
        "thread monday": (MONDAY, None, MONDAY),
        "thread thursday": (THURSDAY, None, THURSDAY),
        "thread private": ({CAROL}, None, {CAROL}),
        "thread staff": (MONDAY, None, MONDAY),
        "thread closed": (WRITERS, None, WRITERS),
        "thread general": (WRITERS, None, WRITERS),
    },
    "comment_create": {
        "thread general": (None, WRITERS, WRITERS | {GRACE}),
        "thread all": (None, WRITERS, MEMBERS),
        "thread monday": (None, MONDAY, MONDAY),
        "thread thursday": (None, THURSDAY, THURSDAY),
        "thread private": (None, {CAROL}, {CAROL}),
    },
    "thread_pin": {
        "thread all": (None, STAFF, MEMBERS),
        "thread monday": (None, STAFF, MONDAY),
        "thread thursday": (None, INSTRUCTOR, THURSDAY),
        "thread private": (None, NOBODY, {CAROL}),
    },
    "thread_subscription": {
        "thread all": (None, MEMBERS, MEMBERS),
        "thread monday": (None, MONDAY, MONDAY),
        "thread private": (None, {CAROL}, {CAROL}),
    },
    "thread_tags": {
        "thread all": (None, {ALICE, BOB, CAROL}, MEMBERS),
        "thread thursday": (None, THURSDAY, THURSDAY),
        "thread private": (None, {CAROL}, {CAROL}),
    },
    "tag_list": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "tag_detail": {"tag": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "tag_removal": {"tag": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "thread_resolution": {
        "thread question": (None, {ALICE, BOB, CAROL}, MEMBERS),
        "thread all": (None, NOBODY, MEMBERS),
        "thread private": (None, NOBODY, {CAROL}),
    },
    "thread_readers": {
        "thread all": (WRITERS, None, MEMBERS),
        "thread monday": (MONDAY, None, MONDAY),
        "thread private": ({CAROL}, None, {CAROL}),
        "thread closed": (WRITERS, None, WRITERS),
    },
    "comment_preview": {
        "reading": (None, WRITERS, MEMBERS),
        "reading closed": (None, WRITERS, MEMBERS),
    },
    "reading_readers": {
        "reading": (WRITERS, None, MEMBERS),
        "reading closed": (WRITERS, None, MEMBERS),
    },
    "thread_read": {
        "thread all": (None, MEMBERS, MEMBERS),
        "thread monday": (None, MONDAY, MONDAY),
    },
    "thread_arrivals": {
        "thread all": (MEMBERS, None, MEMBERS),
        "thread monday": (MONDAY, None, MONDAY),
    },
    "reading_hints": {"reading closed": (WRITERS, None, WRITERS)},
    "reading_reads": {"reading closed": (None, WRITERS, WRITERS)},
    "seminar_reads": {"seminar": (None, MEMBERS, MEMBERS)},
    "thread_lock": {
        "thread all": (None, INSTRUCTOR, MEMBERS),
        "thread monday": (None, INSTRUCTOR, MONDAY),
        "thread private": (None, NOBODY, {CAROL}),
    },
    "thread_moderation": {
        "thread all": (INSTRUCTOR, INSTRUCTOR, MEMBERS),
        "thread monday": (INSTRUCTOR, INSTRUCTOR, MONDAY),
        "thread private": (NOBODY, NOBODY, {CAROL}),
    },
    "thread_withdrawal": {"thread highlight": (None, {CAROL}, MEMBERS)},
    "comment_detail": {
        "comment all": (MEMBERS, None, MEMBERS),
        "comment general": (WRITERS, None, WRITERS),
        "comment monday": (MONDAY, None, MONDAY),
        "comment thursday": (THURSDAY, None, THURSDAY),
        "comment private": ({CAROL}, None, {CAROL}),
    },
    "comment_revisions": {
        "comment all": (MEMBERS, {CAROL}, MEMBERS),
        "comment monday": (MONDAY, {CAROL}, MONDAY),
        "comment private": ({CAROL}, {CAROL}, {CAROL}),
    },
    "comment_withdrawal": {
        "comment all": (None, {CAROL}, MEMBERS),
        "comment monday": (None, {CAROL}, MONDAY),
        "comment private": (None, {CAROL}, {CAROL}),
    },
    "comment_endorsement": {
        "comment answer": (None, STAFF, MEMBERS),
        "comment question": (None, NOBODY, MEMBERS),
        "comment all": (None, NOBODY, MEMBERS),
        "comment private": (None, NOBODY, {CAROL}),
    },
    "comment_reactions": {
        "comment all": (WRITERS, WRITERS - {CAROL}, MEMBERS),
        "comment monday": (MONDAY, STAFF, MONDAY),
        "comment hidden": (NOBODY, NOBODY, MEMBERS),
        "comment private": ({CAROL}, NOBODY, {CAROL}),
    },
    "reaction_settings": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "moderation_settings": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "reason_list": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "own_reasons": {"seminar": (None, INSTRUCTOR, MEMBERS)},
    "reason_detail": {"reason": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "reason_place": {"reason": (None, INSTRUCTOR, MEMBERS)},
    "reason_removal": {"reason": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "host_cases": {"": ({"host"}, {"host"}, SIGNED_IN)},
    "notebook": {"seminar": (MEMBERS, None, MEMBERS)},
    "notebook_file": {"notebook file": (MEMBERS, None, MEMBERS)},
    "all_notebooks": {"": (SIGNED_IN, None, SIGNED_IN)},
    "all_news": {"": (SIGNED_IN, None, SIGNED_IN)},
    "mail_choices": {"": (SIGNED_IN, SIGNED_IN, SIGNED_IN)},
    "mail_choice": {"join": UNKNOWN_LINK},
    "all_news_reads": {"": (None, SIGNED_IN, SIGNED_IN)},
    "news": {"seminar": (MEMBERS, None, MEMBERS)},
    "news_reads": {"seminar": (None, MEMBERS, MEMBERS)},
    "all_notebooks_file": {"file": (SIGNED_IN, None, SIGNED_IN)},
    "member_moderation": {
        "member": (INSTRUCTOR, None, MEMBERS),
        "member of monday": (STAFF, None, MEMBERS),
    },
    "member_mute": {
        "member": (None, INSTRUCTOR, MEMBERS),
        "member of monday": (None, STAFF, MEMBERS),
    },
    "member_restriction": {
        "member": (None, INSTRUCTOR, MEMBERS),
        "member of monday": (None, INSTRUCTOR, MEMBERS),
    },
    "member_words": {"member": (WRITERS, None, MEMBERS)},
    "comment_reports": {
        "comment all": (MEMBERS - {CAROL}, MEMBERS - {CAROL}, MEMBERS),
        "comment monday": (STAFF, STAFF, MONDAY),
        "comment thursday": (INSTRUCTOR, INSTRUCTOR, THURSDAY),
        "comment private": (NOBODY, NOBODY, {CAROL}),
    },
    "comment_amendment": {
        "comment all": (INSTRUCTOR, INSTRUCTOR, MEMBERS),
        "comment thursday": (INSTRUCTOR, INSTRUCTOR, THURSDAY),
        "comment hidden": (NOBODY, NOBODY, MEMBERS),
        "comment private": (NOBODY, NOBODY, {CAROL}),
    },
    "comment_purge": {
        "comment removed": (INSTRUCTOR, INSTRUCTOR, MEMBERS),
        "comment all": (NOBODY, NOBODY, MEMBERS),
    },
    "comment_review": {
        "comment hidden": ({DAN}, {DAN}, MEMBERS),
        "comment all": (NOBODY, NOBODY, MEMBERS),
    },
    "comment_author": {
        "comment anonymous": (INSTRUCTOR, INSTRUCTOR, MEMBERS),
        "comment all": (NOBODY, NOBODY, MEMBERS),
    },
    "comment_visibility": {
        "comment all": (STAFF, STAFF, MEMBERS),
        "comment monday": (STAFF, STAFF, MONDAY),
        "comment thursday": (INSTRUCTOR, INSTRUCTOR, THURSDAY),
        "comment hidden": (INSTRUCTOR, INSTRUCTOR, MEMBERS),
        "comment private": (NOBODY, NOBODY, {CAROL}),
    },
    "reading_print": {
        "reading": (MEMBERS, None, MEMBERS),
        "reading closed": (WRITERS, None, WRITERS),
    },
    "annotation_collection": {
        "reading": (MEMBERS, None, MEMBERS),
        "reading closed": (WRITERS, None, WRITERS),
    },
    "annotation_import": {
        "reading": (WRITERS, WRITERS, MEMBERS),
        "reading closed": (WRITERS, WRITERS, WRITERS),
    },
    "search": {"seminar": (MEMBERS, None, MEMBERS)},
    "desk": {"seminar": (STAFF, None, MEMBERS)},
    "review_queue": {"seminar": (STAFF, None, MEMBERS)},
    "review_arrivals": {"seminar": (STAFF, None, MEMBERS)},
    "review_several": {"seminar": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "review_decision": {
        "case all": (None, STAFF, STAFF),
        "case monday": (None, STAFF, STAFF),
        "case thursday": (None, INSTRUCTOR, INSTRUCTOR),
    },
    "review_claim": {
        "case all": (None, STAFF, STAFF),
        "case monday": (None, STAFF, STAFF),
        "case thursday": (None, INSTRUCTOR, INSTRUCTOR),
    },
    "review_assignee": {
        "case all": (None, INSTRUCTOR, STAFF),
        "case monday": (None, INSTRUCTOR, STAFF),
        "case thursday": (None, INSTRUCTOR, INSTRUCTOR),
    },
    # About the words of others: nobody answers for them.
    "review_answer": {"case all": (None, NOBODY, STAFF)},
    "review_undo": {"decision of alice": (None, INSTRUCTOR, INSTRUCTOR)},
    "decision_log": {"seminar": (STAFF, None, MEMBERS)},
    "decision_log_file": {"seminar": (STAFF, None, MEMBERS)},
    "decision_correction": {"decision": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "own_decisions": {"seminar": (MEMBERS, None, MEMBERS)},
    "overview": {"seminar": (STAFF, None, MEMBERS)},
    "overview_file": {"seminar": (STAFF, None, MEMBERS)},
    "message_create": {"seminar": (STAFF, STAFF, MEMBERS)},
    "participation": {"seminar": (STAFF, None, MEMBERS)},
    "participation_file": {"seminar": (STAFF, None, MEMBERS)},
    "participation_scoring": {"seminar": (None, INSTRUCTOR, MEMBERS)},
    "participation_release": {"reading": (None, INSTRUCTOR, MEMBERS)},
    "participation_score": {"score": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "progress": {"seminar": ({CAROL, DAN}, None, MEMBERS)},
    "quiz_detail": {"quiz": (MEMBERS, None, MEMBERS)},
    "attempt_create": {"quiz": (None, WRITERS, MEMBERS)},
    "kept_answers": {"quiz": (None, WRITERS, MEMBERS)},
    "quiz_results": {"reading": (STAFF, None, MEMBERS)},
    "quiz_results_file": {"reading": (STAFF, None, MEMBERS)},
    "member_answers": {
        "answers monday": (STAFF, None, MEMBERS),
        "answers thursday": (INSTRUCTOR, None, MEMBERS),
    },
}
# A page has the history of a comment, for who may read it; its fragment is the author's form.
BY_HTMX: dict[str, dict[str, Row]] = {
    "comment_revisions": {
        "comment all": ({CAROL}, {CAROL}, MEMBERS),
        "comment monday": ({CAROL}, {CAROL}, MONDAY),
    },
}
# django-allauth's own pages: public, or about nobody but the person who asks.
THEIRS = "account_"
