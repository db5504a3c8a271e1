"""What each write in a seminar begins with: its rule, held where the write is, and its lock."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from seminars.models import Membership, Seminar
from seminars.read_only import refuse_write


def require(
    allowed: bool, by: Membership, seminar_id: int, *, though_read_only: bool = False
) -> None:
    """Hold the rule once more where the write is, that `by` is of the same seminar, and that
    something is written there still."""
    if not though_read_only and by.seminar_id == seminar_id:
        refuse_write(by.seminar)
    if not allowed or by.seminar_id != seminar_id:
        raise PermissionDenied(_("Only an instructor of this seminar may do this."))


def hold_seminar(seminar_id: int, *, though_read_only: bool = False) -> Seminar:
    """Let one change of members happen at a time, so that two instructors who demote each
    other at once do not both succeed. SQLite's transactions are one at a time anyway. Who writes
    anything else in the seminar, and names it by its key, does not wait.

    Returns it as it is now. Raises PermissionDenied where it was archived meanwhile.
    """
    seminar = Seminar.objects.select_for_update(of=("self",), no_key=True).get(pk=seminar_id)
    if not though_read_only:
        refuse_write(seminar)
    return seminar
