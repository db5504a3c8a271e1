"""Having a seminar deleted after a waiting time, and taking that back."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mail import queue_made_mail
from lifecycle.background import delete_when_due
from lifecycle.deletion_mail import DELETED_MAIL, KEPT_MAIL
from seminars.held import hold_seminar
from seminars.models import Membership, Seminar, SeminarDeletion
from seminars.permissions import can_delete_any_seminar, can_delete_seminar

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def ask_deletion(*, seminar: Seminar, by: "User") -> SeminarDeletion:
    """Close the seminar to all but its instructors and the host, tell its members, and have it
    deleted when the waiting time is over. Where that was asked for already, it stays so."""
    held = _held(seminar, by)
    standing = SeminarDeletion.objects.standing().filter(seminar_key=held.pk).first()
    if standing is not None:
        return standing
    due = timezone.now() + timedelta(days=settings.SEMINAR_DELETION_DAYS)
    deletion = SeminarDeletion.objects.create(seminar_key=held.pk, asked_by=by, due_at=due)
    Seminar.objects.filter(pk=held.pk).update(deleted_from=due)
    _tell_members(held, by, DELETED_MAIL)
    pk = deletion.pk
    transaction.on_commit(lambda: delete_when_due.using(run_after=due).enqueue(pk))
    return deletion


@transaction.atomic
def take_back_deletion(*, seminar: Seminar, by: "User") -> bool:
    """Let the seminar be as it was before; False where nothing is to be taken back."""
    held = _held(seminar, by)
    standing = SeminarDeletion.objects.standing().filter(seminar_key=held.pk)
    if not standing.update(taken_back_at=timezone.now()):
        return False
    Seminar.objects.filter(pk=held.pk).update(deleted_from=None)
    _tell_members(held, by, KEPT_MAIL)
    return True


def _held(seminar: Seminar, by: "User") -> Seminar:
    """The seminar as it is now, for an instructor of it or the host; PermissionDenied otherwise."""
    held = hold_seminar(seminar.pk, though_read_only=True)
    members = Membership.objects.current().filter(seminar=held, user=by).select_related("seminar")
    if not can_delete_any_seminar(by) and not any(map(can_delete_seminar, members)):
        raise PermissionDenied(_("Only an instructor of this seminar or the host may do this."))
    return held


def _tell_members(seminar: Seminar, by: "User", purpose: str) -> None:
    members = seminar.memberships.current().filter(user__is_active=True).exclude(user=by)
    for pk in members.values_list("pk", flat=True):
        queue_made_mail(purpose=purpose, target_id=pk)
