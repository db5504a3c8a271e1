"""What each write in a seminar begins with: its rule, held where the write is, and its lock."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from seminars.models import Membership, Seminar


def require(allowed: bool, by: Membership, seminar_id: int) -> None:
    """Hold the rule once more where the write is, and that `by` is of the same seminar."""
    if not allowed or by.seminar_id != seminar_id:
        raise PermissionDenied(_("Only an instructor of this seminar may do this."))


def hold_seminar(seminar_id: int) -> None:
    """Let one change of members happen at a time, so that two instructors who demote each
    other at once do not both succeed. SQLite's transactions are one at a time anyway. Who writes
    anything else in the seminar, and names it by its key, does not wait."""
    Seminar.objects.select_for_update(of=("self",), no_key=True).get(pk=seminar_id)
