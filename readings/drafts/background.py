"""The reading of a draft's file: in the background, or at once for who can wait.

It may be begun twice, end in the middle or come too late, and does no harm: it takes
the draft up only while it waits, and writes only while it is the one that reads it.
"""

import time
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from documents import Document, ImportRefused
from documents.isolated import import_isolated
from readings.drafts.drafts import kept_document
from readings.drafts.pictures import keep_pictures
from readings.essays import essay_fields, with_what_is_known
from readings.models import Essay, ImportState, Revision, RevisionQuerySet

# How often the page is told how far the reading is; each time is a write.
TELL_SECONDS = 0.4

_FAILED = ImportRefused(
    "failed",
    "Something went wrong while this file was read.",
    "Try it again; if that fails too, save it in another format, or as plain text (.txt).",
)


class _Discarded(Exception):
    """Nobody wants this reading any more."""


@task()
def read_import(pk: int) -> None:
    """Read the file of a draft; the worker's task."""
    read_draft(pk)


def read_draft(pk: int) -> None:
    """Read the file of the draft that waits: it becomes ready, or is refused with the reason."""
    waiting = Revision.objects.filter(pk=pk, state=ImportState.WAITING, published_at=None)
    if not waiting.update(state=ImportState.READING, state_at=timezone.now()):
        return
    draft = Revision.objects.filter(pk=pk).select_related("essay").first()
    if draft is None:
        return
    wanted = draft.document.get("refuse", [])
    try:
        with draft.source.open("rb") as file:
            data = file.read()
        document = import_isolated(data, draft.source_name, wanted, _Teller(pk))
    except _Discarded:
        return
    except ImportRefused as refused:
        _refuse(draft, refused)
    except Exception:
        if _refuse(draft, _FAILED):
            raise
    else:
        _keep(draft, document, wanted)


class _Teller:
    """Writes down how far the reading is; ends it where the draft is gone."""

    def __init__(self, pk: int) -> None:
        self.pk = pk
        self.told = 0.0

    def __call__(self, words: str, percent: int | None) -> None:
        if time.monotonic() - self.told < TELL_SECONDS:
            return
        self.told = time.monotonic()
        columns = {"progress": words[:120], "progress_percent": percent}
        if not _being_read(self.pk).update(state_at=timezone.now(), **columns):
            raise _Discarded


def _being_read(pk: int) -> RevisionQuerySet:
    return Revision.objects.filter(pk=pk, state=ImportState.READING, published_at=None)


def _settled(state: ImportState, **columns: Any) -> dict[str, Any]:
    now = timezone.now()
    return {"state": state, "state_at": now, "progress": "", "progress_percent": None, **columns}


def _refuse(draft: Revision, refused: ImportRefused) -> bool:
    """Keep the reason; a draft that had been read before stays as it was."""
    reason = {"code": refused.code, "message": refused.message, "advice": refused.advice}
    state = ImportState.READY if "blocks" in draft.document else ImportState.REFUSED
    return bool(_being_read(draft.pk).update(**_settled(state, refusal=reason)))


@transaction.atomic
def _keep(draft: Revision, document: Document, wanted: Collection[str]) -> None:
    document = with_what_is_known(document, draft.essay)
    before = Document.from_json(draft.document) if "blocks" in draft.document else None
    refused: list[dict[str, Any]] = []
    if before:
        known = {repair.id: asdict(repair) for repair in before.repairs}
        known |= {repair["id"]: repair for repair in draft.document["refused"]}
        refused = [known[one] for one in dict.fromkeys(wanted) if one in known]
    columns = _settled(
        ImportState.READY, document=kept_document(document, refused=refused), refusal={}
    )
    if not _being_read(draft.pk).update(**columns):
        return
    keep_pictures(revision=draft, pictures=document.pictures)
    describe(draft.essay, document, before)


def describe(essay: Essay, document: Document, before: Document | None = None) -> None:
    """Write what was found about an essay that is not published.

    What the person has changed since the reading `before` stays.
    """
    if essay.revisions.filter(published_at__isnull=False).exists():
        return
    found = essay_fields(document.metadata)
    if before:
        first = essay_fields(before.metadata)
        found = {n: value for n, value in found.items() if getattr(essay, n) == first[n]}
    Essay.objects.filter(pk=essay.pk).update(**found)
