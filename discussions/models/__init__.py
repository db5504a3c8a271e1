"""Threads on passages, the comments in them, and what moderators decide."""

from discussions.models.authors import (
    AuthorLabel,
    alias_label,
    author_label,
    label_then,
    member_label,
)
from discussions.models.comments import (
    LEAVES_NOTHING,
    MAX_BODY,
    MAX_DEPTH,
    MAX_REASON,
    TOLD_TO_AUTHOR,
    Comment,
    CommentQuerySet,
    CommentRevision,
    CommentState,
)
from discussions.models.links import DEFAULT_KINDS, MAX_LINK_KIND, MAX_LINK_KINDS, LinkKind
from discussions.models.mentions import Mention
from discussions.models.moderation import (
    MAX_REASON_NAME,
    MAX_REASONS,
    TAKING,
    UNDECIDED,
    Action,
    Decision,
    DecisionQuerySet,
    ModerationReason,
    Reason,
    Report,
    ReviewCause,
    ReviewItem,
    ReviewItemQuerySet,
    ReviewState,
)
from discussions.models.news import NewsRead, NewsReceipt
from discussions.models.news_mail import MailCadence, MailChoice, NewsMail
from discussions.models.pins import Pin
from discussions.models.questions import Endorsement, Outcome, Resolution
from discussions.models.reactions import Reaction
from discussions.models.reads import ThreadRead
from discussions.models.subscriptions import SubscriptionLevel, ThreadSubscription
from discussions.models.tags import MAX_TAG, MAX_TAGS, MAX_THREAD_TAGS, Tag, Tagging
from discussions.models.threads import (
    CLOSED_STATES,
    QuestionState,
    Thread,
    ThreadKind,
    ThreadQuerySet,
    ThreadState,
    far_end_open,
    far_words_open,
)
from discussions.models.undoable import Undoable

__all__ = [
    "CLOSED_STATES",
    "DEFAULT_KINDS",
    "LEAVES_NOTHING",
    "MAX_BODY",
    "MAX_DEPTH",
    "MAX_LINK_KIND",
    "MAX_LINK_KINDS",
    "MAX_REASON",
    "MAX_REASONS",
    "MAX_REASON_NAME",
    "MAX_TAG",
    "MAX_TAGS",
    "MAX_THREAD_TAGS",
    "TAKING",
    "TOLD_TO_AUTHOR",
    "UNDECIDED",
    "Action",
    "AuthorLabel",
    "Comment",
    "CommentQuerySet",
    "CommentRevision",
    "CommentState",
    "Decision",
    "DecisionQuerySet",
    "Endorsement",
    "LinkKind",
    "MailCadence",
    "MailChoice",
    "Mention",
    "ModerationReason",
    "NewsMail",
    "NewsRead",
    "NewsReceipt",
    "Outcome",
    "Pin",
    "QuestionState",
    "Reaction",
    "Reason",
    "Report",
    "Resolution",
    "ReviewCause",
    "ReviewItem",
    "ReviewItemQuerySet",
    "ReviewState",
    "SubscriptionLevel",
    "Tag",
    "Tagging",
    "Thread",
    "ThreadKind",
    "ThreadQuerySet",
    "ThreadRead",
    "ThreadState",
    "ThreadSubscription",
    "Undoable",
    "alias_label",
    "author_label",
    "far_end_open",
    "far_words_open",
    "label_then",
    "member_label",
]
