"""Who wrote anonymously: told to staff who ask, and kept in the log."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.common.locking import locked_comment
from discussions.models import Action, AuthorLabel, Comment, Decision, member_label
from seminars import permissions
from seminars.models import Membership

# Within it a second look is the first one, whose answer was lost.
SAME_LOOK = timedelta(minutes=1)


@transaction.atomic
def see_author(*, comment: Comment, by: Membership) -> AuthorLabel:
    """Return who wrote the comment, and write into the log that `by` was told.

    Raises PermissionDenied. Each time is logged, but for a form that is sent twice.
    """
    current = locked_comment(comment, by)
    if not permissions.can_see_author(by, current):
        raise PermissionDenied(_("Who wrote this is not for you to look up."))
    told = Decision.objects.filter(actor=by, comment=current, action=Action.SEE_AUTHOR)
    if not told.filter(created_at__gt=timezone.now() - SAME_LOOK).exists():
        Decision.objects.create(
            seminar_id=current.seminar_id,
            actor=by,
            actor_role=by.role,
            action=Action.SEE_AUTHOR,
            thread=current.thread,
            comment=current,
            comment_version=current.version,
            before=current.state,
            after=current.state,
        )
    return member_label(current.author, by)
