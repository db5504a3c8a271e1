"""A thread's comments as one member may see them, as a tree.

One flat query, put together here. `Shown` holds words and names, never the row
they come from: what its viewer may not read is not in it, whatever shows it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.utils.safestring import SafeString, mark_safe

from config.template_tags import moment
from database.prepared import Parameter, PreparedQuery
from discussions.models import Action, Comment, CommentState, Decision, Thread
from discussions.threads.thread_rows import new_since
from discussions.threads.thread_summaries import audience_sentence
from documents.visible import isolated
from seminars import permissions
from seminars.models import Membership

# Below them, “continue this thread”: a margin has no room for more.
SHOWN_LEVELS = 3

_COMMENTS = PreparedQuery(
    lambda: Comment.objects.filter(
        thread=Parameter("thread", models.BigIntegerField())
    ).for_thread_page()
)


@dataclass(slots=True)
class Shown:
    """One comment for one viewer.

    `who` and `html` are empty where the viewer may know neither. `rights` has what the
    viewer may do with it: reply, edit, withdraw (and perhaps for good), undo, report, hide,
    restore, history.
    """

    pk: int
    version: int
    depth: int
    state: str
    at: datetime
    who: str = ""
    role: str = ""
    html: SafeString = field(default_factory=SafeString)
    reason: str = ""  # why it is hidden
    note: str = ""  # what staff told its author
    is_own: bool = False
    is_new: bool = False
    is_edited: bool = False
    rights: frozenset[str] = frozenset()
    replies: list["Shown"] = field(default_factory=list)
    more: int = 0  # replies that are not shown here, below the third level

    @property
    def moment(self) -> SafeString:
        """When it was said."""
        return moment(self.at)

    @property
    def is_hidden(self) -> bool:
        return self.state == CommentState.HIDDEN

    @property
    def is_withdrawn(self) -> bool:
        return self.state == CommentState.WITHDRAWN

    @property
    def is_behind_a_click(self) -> bool:
        """Hidden words that a moderator may read if they want to."""
        return self.is_hidden and bool(self.who) and not self.is_own


@dataclass(slots=True)
class Conversation:
    """A thread for one viewer; `comments` are the roots of its tree."""

    thread: Thread
    comments: list[Shown]
    audience: str  # a sentence
    continued_from: int | None
    can_reply: bool
    can_lock: bool
    can_remove: bool

    def shows(self, pk: int) -> bool:
        """Whether this comment is among those shown, and not below the third level."""
        return _holds(self.comments, pk)


def comments_of(thread: Thread) -> list[Comment]:
    """Return all of a thread's comments, and let the thread know of the last of them."""
    comments = _COMMENTS.all(thread=thread.pk)
    for comment in comments:
        comment.thread = thread
        thread.last_seq = max(thread.last_seq, comment.seq)
    return comments


def build_conversation(
    *,
    thread: Thread,
    comments: Sequence[Comment],
    viewer: Membership,
    continued_from: int | None = None,
) -> Conversation:
    """Put a thread together; with `continued_from`, only that comment and what is below it."""
    notes = _notes_to(viewer, comments)
    since = new_since(reading=thread.reading, membership=viewer)
    children: defaultdict[int | None, list[Shown]] = defaultdict(list)
    by_pk: dict[int, Shown] = {}
    for comment in comments:
        one = show_comment(comment, viewer, note=notes.get(comment.pk, ""))
        one.is_new = _is_new(comment, viewer, since)
        by_pk[comment.pk] = one
        children[comment.parent_id].append(one)
    for one in by_pk.values():
        one.replies = children[one.pk]
    roots = without_leaves(children[None])
    if continued_from in by_pk:
        roots = [by_pk[continued_from]]
    _cut(roots, SHOWN_LEVELS)
    return Conversation(
        thread=thread,
        comments=roots,
        audience=audience_sentence(thread, viewer),
        continued_from=continued_from if continued_from in by_pk else None,
        can_reply=permissions.can_reply(viewer, thread),
        can_lock=permissions.can_lock(viewer, thread),
        can_remove=thread.is_highlight and thread.author_id == viewer.pk,
    )


def show_comment(comment: Comment, viewer: Membership, *, note: str = "") -> Shown:
    """Return what `viewer` may know of one comment."""
    one = Shown(
        pk=comment.pk,
        version=comment.version,
        depth=comment.depth,
        state=comment.state,
        at=comment.created_at,
        reason=comment.hidden_reason,
        is_own=comment.author_id == viewer.pk,
        is_edited=comment.edited_at is not None and comment.is_published,
        rights=_rights(comment, viewer),
    )
    if permissions.can_read_body(viewer, comment):
        label = comment.author_for(viewer)
        one.who, one.role = isolated(label.name), label.role
        one.html = mark_safe(comment.html)  # noqa: S308 - sanitised when it was written
        one.note = isolated(note)
    return one


def show_reported(comment: Comment, viewer: Membership, html: str) -> Shown:
    """Return a comment as it was reported, for who may see its case; `html` is what it said."""
    one = show_comment(comment, viewer)
    if permissions.can_read_reported(viewer, comment):
        label = comment.author_for(viewer)
        one.who, one.role = isolated(label.name), label.role
        one.html = mark_safe(html)  # noqa: S308 - sanitised when it was written
    return one


def _rights(comment: Comment, viewer: Membership) -> frozenset[str]:
    allowed = {
        "reply": comment.is_published and permissions.can_reply(viewer, comment.thread),
        "edit": permissions.can_edit(viewer, comment),
        "withdraw": permissions.can_withdraw(viewer, comment),
        "for-good": permissions.withdraws_for_good(viewer, comment),
        "undo": permissions.can_undo_withdrawal(viewer, comment),
        "report": permissions.can_report(viewer, comment),
        "hide": comment.is_published and permissions.can_decide(viewer, comment),
        "restore": permissions.can_restore(viewer, comment),
        "history": comment.edited_at is not None and permissions.can_read_body(viewer, comment),
    }
    return frozenset(name for name, yes in allowed.items() if yes)


def _notes_to(viewer: Membership, comments: Iterable[Comment]) -> dict[int, str]:
    """Return what staff told the viewer about their own hidden comments."""
    hidden = [one.pk for one in comments if one.is_hidden and one.author_id == viewer.pk]
    if not hidden:
        return {}
    decisions = Decision.objects.filter(comment__in=hidden, action=Action.HIDE)
    return dict(decisions.order_by("pk").values_list("comment_id", "note_to_member"))


def _is_new(comment: Comment, viewer: Membership, since: datetime | None) -> bool:
    if since is None or comment.author_id == viewer.pk or not comment.is_published:
        return False
    return comment.created_at > since


def without_leaves(comments: list[Shown]) -> list[Shown]:
    """Leave out withdrawn comments under which nothing is left; the others stand as stubs."""
    kept = []
    for one in comments:
        one.replies = without_leaves(one.replies)
        if one.replies or not one.is_withdrawn:
            kept.append(one)
    return kept


def _cut(comments: Iterable[Shown], levels: int) -> None:
    """Keep so many levels; the last one says how many replies are below it."""
    for one in comments:
        if levels > 1:
            _cut(one.replies, levels - 1)
        else:
            one.more = _size(one.replies)
            one.replies = []


def _holds(comments: Iterable[Shown], pk: int) -> bool:
    return any(one.pk == pk or _holds(one.replies, pk) for one in comments)


def _size(comments: Iterable[Shown]) -> int:
    return sum(1 + _size(one.replies) for one in comments)
