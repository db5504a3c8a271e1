"""Comments: replying, changing, withdrawing."""

from discussions.comments.actions import (
    reply,
)
from discussions.comments.prompts import (
    PromptHandler,
)
from discussions.comments.views import (
    comment_context,
    stale_answer,
)

__all__ = [
    "PromptHandler",
    "comment_context",
    "reply",
    "stale_answer",
]
