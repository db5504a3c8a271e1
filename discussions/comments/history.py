"""What a comment said before each change, newest first, with the words that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anchoring import WordChange, word_diff
from discussions.models import Comment


@dataclass(frozen=True, slots=True)
class CommentChange:
    """One change: when, and the difference that it made."""

    at: datetime
    words: Sequence[WordChange]


def build_history(comment: Comment) -> list[CommentChange]:
    """Return the changes of a comment, newest first, in one query."""
    changes = []
    after = comment.body
    for revision in comment.revisions.all():
        changes.append(CommentChange(revision.created_at, word_diff(revision.body, after)))
        after = revision.body
    return changes
