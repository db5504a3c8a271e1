"""Reacting to a comment, taking that back, and naming the reactions of a seminar."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from database.versions import update_version
from discussions.common.events import record_comment
from discussions.common.locking import locked_comment
from discussions.models import Comment, Reaction
from readings.page import refuse_if_silent
from seminars import permissions
from seminars.events import EventKind, record
from seminars.models import Membership, Seminar
from seminars.reaction_kinds import reaction_names


def react(*, comment: Comment, kind: str, by: Membership) -> bool:
    """Add a reaction; False where it is there already. Raises PermissionDenied, also where the
    seminar does without this kind."""
    with transaction.atomic():
        current = _comment_to_react_to(comment, by)
        if kind not in reaction_names(by.seminar.reactions):
            raise PermissionDenied(_("This seminar does without that reaction."))
        same = {"comment": current, "member": by, "kind": kind}
        if Reaction.objects.filter(**same).exists():
            return False
        Reaction.objects.create(seminar_id=current.seminar_id, **same)
        record_comment(EventKind.REACTION_ADDED, current, by=by, reaction=kind)
    return True


def undo_reaction(*, comment: Comment, kind: str, by: Membership) -> bool:
    """Take a reaction back; False where there is none. Raises PermissionDenied."""
    with transaction.atomic():
        current = _comment_to_react_to(comment, by)
        own = Reaction.objects.filter(comment=current, member=by, kind=kind)
        if not own.delete()[0]:
            return False
        record_comment(EventKind.REACTION_REMOVED, current, by=by, reaction=kind)
    return True


@transaction.atomic
def name_reactions(
    *, seminar: Seminar, names: Mapping[str, str], by: Membership, version: int | None = None
) -> None:
    """Give the kinds other names, "" to do without one; raises Stale, PermissionDenied."""
    if not permissions.can_edit_seminar(by) or by.seminar_id != seminar.pk:
        raise PermissionDenied(_("Only an instructor can change the reactions."))
    if update_version(seminar, seen=version, reactions=dict(names)):
        record(EventKind.SEMINAR_CHANGED, by=by, target=seminar)


def _comment_to_react_to(comment: Comment, by: Membership) -> Comment:
    current = locked_comment(comment, by)
    refuse_if_silent(current.thread.reading, by)
    if not permissions.can_react(by, current):
        raise PermissionDenied(_("You cannot react to this comment."))
    return current
