"""Changing a draft in its preview: each edit goes into a log, and can be undone.

Who edits says which state they saw (`edit_log.version_of`). If the draft is in
another one by now, they are told, and nothing of either is lost.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from documents import Document
from documents.editing import CannotEdit, Edit, Edited, apply, check
from documents.messages import gettext_lazy
from readings.drafts.drafts import check_draft, title_of
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
from readings.models import Draft, ImportState

# More steps than the longest essay has blocks; a log without end would slow each step down.
MOST_EDITS = 5_000


class NoDraft(ValueError):
    """The draft was published or thrown away meanwhile, or its file is being read again."""


@transaction.atomic
def record_edit(*, draft: Draft, edit: Edit, seen: str, by: User, sent: str = "") -> str:
    """Make one more edit, and return what it did in words; "" where it changes nothing.

    `sent` marks the form that asked for it: `repeated_edit` knows it again. What was undone
    cannot be redone after that. Raises CannotEdit, EditedMeanwhile and NoDraft. `draft` is
    brought up to date.
    """
    _lock(draft, by, seen)
    document, done = Document.from_json(draft.document), edits_in_force(draft)
    if len(done) >= MOST_EDITS:
        raise CannotEdit(
            gettext_lazy("This essay was edited very often. Publish it, then edit a new revision.")
        )
    before, after = edited(draft), check(document, done, edit)
    if before == after:
        return ""
    said = says(edit, before, after)
    log = [*draft.edits[: draft.edits_done], entry(edit, said, sent)]
    _write(draft, log, len(done) + 1, after)
    return said


def repeated_edit(*, draft: Draft, sent: str, by: User) -> tuple[Edit, str] | None:
    """Return the last edit, and what it says, if it is what the form marked `sent` asked for.

    Then that form came once more, as after an answer that was lost, and nothing is to be done.
    """
    check_draft(draft, by)
    last = draft.edits[draft.edits_done - 1] if draft.edits_done else {}
    if not sent or last.get("sent") != sent:
        return None
    return edit_of(last), str(last["says"])


@transaction.atomic
def set_edits_done(*, draft: Draft, done: int, seen: str, by: User) -> str:
    """Put the first `done` edits in force: one fewer is undo, one more is redo.

    Returns what was undone or redone, in words. Raises EditedMeanwhile and NoDraft.
    """
    try:
        _lock(draft, by, seen)
    except EditedMeanwhile:
        if draft.edits_done != done:
            raise
        return ""  # it is so already, as where the first answer was lost
    before = draft.edits_done
    done = min(max(done, 0), len(draft.edits))
    document = Document.from_json(draft.document)
    after = apply(document, [edit_of(logged) for logged in draft.edits[:done]])
    _write(draft, draft.edits, done, after)
    steps = draft.edits[min(before, done) : max(before, done)]
    if not steps:
        return ""
    what = steps[0]["says"]
    if len(steps) > 1:
        count = len(steps)
        what = ngettext("%(count)d change", "%(count)d changes", count) % {"count": count}
    return (_("Undone: %(what)s") if done < before else _("Done again: %(what)s")) % {"what": what}


def _lock(draft: Draft, by: User, seen: str) -> None:
    """Hold the row until the transaction ends, so that of two at once one sees the other."""
    check_draft(draft, by)
    drafts = Draft.objects.filter(revision=None, state=ImportState.READY)
    now = drafts.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if now is None:
        raise NoDraft(_("This import was published or thrown away already."))
    draft.document, draft.edits, draft.edits_done = (
        now.document,
        now.edits,
        now.edits_done,
    )
    if version_of(now) != seen:
        raise EditedMeanwhile(_("The essay was changed in another window."))


def _write(draft: Draft, edits: Sequence[Any], done: int, after: Edited) -> None:
    draft.edits, draft.edits_done = list(edits), done
    draft.title = title_of(after.document, draft.source_name)
    drafts = Draft.objects.filter(pk=draft.pk, revision=None)
    drafts.update(edits=draft.edits, edits_done=done, title=draft.title)
    remember(draft, after)
