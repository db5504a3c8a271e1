"""Comments: replying, changing, withdrawing."""

from discussions.comments.actions import (
    reply,
)
from discussions.comments.prompts import (
    PromptHandler,
    read_prompt,
)
from discussions.comments.rendering import (
    render_anew,
)
from discussions.comments.views import (
    comment_context,
    stale_answer,
)

__all__ = [
    "PromptHandler",
    "comment_context",
    "read_prompt",
    "render_anew",
    "reply",
    "stale_answer",
]
