"""Rows held still while they are written."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from discussions.models import Comment, Thread
from seminars.models import Membership


def locked_comment(comment: Comment, by: Membership, *, withdrawn_too: bool = False) -> Comment:
    """Return the comment as it stands now, locked with its thread until the transaction ends.

    The thread comes first, as in every write, so that two writers never wait for
    each other. Raises PermissionDenied where `by` cannot see the thread.
    """
    reached = Thread.objects.reached_by(by) if withdrawn_too else Thread.objects.visible_to(by)
    thread = reached.select_for_update(of=("self",)).filter(pk=comment.thread_id).first()
    if thread is None:
        raise PermissionDenied(_("This thread is not yours to see."))
    current = Comment.objects.select_for_update(of=("self",)).select_related("author")
    found = current.get(pk=comment.pk)
    found.thread = thread
    return found
