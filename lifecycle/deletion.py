"""Deleting a seminar with all that is its own, when its waiting time is over.

Everything goes in one transaction: a worker that is killed has deleted nothing, and the next run
begins anew. Files go afterwards, by a list that is kept in the same transaction.
"""

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import QueuedMail
from lifecycle.belongings import KEPT_UP, belongings
from readings.essays import delete_essays
from readings.models import Draft, Essay, PeopleVersion, Reading
from seminars.held import hold_seminar
from seminars.models import INVITATION_MAIL, Invitation, SeminarDeletion


def delete_seminar(pk: int) -> int:
    """Do the deletion of this key, if it is due; return how many rows went.

    0 where it was taken back, is not due yet, or was done: then its files are seen to once more.
    """
    with transaction.atomic():
        deletion = _due(pk)
        rows = _delete_all(deletion) if deletion else 0
    delete_files(pk)
    return rows


def delete_files(pk: int) -> None:
    """Let the files of a deletion that is done go from the store, those that are there still."""
    for name in _done(pk).values_list("files", flat=True).first() or ():
        default_storage.delete(name)
    _done(pk).update(files=[])


def _done(pk: int) -> QuerySet[SeminarDeletion]:
    return SeminarDeletion.objects.filter(pk=pk, finished_at__isnull=False)


def _due(pk: int) -> SeminarDeletion | None:
    due = SeminarDeletion.objects.due().filter(pk=pk)
    if deletion := due.first():
        # Whoever takes it back holds the seminar, too: one of both is first.
        hold_seminar(deletion.seminar_key, though_read_only=True)
    return due.select_for_update(of=("self",)).first()


def _delete_all(deletion: SeminarDeletion) -> int:
    seminar = deletion.seminar_key
    # From here to the end of the transaction the audit log lets this seminar's entries go.
    deletion.begun_at = timezone.now()
    deletion.save(update_fields=["begun_at"])
    there = Reading._base_manager.filter(seminar=seminar)
    readings = list(there.values_list("pk", flat=True))
    essays = set(there.exclude(essay__removed_at=None).values_list("essay", flat=True))
    rows = _delete(_mails_of(seminar))
    rows += sum(_delete(table.of(seminar)) for table in belongings())
    for model in KEPT_UP:
        of = {"seminar": seminar} if model is PeopleVersion else {"reading__in": readings}
        rows += _delete(model._base_manager.filter(**of))
    gone, deletion.files = _delete_essays(essays)
    deletion.rows_deleted, deletion.finished_at = rows + gone, timezone.now()
    deletion.save(update_fields=["files", "rows_deleted", "finished_at"])
    return rows + gone


def _delete(rows: "QuerySet[Any]") -> int:
    """Delete rows by one statement. Django's own deletion would load each row, and refuse those
    that others name, which go as well: the database asks when the transaction ends."""
    found: int = rows._raw_delete(rows.db)
    return found


def _mails_of(seminar: int) -> "QuerySet[Any]":
    """The invitations that wait to be sent. Mails with news are made when they are sent: of a
    seminar that is gone there is nothing to tell."""
    invitations = Invitation.objects.filter(seminar=seminar).values("pk")
    return QueuedMail.objects.filter(purpose=INVITATION_MAIL, target_id__in=invitations)


def _delete_essays(essays: Iterable[int]) -> tuple[int, list[str]]:
    """Delete those of these essays that are nobody's any more: out of the library, read by no
    other seminar, with nothing begun. Return how many rows went, and the files none else has."""
    begun = Draft.objects.filter(revision=None, essay__isnull=False).values("essay")
    read = Reading._base_manager.order_by().values("essay")
    out = Essay._base_manager.filter(pk__in=essays).exclude(removed_at=None)
    left = list(out.exclude(pk__in=read).exclude(pk__in=begun).values_list("pk", flat=True))
    return delete_essays(left) if left else (0, [])
