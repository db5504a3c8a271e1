"""Comments: replying, changing, withdrawing."""

from discussions.comments.actions import (
    reply,
)
from discussions.comments.views import (
    comment_context,
    stale_answer,
)

__all__ = [
    "comment_context",
    "reply",
    "stale_answer",
]
