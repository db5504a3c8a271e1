"""The reading of a draft's file: in the background, or at once for who can wait.

It may be begun twice, end in the middle or come too late, and does no harm: it takes
the draft up only while it waits, and writes only while it is the one that reads it.
"""

import time
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from documents import Document, ImportRefused
from documents.editing import apply
from documents.isolated import import_isolated
from documents.messages import Message
from documents.messages import gettext_lazy as _
from readings.drafts.drafts import title_of
from readings.drafts.edit_log import edits_in_force
from readings.drafts.pictures import keep_pictures
from readings.essays import with_what_is_known
from readings.models import Draft, DraftQuerySet, ImportState

# Between two writes of how far the reading is, which its page shows.
WRITE_SECONDS = 0.4


class _Discarded(Exception):
    """Nobody wants this reading any more."""


@task()
def read_import(pk: int) -> None:
    """Read the file of a draft; the worker's task."""
    read_draft(pk)


def read_draft(pk: int) -> None:
    """Read the file of the draft that waits: it becomes ready, or is refused with the reason."""
    waiting = Draft.objects.filter(pk=pk, state=ImportState.WAITING, revision=None)
    if not waiting.update(state=ImportState.READING, state_at=timezone.now()):
        return
    draft = Draft.objects.filter(pk=pk).select_related("essay").first()
    if draft is None:
        return
    wanted = draft.repairs_to_refuse
    try:
        with draft.source.open("rb") as file:
            data = file.read()
        document = import_isolated(data, draft.source_name, wanted, _ProgressWriter(pk))
    except _Discarded:
        return
    except ImportRefused as refused:
        _refuse(draft, refused)
    except Exception:
        if _refuse(draft, _failure()):
            raise
    else:
        _keep(draft, document, wanted)


class _ProgressWriter:
    """Writes down how far the reading is; ends it where the draft is gone."""

    def __init__(self, pk: int) -> None:
        self.pk = pk
        self.written_at = 0.0

    def __call__(self, message: Message, percent: int | None) -> None:
        if time.monotonic() - self.written_at < WRITE_SECONDS:
            return
        self.written_at = time.monotonic()
        columns = {"progress": message.to_json(), "progress_percent": percent}
        if not _being_read(self.pk).update(state_at=timezone.now(), **columns):
            raise _Discarded


def _failure() -> ImportRefused:
    return ImportRefused(
        "failed",
        _("Something went wrong while this file was read."),
        _("Try it again; if that fails too, save it in another format, or as plain text (.txt)."),
    )


def _being_read(pk: int) -> DraftQuerySet:
    return Draft.objects.filter(pk=pk, state=ImportState.READING, revision=None)


def _settled(state: ImportState, **columns: Any) -> dict[str, Any]:
    now = timezone.now()
    return {"state": state, "state_at": now, "progress": {}, "progress_percent": None, **columns}


def _refuse(draft: Draft, refused: ImportRefused) -> bool:
    """Keep the reason; a draft that had been read before stays as it was."""
    state = ImportState.READY if draft.is_read else ImportState.REFUSED
    return bool(_being_read(draft.pk).update(**_settled(state, refusal=refused.to_json())))


def _keep(draft: Draft, document: Document, wanted: Collection[str]) -> None:
    if draft.essay:
        document = with_what_is_known(document, draft.essay)
    known = {repair["id"]: repair for repair in draft.document.get("repairs", [])}
    known |= {repair["id"]: repair for repair in draft.refused_repairs}
    columns = _settled(
        ImportState.READY,
        document=document.to_json(),
        # What the person has edited is made again, the title too.
        title=title_of(_edited(draft, document), draft.source_name),
        refused_repairs=[known[one] for one in dict.fromkeys(wanted) if one in known],
        refusal={},
    )
    with transaction.atomic():
        if _being_read(draft.pk).update(**columns):
            keep_pictures(draft=draft, pictures=document.pictures)


def _edited(draft: Draft, document: Document) -> Document:
    return apply(document, edits_in_force(draft)).document
