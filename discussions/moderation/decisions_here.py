"""What is decided at a comment itself: what it becomes, by which form, and who may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from discussions.models import Action, Comment, CommentState
from discussions.moderation import actions
from discussions.moderation.decision_words import WORDS, DecisionWords
from discussions.moderation.forms import HideForm, RestoreForm
from seminars import permissions
from seminars.models import Membership

NOT_YOURS = gettext_lazy("This comment is not yours to decide on.")


@dataclass(frozen=True, slots=True)
class DecisionHere:
    """One of them. `may` is asked before its form is shown; the action asks once more."""

    state: CommentState
    action: Action
    act: Callable[..., Any]
    form: type[HideForm | RestoreForm]
    may: Callable[[Membership, Comment], bool]
    refused: str | Promise = NOT_YOURS

    @property
    def takes(self) -> bool:
        """Whether it takes words from their readers, who are told why."""
        return self.state != CommentState.PUBLISHED

    @property
    def words(self) -> DecisionWords:
        return WORDS[self.action]


HERE = {
    one.state.value: one
    for one in (
        DecisionHere(
            CommentState.HIDDEN, Action.HIDE, actions.hide, HideForm, permissions.can_decide
        ),
        DecisionHere(
            CommentState.RETURNED,
            Action.RETURN,
            actions.return_to_author,
            HideForm,
            permissions.can_return,
        ),
        DecisionHere(
            CommentState.REMOVED, Action.REMOVE, actions.remove, HideForm, permissions.can_remove
        ),
        DecisionHere(
            CommentState.PUBLISHED,
            Action.RESTORE,
            actions.restore,
            RestoreForm,
            permissions.can_restore,
            gettext_lazy("Only an instructor can restore a comment."),
        ),
    )
}


def decision_asked(comment: Comment, state: str | None) -> DecisionHere:
    """Return the one that is asked for; of what stands to hide it, of what does not to restore."""
    gone = comment.is_hidden or comment.is_removed
    usual = CommentState.PUBLISHED if gone else CommentState.HIDDEN
    return HERE.get(state or "", HERE[usual.value])
