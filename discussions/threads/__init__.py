"""Threads: begun, listed, opened, and shown beside the text."""

from discussions.threads.actions import (
    open_thread,
    start_thread,
)
from discussions.threads.card_html import (
    CardWriter,
)
from discussions.threads.contents import (
    contents_of,
)
from discussions.threads.conversation import (
    Shown,
    show_comment,
    show_reported,
    without_leaves,
)
from discussions.threads.forms import (
    AudienceField,
    CommentForm,
    MentioningForm,
    WordsField,
)
from discussions.threads.layer import (
    DiscussionLayer,
)
from discussions.threads.read_views import (
    find_marking,
)
from discussions.threads.responses import (
    ThreadAnswer,
    conversation_response,
    place_of,
    reactions_now,
    reply_response,
    tell,
    thread_is_gone,
)
from discussions.threads.thread_outline import (
    SHOWN_LEVELS,
)
from discussions.threads.thread_summaries import (
    ThreadCard,
    audience_choices,
    audience_label,
    cards_of,
)
from discussions.threads.unread_counts import (
    new_threads,
)
from discussions.threads.watches import (
    watches,
)

__all__ = [
    "SHOWN_LEVELS",
    "AudienceField",
    "CardWriter",
    "CommentForm",
    "DiscussionLayer",
    "MentioningForm",
    "Shown",
    "ThreadAnswer",
    "ThreadCard",
    "WordsField",
    "audience_choices",
    "audience_label",
    "cards_of",
    "contents_of",
    "conversation_response",
    "find_marking",
    "new_threads",
    "open_thread",
    "place_of",
    "reactions_now",
    "reply_response",
    "show_comment",
    "show_reported",
    "start_thread",
    "tell",
    "thread_is_gone",
    "watches",
    "without_leaves",
]
