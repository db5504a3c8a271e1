"""What is done with a file that is to be an essay: taking it in, reading it, letting it go."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from documents import ImportRefused
from documents.isolated import import_isolated
from documents.progress import OnProgress, silent
from readings.drafts.background import read_draft, read_import
from readings.drafts.drafts import (
    AlreadyPublished,
    check_draft,
    name_on_disk,
    short_name,
    title_of,
    title_of_file,
    update_draft,
)
from readings.drafts.pictures import forget_pictures, keep_pictures
from readings.essays import with_what_is_known
from readings.models import Draft, Essay, ImportState
from seminars.permissions import can_change_essay

# Bytes of a file that is read again while the person waits: half a second.
SHORT_FILE = 200_000


def start_import(*, data: bytes, filename: str, by: User, essay: Essay | None = None) -> Draft:
    """Keep the file as a draft that only `by` sees; it is read in the background.

    With `essay` it is to be that essay's next revision. The same file again, while its draft
    waits, is the same draft: a second click does no harm. A file that could not be read
    gives way to the next.
    """
    if essay and not can_change_essay(by, essay):
        raise PermissionDenied(_("Only its owner, and whom they share it with, revise an essay."))
    draft = _draft_of(data, filename, by, essay, state=ImportState.WAITING)
    try:
        with transaction.atomic():
            if same := _same_draft(draft):
                if same.may_be_tried_again:
                    retry_import(draft=same, by=by)
                return same
            for refused in Draft.objects.unpublished_of(by).refused():
                discard(draft=refused, by=by)
            _insert(draft, data)
            # With the draft or not at all: the task is a row of the same transaction.
            read_import.enqueue(draft.pk)
    except BaseException:
        _forget_file(draft)
        raise
    return draft


def import_now(
    *,
    data: bytes,
    filename: str,
    by: User,
    essay: Essay | None = None,
    on_progress: OnProgress = silent,
) -> Draft:
    """Read the file here and keep it as a draft; raise ImportRefused, and then nothing is kept."""
    document = import_isolated(data, filename, on_progress=on_progress)
    if essay:
        document = with_what_is_known(document, essay)
    draft = _draft_of(data, filename, by, essay, document=document.to_json())
    draft.title = title_of(document, filename)
    try:
        with transaction.atomic():
            if same := _same_draft(draft):
                return same
            _insert(draft, data)
            keep_pictures(draft=draft, pictures=document.pictures)
    except BaseException:
        _forget_file(draft)
        raise
    return draft


@transaction.atomic
def retry_import(*, draft: Draft, by: User) -> None:
    """Have a file read again that was refused, or that nobody has taken up."""
    check_draft(draft, by)
    stopped = Draft.objects.filter(pk=draft.pk, revision=None).stopped()
    columns: dict[str, Any] = {"progress": {}, "progress_percent": None, "refusal": {}}
    if stopped.update(state=ImportState.WAITING, state_at=timezone.now(), **columns):
        read_import.enqueue(draft.pk)


def reread(*, draft: Draft, refuse: Collection[str], by: User) -> None:
    """Read the draft's file again, without the repairs whose ids are in `refuse`.

    What the person has edited is made again on the new reading. A short file is read at
    once, a long one in the background: the draft is not ready until then. Raises
    ImportRefused (the draft stays as it was) and AlreadyPublished.
    """
    check_draft(draft, by)
    if draft.edited_from_id:
        return  # a published text that is being edited: its file says something else by now
    short = draft.source.size <= SHORT_FILE
    with transaction.atomic():
        update_draft(
            draft,
            repairs_to_refuse=list(refuse),
            state=ImportState.WAITING,
            state_at=timezone.now(),
            refusal={},
        )
        if not short:
            read_import.enqueue(draft.pk)
    if short:
        read_draft(draft.pk)
        draft.refresh_from_db()
        if draft.refusal:
            raise ImportRefused.from_json(draft.refusal)


@transaction.atomic
def discard(*, draft: Draft, by: User) -> None:
    """Throw a draft away, read or not, with its file."""
    check_draft(draft, by)
    source = draft.source
    forget_pictures(draft=draft)
    deleted, _rows = Draft.objects.filter(pk=draft.pk, revision=None).delete()
    if not deleted:
        raise AlreadyPublished(_("This essay has been published already."))
    transaction.on_commit(lambda: source.storage.delete(str(source.name)))


def _draft_of(data: bytes, filename: str, by: User, essay: Essay | None, **columns: Any) -> Draft:
    return Draft(
        essay=essay,
        title=title_of_file(filename),
        source_name=short_name(filename),
        source_sha256=sha256(data).hexdigest(),
        created_by=by,
        **columns,
    )


def _same_draft(draft: Draft) -> Draft | None:
    """The draft that this file is already."""
    # Holds a second click off until this one is done (SQLite's transactions do so already).
    User.objects.select_for_update(of=("self",)).get(pk=draft.created_by_id)
    drafts = Draft.objects.unpublished_of(draft.created_by).filter(
        essay=draft.essay,
        source_sha256=draft.source_sha256,
        source_name=draft.source_name,
        # A text that is being edited has the file of the one that it was, and is another draft.
        edited_from=None,
    )
    return drafts.first()


def _insert(draft: Draft, data: bytes) -> None:
    draft.source = ContentFile(data, name=name_on_disk(draft.source_name))
    draft.save(force_insert=True)


def _forget_file(draft: Draft) -> None:
    """The file is no part of the transaction: without this it would stay behind."""
    if draft.source:
        draft.source.delete(save=False)
