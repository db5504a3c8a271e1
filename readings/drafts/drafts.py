"""What every action on a draft asks and does: whose it is, whether it still is one, its file."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousFileOperation
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from accounts.models import User
from documents import Document
from readings.models import Draft, Essay
from seminars.permissions import can_change_essay

MAX_BYTES = 80  # a disk counts bytes: a letter may be four; the column of the path takes 100


class AlreadyPublished(ValueError):
    """The draft was published meanwhile: there is a revision, and that is never changed."""


def check_draft(draft: Draft, by: User) -> None:
    if draft.created_by_id != by.pk:
        raise PermissionDenied(_("Only who imported a file decides on it."))


def essay_to_revise(draft: Draft) -> Essay | None:
    """Return the essay of which publishing makes a revision.

    None where it makes a new one: of a new file, and of the text of an essay that its
    owner does not share, or not any more, with whose draft it is.
    """
    essay = draft.essay
    return essay if essay and can_change_essay(draft.created_by, essay) else None


def update_draft(draft: Draft, **columns: Any) -> None:
    """Change the draft if it still is one; one statement, so that two at once cannot both win."""
    if not Draft.objects.filter(pk=draft.pk, revision=None).update(**columns):
        raise AlreadyPublished(_("This essay has been published already."))
    for name, value in columns.items():
        setattr(draft, name, value)


def short_name(filename: str) -> str:
    """Return the end of a file's name, which tells it apart and says what it is; or `essay`."""
    end = PurePath(filename).name.encode(errors="ignore")[-MAX_BYTES:].decode(errors="ignore")
    return end if end.strip(". ") else "essay"


def name_on_disk(filename: str) -> str:
    """The same in characters that every storage takes."""
    try:
        return get_valid_filename(short_name(filename))
    except SuspiciousFileOperation:
        return "essay"


def title_of(document: Document, filename: str) -> str:
    """What lists call a draft: the essay's title as it is known now, else the file's name."""
    title = document.metadata.title or title_of_file(filename)
    return title[: Draft._meta.get_field("title").max_length]


def title_of_file(filename: str) -> str:
    """What a draft is called until its file is read."""
    return " ".join(PurePath(filename).stem.replace("_", " ").split()) or _("Untitled")
