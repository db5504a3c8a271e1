"""What a comment said before each change, newest first, with the words that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anchoring import WordChange, word_diff
from discussions.models import Comment, member_label
from documents.visible import isolated
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class CommentChange:
    """One change: when and why, and the difference that it made; `who`, where not the author."""

    at: datetime
    who: str
    reason: str
    words: Sequence[WordChange]


def build_history(comment: Comment, viewer: Membership) -> list[CommentChange]:
    """Return the changes of a comment, newest first, in one query."""
    changes = []
    after = comment.body
    for revision in comment.revisions.select_related("editor__user"):
        by_other = revision.editor_id != comment.author_id
        changes.append(
            CommentChange(
                at=revision.created_at,
                who=isolated(member_label(revision.editor, viewer).name) if by_other else "",
                reason=isolated(revision.reason),
                words=word_diff(revision.body, after),
            )
        )
        after = revision.body
    return changes
