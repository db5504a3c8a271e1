"""A thread's comments as one member may see them, as a tree.

Put together here of the comments that a page shows. `Shown` holds words and names, never the row
they come from: what its viewer may not read is not in it, whatever shows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString

from config.template_tags import moment
from discussions.common.answered_questions import ThreadQuestion
from discussions.common.citations import words_in
from discussions.models import (
    TAKING,
    TOLD_TO_AUTHOR,
    UNDECIDED,
    Comment,
    CommentState,
    Decision,
    ReviewCause,
    ReviewItem,
    Thread,
)
from discussions.threads.audiences import audience_sentence
from discussions.threads.comment_responses import responses_to
from discussions.threads.question_line import QuestionLine, build_question_line
from discussions.threads.reactions_html import ReactionButton
from discussions.threads.thread_marks_html import ThreadMarks
from discussions.threads.thread_outline import Fold, OutlineRow, ThreadPage, ThreadPart
from discussions.threads.unread_counts import ALL_READ, ReadState
from documents.visible import isolated
from readings.page import silence_sentence
from seminars import permissions
from seminars.models import Membership


@dataclass(slots=True)
class Shown:
    """One comment for one viewer.

    `who` and `html` are empty where the viewer may know neither. `rights` has what the
    viewer may do with it: reply, edit, withdraw (and perhaps for good), undo, report, mute, hide,
    restore, amend, purge, ask-review, history, endorse, unendorse, react, reactors.
    """

    pk: int
    version: int
    depth: int
    state: str
    at: datetime
    who: str = ""
    role: str = ""
    is_alias: bool = False  # `who` is the name of somebody anonymous
    html: SafeString = field(default_factory=SafeString)
    reason: str = ""  # why it is hidden
    note: str = ""  # what staff told its author
    endorsed_by: str = ""  # who of staff says that it is the answer
    reactions: tuple[ReactionButton, ...] = ()  # none where there are none to show or to press
    is_own: bool = False
    is_new: bool = False
    is_muted: bool = False  # its author, by the viewer for themselves: folded
    is_edited: bool = False
    rights: frozenset[str] = frozenset()
    author: int = 0  # whom to write to, where the viewer may
    replies: list["Shown"] = field(default_factory=list)
    fold: Fold | None = None  # replies that are not shown here

    @property
    def moment(self) -> SafeString:
        """When it was said."""
        return moment(self.at)

    def respond(self, endorsed_by: str, reactions: tuple[ReactionButton, ...]) -> None:
        """Add what others have done to it, where its words stand."""
        if self.state != CommentState.PUBLISHED:
            return
        if "react" in self.rights or any(one.count for one in reactions):
            self.reactions = reactions
        if endorsed_by:
            self.endorsed_by = endorsed_by
            if "endorse" in self.rights:
                self.rights = self.rights - {"endorse"} | {"unendorse"}

    @property
    def is_public(self) -> bool:
        """Whether its words stand, or stood until their author took them back."""
        return self.state in {CommentState.PUBLISHED, CommentState.WITHDRAWN}

    @property
    def is_stub(self) -> bool:
        """Whether it only says that something stood there."""
        return self.is_withdrawn or (not self.is_public and not self.who)

    @property
    def is_hidden(self) -> bool:
        return self.state == CommentState.HIDDEN

    @property
    def is_withdrawn(self) -> bool:
        return self.state == CommentState.WITHDRAWN

    @property
    def is_behind_a_click(self) -> bool:
        """Words that were taken away, which a moderator may read if they want to."""
        taken = self.state in {CommentState.HIDDEN, CommentState.REMOVED}
        return taken and bool(self.who) and not self.is_own


@dataclass(slots=True)
class Conversation:
    """A page of a thread for one viewer; `comments` are the roots of its tree.

    Where a comment is continued, it is the only root, and `parents` are what it answers, from
    the first on. `own` are the viewer's new words after a gap. `page` says what is not shown.
    """

    thread: Thread
    page: ThreadPage
    parents: list[Shown]
    comments: list[Shown]
    own: list[Shown]
    audience: str  # a sentence
    question: QuestionLine | None
    can_reply: bool
    can_lock: bool
    can_remove: bool
    can_change_link: bool  # to another kind
    closed: str  # why the viewer cannot reply: the reading is closed, or they are muted
    read: ReadState
    is_withheld: bool  # until the viewer has written, they see their own words here and staff's
    marks: ThreadMarks | None = None  # what is set on the thread, where that is shown
    answers: ThreadQuestion | None = None  # what it publishes an answer to, where that is shown

    @property
    def continued_from(self) -> int | None:
        return self.page.start.pk if self.page.start else None

    @property
    def paged(self) -> list[Shown]:
        """The comments that a page is made of: the roots, or what answers the continued one."""
        return self.comments[0].replies if self.page.start else self.comments

    @property
    def part(self) -> ThreadPart | None:
        """What the page says of itself when it asks again; None where it shows the whole."""
        return None if self.page.is_whole and not self.page.start else self.page.part


def build_conversation(
    *,
    thread: Thread,
    page: ThreadPage,
    comments: Iterable[Comment],
    viewer: Membership,
    read: ReadState = ALL_READ,
) -> Conversation:
    """Put a page of a thread together, of the comments that it shows and perhaps of others."""
    found = {one.pk: one for one in comments if one.pk in page.shown}
    notes = _notes_to(viewer, found.values())
    asked = _appeals_of(viewer, found.values())
    responses = responses_to(thread, found.keys(), viewer)

    def show(row: OutlineRow, *, alone: bool = False) -> Shown:
        one = show_comment(found[row.pk], viewer, note=notes.get(row.pk, ""))
        one.is_new = row.is_new
        if row.pk in asked:
            one.rights = one.rights - {"ask-review"} | {asked[row.pk]}
        one.respond(responses.endorsed.get(row.pk, ""), responses.reactions_to(row.pk))
        if not alone:
            one.replies = [show(below) for below in row.replies if below.pk in page.shown]
            one.fold = page.folds.get(row.pk)
        return one

    roots = [show(row) for row in page.roots]
    if page.start:
        continued = show(page.start, alone=True)
        continued.replies, roots = roots, [continued]
    return Conversation(
        thread=thread,
        page=page,
        parents=[show(row, alone=True) for row in page.parents],
        comments=roots,
        own=[show(row) for row in page.own],
        audience=audience_sentence(thread, viewer),
        question=build_question_line(thread, viewer, found.values()),
        can_reply=permissions.can_reply(viewer, thread),
        can_lock=permissions.can_lock(viewer, thread),
        can_remove=permissions.can_remove_highlight(viewer, thread),
        can_change_link=permissions.can_change_link(viewer, thread),
        closed=silence_sentence(thread.reading, viewer),
        read=read,
        is_withheld=not viewer.withheld_ids.isdisjoint(thread.reading_ids),
    )


def show_comment(
    comment: Comment, viewer: Membership, *, note: str = "", page: str | None = None
) -> Shown:
    """Return what `viewer` may know of one comment; `page` is where the text stands that it cites,
    "" where that is the page itself, and the reading's where it is not said."""
    one = Shown(
        pk=comment.pk,
        version=comment.version,
        depth=comment.depth,
        state=comment.state,
        at=comment.created_at,
        reason=comment.staff_reason,
        is_own=comment.author_id == viewer.pk,
        is_edited=comment.edited_at is not None and comment.is_published,
        rights=_rights(comment, viewer),
    )
    one.is_muted = comment.is_published and permissions.has_muted(viewer, comment)
    if not one.rights.isdisjoint({"write-to", "mute"}):
        one.author = comment.author_id
    if permissions.can_read_body(viewer, comment):
        label = comment.author_for(viewer)
        one.who, one.role, one.is_alias = isolated(label.name), label.role, label.is_alias
        one.html = words_in(comment.thread, comment.html, page=page)
        one.note = isolated(note)
    return one


