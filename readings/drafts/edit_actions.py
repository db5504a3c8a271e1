"""Changing a draft in its preview: each edit goes into a log, and can be undone.

Who edits says which state they saw (`edit_log.version_of`). If the draft is in
another one by now, they are told, and nothing of either is lost.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from documents import Document
from documents.editing import CannotEdit, Edit, Edited, apply, check
from readings.drafts.edit_log import (
    EditedMeanwhile,
    edit_of,
    edited,
    edits_in_force,
    entry,
    remember,
    version_of,
)
from readings.drafts.edit_words import says
from readings.essays import essay_fields
from readings.models import Essay, ImportState, Revision

# More steps than the longest essay has blocks; a log without end would slow each step down.
MOST_EDITS = 5_000


class NoDraft(ValueError):
    """The draft was published or thrown away meanwhile, or its file is being read again."""


@transaction.atomic
def record_edit(*, revision: Revision, edit: Edit, seen: str, by: User) -> str:
    """Make one more edit, and return what it did in words; "" where it changes nothing.

    What was undone cannot be redone after that. Raises CannotEdit,
    EditedMeanwhile and NoDraft. `revision` is brought up to date.
    """
    _lock(revision, by, seen)
    document, done = Document.from_json(revision.document), edits_in_force(revision)
    if len(done) >= MOST_EDITS:
        raise CannotEdit("This essay was edited very often. Publish it, then edit a new revision.")
    before, after = edited(revision), check(document, done, edit)
    if before == after:
        return ""
    said = says(edit, before, after)
    log = [*revision.edits[: revision.edits_done], entry(edit, said)]
    _write(revision, log, len(done) + 1, after)
    return said


@transaction.atomic
def set_edits_done(*, revision: Revision, done: int, seen: str, by: User) -> str:
    """Put the first `done` edits in force: one fewer is undo, one more is redo.

    Returns what was undone or redone, in words. Raises EditedMeanwhile and NoDraft.
    """
    _lock(revision, by, seen)
    before = revision.edits_done
    done = min(max(done, 0), len(revision.edits))
    document = Document.from_json(revision.document)
    after = apply(document, [edit_of(logged) for logged in revision.edits[:done]])
    _write(revision, revision.edits, done, after)
    steps = revision.edits[min(before, done) : max(before, done)]
    if not steps:
        return ""
    what = steps[0]["says"] if len(steps) == 1 else f"{len(steps)} changes"
    return f"{'Undone' if done < before else 'Done again'}: {what}"


def _lock(revision: Revision, by: User, seen: str) -> None:
    """Hold the row until the transaction ends, so that of two at once one sees the other."""
    if revision.created_by_id != by.pk:
        raise PermissionDenied("Only who imported a file decides on it.")
    drafts = Revision.objects.filter(published_at=None, state=ImportState.READY)
    now = drafts.select_for_update(of=("self",)).filter(pk=revision.pk).first()
    if now is None:
        raise NoDraft("This import was published or thrown away already.")
    revision.document, revision.edits, revision.edits_done = (
        now.document,
        now.edits,
        now.edits_done,
    )
    if version_of(now) != seen:
        raise EditedMeanwhile("The essay was changed in another window.")


def _write(revision: Revision, edits: Sequence[Any], done: int, after: Edited) -> None:
    revision.edits, revision.edits_done = list(edits), done
    drafts = Revision.objects.filter(pk=revision.pk, published_at=None)
    drafts.update(edits=revision.edits, edits_done=done)
    remember(revision, after)
    # An essay that seminars may read already changes when the revision is published.
    unread = Essay.objects.exclude(revisions__published_at__isnull=False)
    unread.filter(pk=revision.essay_id).update(**essay_fields(after.document.metadata))
