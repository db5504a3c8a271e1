"""Comments: replying, changing, withdrawing."""

from discussions.comments.actions import (
    reply,
    rewrite,
)
from discussions.comments.prompts import (
    PromptHandler,
    ask_each_group,
    read_prompt,
)
from discussions.comments.rendering import (
    is_wrapped,
    render_anew,
)
from discussions.comments.views import (
    comment_context,
    stale_answer,
)

__all__ = [
    "PromptHandler",
    "ask_each_group",
    "comment_context",
    "is_wrapped",
    "read_prompt",
    "render_anew",
    "reply",
    "rewrite",
    "stale_answer",
]
