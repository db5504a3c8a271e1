"""Whose an essay is: its owner says who else may change it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from readings.models import Essay
from seminars.permissions import can_remove_essay, can_share_essay


@transaction.atomic
def share_essay(*, essay: Essay, editor: User, by: User) -> None:
    """Let `editor` change the essay as its owner may. Twice is as once."""
    _hold(essay, by)
    essay.editors.add(editor)


@transaction.atomic
def end_sharing(*, essay: Essay, editor_id: int, by: User) -> None:
    """Take that back: their drafts of it stay, and become essays of their own. Twice is as once."""
    _hold(essay, by)
    essay.editors.remove(editor_id)


@transaction.atomic
def remove_essay(*, essay: Essay, by: User) -> None:
    """Take the essay out of the library: nobody puts it before a seminar or changes it any more.

    Where it is read it stays, with all that was written there. Twice is as once.
    """
    _hold_to_remove(essay, by)
    Essay.objects.filter(pk=essay.pk, removed_at=None).update(removed_at=timezone.now())


@transaction.atomic
def restore_essay(*, essay: Essay, by: User) -> None:
    """Put it back, as it was. Twice is as once."""
    _hold_to_remove(essay, by)
    Essay.objects.filter(pk=essay.pk).update(removed_at=None)


def _hold_to_remove(essay: Essay, by: User) -> None:
    if not can_remove_essay(by, essay):
        raise PermissionDenied(_("Only whose essay it is takes it out of the library."))
    Essay.objects.select_for_update(of=("self",)).get(pk=essay.pk)


def _hold(essay: Essay, by: User) -> None:
    """Hold the essay, so that no revision of it is published by whom this is about meanwhile."""
    if not can_share_essay(by, essay):
        raise PermissionDenied(_("Only whose essay it is says who may change it."))
    Essay.objects.select_for_update(of=("self",)).get(pk=essay.pk)
