"""What is decided at a comment itself: what it becomes, by which form, and what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from discussions.models import Comment, CommentState
from discussions.moderation import actions
from discussions.moderation.forms import HideForm, RestoreForm
from seminars import permissions
from seminars.models import Membership

NOT_YOURS = gettext_lazy("This comment is not yours to decide on.")


@dataclass(frozen=True, slots=True)
class DecisionHere:
    """One of them. `may` is asked before its form is shown; the action asks once more."""

    state: CommentState
    act: Callable[..., Any]
    form: type[HideForm | RestoreForm]
    may: Callable[[Membership, Comment], bool]
    title: str | Promise
    button: str | Promise
    effect: str | Promise
    said: str | Promise
    refused: str | Promise = NOT_YOURS

    @property
    def takes(self) -> bool:
        """Whether it takes words from their readers, who are told why."""
        return self.state != CommentState.PUBLISHED


HERE = {
    one.state.value: one
    for one in (
        DecisionHere(
            CommentState.HIDDEN,
            actions.hide,
            HideForm,
            permissions.can_decide,
            gettext_lazy("Hide a comment"),
            gettext_lazy("Hide"),
            gettext_lazy("Readers see that it is hidden, and why"),
            gettext_lazy("Comment hidden"),
        ),
        DecisionHere(
            CommentState.RETURNED,
            actions.return_to_author,
            HideForm,
            permissions.can_return,
            gettext_lazy("Return a comment"),
            gettext_lazy("Return"),
            gettext_lazy("Only its author sees it, and can revise it"),
            gettext_lazy("Comment returned"),
        ),
        DecisionHere(
            CommentState.REMOVED,
            actions.remove,
            HideForm,
            permissions.can_remove,
            gettext_lazy("Remove a comment"),
            gettext_lazy("Remove"),
            gettext_lazy("The words go from every page; readers see why"),
            gettext_lazy("Comment removed"),
        ),
        DecisionHere(
            CommentState.PUBLISHED,
            actions.restore,
            RestoreForm,
            permissions.can_restore,
            gettext_lazy("Restore a comment"),
            gettext_lazy("Restore"),
            gettext_lazy("Readers see it again"),
            gettext_lazy("Comment restored"),
            gettext_lazy("Only an instructor can restore a comment."),
        ),
    )
}


def decision_asked(comment: Comment, state: str | None) -> DecisionHere:
    """Return the one that is asked for; of what stands to hide it, of what does not to restore."""
    gone = comment.is_hidden or comment.is_removed
    usual = CommentState.PUBLISHED if gone else CommentState.HIDDEN
    return HERE.get(state or "", HERE[usual.value])
