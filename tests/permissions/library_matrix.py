"""Who may do what with essays, and with files that are to become some: a part of the table in
matrix.py."""

from tests.permissions.roles import INSTRUCTOR, LIBRARY, NOBODY, SIGNED_IN, Row

ESSAYS: dict[str, dict[str, Row]] = {
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
}
