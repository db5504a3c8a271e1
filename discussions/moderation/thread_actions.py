"""What is decided about a thread as a whole: locked, slow, archived, looked at first."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from database.versions import Stale
from discussions.common.events import record_thread
from discussions.common.one_thread import locked_thread
from discussions.models import Action, Decision, Thread, ThreadState
from discussions.moderation.log import Notes, log_decision
from seminars import permissions
from seminars.events import EventKind
from seminars.models import Membership

MOST_SLOW_SECONDS = 24 * 60 * 60


def lock(*, thread: Thread, by: Membership, note_to_staff: str = "") -> Decision | None:
    """Let nobody reply any more; None where that is so already."""
    return _set_state(thread, by, ThreadState.LOCKED, note=note_to_staff)


def unlock(*, thread: Thread, by: Membership, note_to_staff: str = "") -> Decision | None:
    """Let people reply again, and as fast as they like; None where they can."""
    return _set_state(thread, by, ThreadState.OPEN, note=note_to_staff)


def slow_down(
    *, thread: Thread, by: Membership, seconds: int, note_to_staff: str = ""
) -> Decision | None:
    """Let each member wait so many seconds between two comments, up to a day.

    None where that is so already. Raises ValueError for another number of seconds.
    """
    if not 0 < seconds <= MOST_SLOW_SECONDS:
        raise ValueError("Slow mode is up to a day.")
    return _set_state(thread, by, ThreadState.SLOW, seconds=seconds, note=note_to_staff)


def archive(*, thread: Thread, by: Membership, note_to_staff: str = "") -> Decision | None:
    """Close a thread and put it away: it is read where it is looked for; None where it is so."""
    return _set_state(thread, by, ThreadState.ARCHIVED, note=note_to_staff)


ACTIONS = {
    ThreadState.OPEN: (Action.UNLOCK, EventKind.THREAD_UNLOCKED),
    ThreadState.SLOW: (Action.SLOW, EventKind.THREAD_SLOWED),
    ThreadState.LOCKED: (Action.LOCK, EventKind.THREAD_LOCKED),
    ThreadState.ARCHIVED: (Action.ARCHIVE, EventKind.THREAD_ARCHIVED),
}


def _set_state(
    thread: Thread, by: Membership, state: ThreadState, *, seconds: int = 0, note: str = ""
) -> Decision | None:
    with transaction.atomic():
        current = _to_decide(thread, by)
        before, slow_before = current.state, current.slow_seconds
        if (before, slow_before) == (state, seconds):
            return None
        current.state, current.slow_seconds = state, seconds
        current.save(update_fields=["state", "slow_seconds"])
        thread.state, thread.slow_seconds = state, seconds
        action, event = ACTIONS[state]
        record_thread(event, current, by=by)
        return log_decision(
            action,
            by=by,
            thread=current,
            before=_named(before, slow_before),
            after=_named(state, seconds),
            notes=Notes(to_staff=note),
        )


def _named(state: str, seconds: int) -> str:
    """A state as the log has it, like “slow 300”."""
    return f"{state} {seconds}" if seconds else str(state)


def premoderate(
    *, thread: Thread, by: Membership, on: bool, note_to_staff: str = ""
) -> Decision | None:
    """Let each comment of members in a thread wait for staff, or no more; None where it is so."""
    with transaction.atomic():
        current = _to_decide(thread, by)
        if current.is_premoderated == on:
            return None
        current.is_premoderated = thread.is_premoderated = on
        current.save(update_fields=["is_premoderated"])
        record_thread(EventKind.THREAD_PREMODERATED, current, by=by)
        return log_decision(
            Action.PREMODERATE,
            by=by,
            thread=current,
            before="off" if on else "on",
            after="on" if on else "off",
            notes=Notes(to_staff=note_to_staff),
        )


def moderate_thread(
    *,
    thread: Thread,
    by: Membership,
    state: str,
    slow_seconds: int,
    is_premoderated: bool,
    note_to_staff: str = "",
    version: int | None = None,
) -> None:
    """Set all of that at once; each thing that changes is a row of the log.

    `version` is how many decisions about the thread as a whole were made when it was seen
    (`Decision.objects.about_thread`). Raises PermissionDenied, Stale.
    """
    with transaction.atomic():
        current = _to_decide(thread, by)
        seconds = slow_seconds if state == ThreadState.SLOW else 0
        wanted = (state, seconds, is_premoderated)
        if (current.state, current.slow_seconds, current.is_premoderated) == wanted:
            return
        current.edit_version = Decision.objects.about_thread(current).count()  # type: ignore[attr-defined]  # for the form
        if version is not None and current.edit_version != version:  # type: ignore[attr-defined]
            raise Stale(current)
        _set_state(thread, by, ThreadState(state), seconds=seconds, note=note_to_staff)
        premoderate(thread=thread, by=by, on=is_premoderated, note_to_staff=note_to_staff)


def _to_decide(thread: Thread, by: Membership) -> Thread:
    """Return the thread as it stands, held; raise PermissionDenied for who may not decide."""
    if not permissions.can_lock(by, thread):
        raise PermissionDenied(_("Only an instructor can lock a thread."))
    current = locked_thread(by, pk=thread.pk)
    if current is None:
        raise PermissionDenied(_("This thread is not yours to see."))
    return current
