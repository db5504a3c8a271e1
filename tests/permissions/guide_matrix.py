"""Who may do what with a guide and its draft: a part of the table of matrix.py."""

from tests.permissions.roles import INSTRUCTOR, LIBRARY, MEMBERS, SIGNED_IN, Row

GUIDES: dict[str, dict[str, Row]] = {
    "reading_guide": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "guide_draft": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "guide_draft_removal": {"reading": (None, INSTRUCTOR, MEMBERS)},
    "guide_draft_preview": {"reading": (INSTRUCTOR, None, MEMBERS)},
    "guide_draft_step": {"reading": (None, INSTRUCTOR, MEMBERS)},
    "draft_checkpoint": {"guide item": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "draft_question_new": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "draft_question_detail": {"draft question": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "draft_question_place": {"draft question": (None, INSTRUCTOR, MEMBERS)},
    "draft_question_removal": {"draft question": (None, INSTRUCTOR, MEMBERS)},
    "earlier_guide": {"earlier guide": (INSTRUCTOR, None, MEMBERS)},
    "earlier_guide_draft": {"earlier guide": (None, INSTRUCTOR, MEMBERS)},
    "draft_unfinished_removal": {"unfinished question": (None, INSTRUCTOR, MEMBERS)},
    "question_export": {"reading": (INSTRUCTOR, None, MEMBERS)},
    "question_file": {"reading": (INSTRUCTOR, None, MEMBERS)},
    "question_bank": {"": (LIBRARY, None, SIGNED_IN)},
    "bank_selection": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "question_import": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "guide_item_new": {"reading": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "guide_item_detail": {"guide item": (INSTRUCTOR, INSTRUCTOR, MEMBERS)},
    "guide_item_place": {"guide item": (None, INSTRUCTOR, MEMBERS)},
    "guide_item_removal": {"guide item": (None, INSTRUCTOR, MEMBERS)},
}
