"""Threads: begun, listed, opened, and shown beside the text."""

from discussions.common.withholding import (
    load_withheld,
)
from discussions.threads.actions import (
    FarEnd,
    mention_in_opening,
    open_thread,
    start_thread,
)
from discussions.threads.audiences import (
    ChosenAudience,
    anonymity_for,
    anonymity_in,
    audience_choices,
    audience_label,
    chosen_audience,
    readers_of,
)
from discussions.threads.block_counts import (
    counts_by_block,
)
from discussions.threads.card_html import (
    CardWriter,
)
from discussions.threads.contents import (
    contents_of,
    writers_at,
)
from discussions.threads.contributions import (
    contribution_tasks,
)
from discussions.threads.conversation import (
    Shown,
    show_comment,
    show_reported,
    without_leaves,
)
from discussions.threads.forms import (
    AnonymousField,
    AudienceField,
    CommentForm,
    MarkingForm,
    MentioningForm,
    PassageForm,
    SeenField,
    WordsField,
)
from discussions.threads.highlights import (
    removed_context,
)
from discussions.threads.layer import (
    DiscussionLayer,
    composer,
)
from discussions.threads.linked import (
    LinkedEnds,
    LinkEnd,
    ShownLink,
    link_sentence,
    linked_ends,
    links_at,
    short_title,
    shown_links,
)
from discussions.threads.reactions_html import (
    REACTION_ICONS,
)
from discussions.threads.read_views import (
    find_marking,
)
from discussions.threads.reads import (
    let_be_new,
)
from discussions.threads.responses import (
    ThreadAnswer,
    conversation_response,
    is_on_reading_page,
    place_of,
    reactions_now,
    reply_response,
    talk_opened,
    tell,
    thread_is_gone,
)
from discussions.threads.starting import (
    started_from,
)
from discussions.threads.thread_outline import (
    SHOWN_LEVELS,
)
from discussions.threads.thread_rows import (
    link_rows,
)
from discussions.threads.thread_summaries import (
    ThreadCard,
    cards_of,
)
from discussions.threads.unread_counts import (
    new_threads,
    unread_comments,
    unread_threads,
)
from discussions.threads.watches import (
    watches,
)

__all__ = [
    "REACTION_ICONS",
    "SHOWN_LEVELS",
    "AnonymousField",
    "AudienceField",
    "CardWriter",
    "ChosenAudience",
    "CommentForm",
    "DiscussionLayer",
    "FarEnd",
    "LinkEnd",
    "LinkedEnds",
    "MarkingForm",
    "MentioningForm",
    "PassageForm",
    "SeenField",
    "Shown",
    "ShownLink",
    "ThreadAnswer",
    "ThreadCard",
    "WordsField",
    "anonymity_for",
    "anonymity_in",
    "audience_choices",
    "audience_label",
    "cards_of",
    "chosen_audience",
    "composer",
    "contents_of",
    "contribution_tasks",
    "conversation_response",
    "counts_by_block",
    "find_marking",
    "is_on_reading_page",
    "let_be_new",
    "link_rows",
    "link_sentence",
    "linked_ends",
    "links_at",
    "load_withheld",
    "mention_in_opening",
    "new_threads",
    "open_thread",
    "place_of",
    "reactions_now",
    "readers_of",
    "removed_context",
    "reply_response",
    "short_title",
    "show_comment",
    "show_reported",
    "shown_links",
    "start_thread",
    "started_from",
    "talk_opened",
    "tell",
    "thread_is_gone",
    "unread_comments",
    "unread_threads",
    "watches",
    "without_leaves",
    "writers_at",
]
