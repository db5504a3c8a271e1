"""Threads on passages, the comments in them, and what moderators decide."""

from discussions.models.authors import AuthorLabel, author_label
from discussions.models.comments import (
    MAX_BODY,
    MAX_DEPTH,
    Comment,
    CommentQuerySet,
    CommentRevision,
    CommentState,
)
from discussions.models.moderation import (
    Action,
    Decision,
    DecisionQuerySet,
    Reason,
    Report,
    ReviewItem,
    ReviewItemQuerySet,
    ReviewState,
)
from discussions.models.threads import (
    Thread,
    ThreadKind,
    ThreadQuerySet,
    ThreadState,
)

__all__ = [
    "MAX_BODY",
    "MAX_DEPTH",
    "Action",
    "AuthorLabel",
    "Comment",
    "CommentQuerySet",
    "CommentRevision",
    "CommentState",
    "Decision",
    "DecisionQuerySet",
    "Reason",
    "Report",
    "ReviewItem",
    "ReviewItemQuerySet",
    "ReviewState",
    "Thread",
    "ThreadKind",
    "ThreadQuerySet",
    "ThreadState",
    "author_label",
]