def show_reported(comment: Comment, viewer: Membership, html: str) -> Shown:
    """Return a comment as it was reported, for who may see its case; `html` is what it said."""
    one = show_comment(comment, viewer)
    if permissions.can_read_reported(viewer, comment):
        label = comment.author_for(viewer)
        one.who, one.role, one.is_alias = isolated(label.name), label.role, label.is_alias
        one.html = words_in(comment.thread, html)
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
        "return": permissions.can_return(viewer, comment),
        "remove": not comment.is_returned and permissions.can_remove(viewer, comment),
        "restore": permissions.can_restore(viewer, comment),
        "endorse": permissions.can_endorse(viewer, comment),
        "react": permissions.can_react(viewer, comment),
        "reactors": permissions.can_see_reactors(viewer, comment),
        "history": comment.edited_at is not None and permissions.can_read_body(viewer, comment),
        "amend": permissions.can_edit_for(viewer, comment),
        "purge": permissions.can_purge(viewer, comment),
        "ask-review": permissions.can_ask_review(viewer, comment),
        "author": permissions.can_see_author(viewer, comment),
        # Of an anonymous author this would tell who they are.
        "mute": comment.is_published
        and not comment.alias
        and permissions.can_mute_for_self(viewer, comment.author),
        "write-to": not comment.alias and permissions.can_write_to(viewer, comment.author),
    }
    return frozenset(name for name, yes in allowed.items() if yes)


def _notes_to(viewer: Membership, comments: Iterable[Comment]) -> dict[int, str]:
    """Return what staff told the viewer about their own comments that were taken or returned."""
    taken = [
        one.pk for one in comments if one.state in TOLD_TO_AUTHOR and one.author_id == viewer.pk
    ]
    if not taken:
        return {}
    decisions = Decision.objects.filter(comment__in=taken, action__in=TAKING)
    return dict(decisions.order_by("pk").values_list("comment_id", "note_to_member"))


def _appeals_of(viewer: Membership, comments: Iterable[Comment]) -> dict[int, str]:
    """Return, of the viewer's own words that were taken, whether they have asked for a review of
    the decision that stands: “asked”, or “looked-at” where staff have answered."""
    taken = [one.pk for one in comments if permissions.can_ask_review(viewer, one)]
    if not taken:
        return {}
    decided = Decision.objects.filter(
        comment=OuterRef("comment"),
        comment_version=OuterRef("comment__version"),
        created_at__lte=OuterRef("opened_at"),
    )
    appeals = ReviewItem.objects.filter(
        Exists(decided), comment__in=taken, cause=ReviewCause.APPEAL
    )
    rows = appeals.order_by("pk").values_list("comment_id", "state")
    return {pk: "asked" if state in UNDECIDED else "looked-at" for pk, state in rows}


def without_leaves(comments: list[Shown]) -> list[Shown]:
    """Leave out withdrawn comments under which nothing is left; the others stand as stubs."""
    kept = []
    for one in comments:
        one.replies = without_leaves(one.replies)
        if one.replies or not one.is_withdrawn:
            kept.append(one)
    return kept
