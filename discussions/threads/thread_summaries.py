"""Threads as one member may see them from outside: a card in the margin, a row of the list.

A card holds words and names, never the rows they come from, so that no template
can show more of a hidden or withdrawn comment than its viewer may know.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import escape
from django.utils.translation import gettext as _

from anchoring import joined_quotes
from discussions.common.markdown import first_words, shorten
from discussions.models import (
    CLOSED_STATES,
    AuthorLabel,
    Comment,
    CommentState,
    Thread,
    ThreadKind,
    ThreadState,
    alias_label,
    author_label,
    label_then,
    member_label,
)
from discussions.threads.audiences import audience_words
from discussions.threads.thread_marks_html import ThreadMarks, tags_of
from discussions.threads.thread_rows import (
    OpeningRow,
    ThreadRow,
    authors_of,
    opening_rows,
    thread_row,
    thread_rows,
)
from documents.visible import isolated
from readings.models import Passage, Reading
from readings.passages import PassageChange
from seminars import permissions
from seminars.models import Membership

SHOWN_QUOTE = 240  # characters of the quoted words; the text itself has them all
NOTHING_NEW: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """One thread for one viewer. `who` is empty where its author is not to be known."""

    pk: int
    author_id: int
    kind: str
    question_state: str
    audience: str  # in words, for the viewer: “Only you”, “Monday”, “Staff only”, “”
    who: str
    role: str
    is_alias: bool  # `who` is the name of somebody anonymous
    is_muted: bool  # by the viewer, for themselves: how it begins is not shown
    replies: int
    opening: str  # HTML of the first comment that is left; or why staff has hidden it
    is_hidden: bool
    has_own_held: bool  # words of the viewer that wait, were returned, hidden or removed
    is_held: bool  # all of it waits for staff
    is_own: bool
    is_highlight: bool
    is_locked: bool
    is_archived: bool
    is_slow: bool
    is_pinned: bool
    tags: tuple[str, ...]
    unread: int  # comments of others since the visit before this one
    active_at: datetime
    is_of_group: bool
    groups: frozenset[str]  # the names of its own, and of its author's
    comments: int  # that are published
    rows: tuple[Passage, ...]
    is_link: bool = False
    maker: str = ""  # who began it, where that is to be known; `who` is who speaks first in it
    is_maker_alias: bool = False

    @property
    def quote(self) -> str:
        """The words it is about, as they stand in the text; shortened."""
        return isolated(shorten(_quote(self.rows), SHOWN_QUOTE))

    @property
    def first(self) -> str:
        """How it begins."""
        return isolated(first_words(self.opening)) if self.opening else ""

    @property
    def shown_under(self) -> str:
        """The choices of the annotation filter under which the card stands, to others."""
        if self.kind == ThreadKind.GUIDE:
            return "mine group all"
        return "group all" if self.is_of_group else "all"

    @property
    def shown_to_viewer(self) -> str:
        """The same to the viewer: their own stand under each."""
        return "mine group all" if self.is_own else self.shown_under

    @property
    def change(self) -> PassageChange | None:
        """What a change of the text did to its words, if it did anything."""
        return PassageChange.of(self.rows)

    @property
    def name(self) -> str:
        """What a list of many kinds of things calls it."""
        if self.is_prompt:
            return _("Prompt")
        kind = (
            _("Link")
            if self.is_link
            else _("Highlight")
            if self.is_highlight
            else _("Question")
            if self.is_question
            else _("Thread")
        )
        if not self.who:
            return _("Hidden comment")
        return _("%(kind)s by %(who)s") % {"kind": kind, "who": self.who}

    @property
    def is_prompt(self) -> bool:
        return self.kind == ThreadKind.GUIDE

    @property
    def is_question(self) -> bool:
        return self.kind == ThreadKind.QUESTION


def cards_of(
    *,
    reading: Reading,
    membership: Membership,
    segments: Mapping[int, Sequence[Passage]],
    unread: Mapping[int, int] = NOTHING_NEW,
    keys: Collection[str] | None = None,
    tagged: bool = True,
) -> list[ThreadCard]:
    """Return the visible threads of a reading, oldest first, in four queries.

    Three, where the cards need not be `tagged`. `segments` has the rows of each of the reading's
    passages, by the first one's pk. With `keys`, of these passages alone, and of the whole reading
    where "" is among the keys.
    """
    rows = thread_rows(reading, membership, keys)
    tags = tags_of([one.pk for one in rows]) if tagged else {}
    return list(_cards(rows, membership, segments, unread, tags))


def cards_of_rows(
    rows: Sequence[ThreadRow], viewer: Membership, segments: Mapping[int, Sequence[Passage]]
) -> list[ThreadCard]:
    """Return the cards of threads that are at hand, of any readings, without tags; two queries."""
    return list(_cards(rows, viewer, segments, NOTHING_NEW, {}))


def card_now(thread: Thread, passages: Sequence[Passage], viewer: Membership) -> ThreadCard | None:
    """Return the card of one thread as it is now, in four queries, however long it is."""
    row = thread_row(thread, viewer)
    segments = {thread.passage_id: passages} if thread.passage_id else {}
    if row is None:
        return None
    return next(_cards([row], viewer, segments, NOTHING_NEW, tags_of([row.pk])))


def card_of(
    *,
    thread: Thread,
    opening: Comment | None,
    published: int,
    has_own_held: bool,
    marks: ThreadMarks,
    passages: Sequence[Passage],
    membership: Membership,
) -> ThreadCard:
    """Return the card of a thread for somebody who is reading it.

    `opening` is its first comment that is not withdrawn, `published` the number of those that
    are published, and `has_own_held` whether words of the reader in it are not public;
    `marks` is what is set on the thread.
    """
    author = opening.author if opening else thread.author
    label = author_label(opening or thread, membership)
    row = ThreadRow(
        pk=thread.pk,
        kind=thread.kind,
        audience=thread.audience,
        group_id=thread.group_id,
        group_name=thread.group.name if thread.group else None,
        addressee_id=thread.addressee_id,
        author_id=thread.author_id,
        author_role=thread.author_role,
        author_group_id=thread.author_group_id,
        author_group_name=thread.author_group.name if thread.author_group else None,
        alias=thread.alias,
        state=thread.state,
        question_state=thread.question_state,
        last_seq=thread.last_seq,
        comment_count=published,
        active_at=thread.active_at,
        passage_id=thread.passage_id,
        opening_pk=opening.pk if opening else None,
        has_own_held=has_own_held,
        is_pinned=marks.is_pinned,
        reading_id=thread.reading_id,
        far_reading_id=thread.far_reading_id,
        far_passage_id=thread.far_passage_id,
        link_kind_id=thread.link_kind_id,
    )
    people = {one.pk: one for one in (author, thread.addressee) if one}
    tags = {thread.pk: tuple(name for _, name in marks.tags)}
    return _card(row, opening, membership, label, people, tuple(passages), tags, NOTHING_NEW)


# --- From rows to cards --------------------------------------------------------------------------
def _cards(
    rows: Sequence[ThreadRow],
    viewer: Membership,
    segments: Mapping[int, Sequence[Passage]],
    unread: Mapping[int, int],
    tags: Mapping[int, tuple[str, ...]],
) -> Iterator[ThreadCard]:
    openings = {one.pk: one for one in opening_rows([one.opening_pk for one in rows])}
    # Two hundred threads have thirty authors.
    wrote = {one.author_id for one in rows} | {one.author_id for one in openings.values()}
    named = {one.addressee_id for one in rows if one.addressee_id}
    people = {one.pk: one for one in authors_of(wrote | named)}
    labels = {pk: member_label(member, viewer) for pk, member in people.items()}
    for row in rows:
        opening = openings.get(row.opening_pk or 0)
        words = opening or row
        label = label_then(labels[words.author_id], words.author_role)
        label = alias_label(words.alias) if words.alias else label
        passage = tuple(segments.get(row.passage_id or 0, ()))
        maker = label_then(labels[row.author_id], row.author_role)
        maker = alias_label(row.alias) if row.alias else maker
        yield _card(row, opening, viewer, label, people, passage, tags, unread, maker)


def _card(
    thread: ThreadRow,
    opening: OpeningRow | Comment | None,
    viewer: Membership,
    label: AuthorLabel,
    people: Mapping[int, Membership],
    passage: tuple[Passage, ...],
    tags: Mapping[int, tuple[str, ...]],
    unread: Mapping[int, int],
    maker: AuthorLabel | None = None,
) -> ThreadCard:
    is_published = opening is not None and opening.state == CommentState.PUBLISHED
    # A hidden comment's words and author stay behind a click for staff, too: not on a card.
    is_held = thread.last_seq == 0 and opening is not None
    waits = is_held and opening is not None and opening.state == CommentState.PENDING
    readable = opening is None or is_published or opening.author_id == viewer.pk or waits
    words = opening or thread
    is_muted = readable and permissions.has_muted(viewer, words)
    # The group of whoever is anonymous would tell who they are in a small one.
    is_named = readable and not words.alias
    shared = words.author_group_id if is_named else thread.group_id
    addressee = people[thread.addressee_id].name if thread.addressee_id else ""
    is_own = thread.author_id == viewer.pk
    return ThreadCard(
        pk=thread.pk,
        author_id=thread.author_id,
        kind=thread.kind,
        question_state=thread.question_state,
        audience=audience_words(
            thread.audience,
            thread.group_name or "",
            addressee,
            is_own=is_own,
            is_to_viewer=thread.addressee_id is not None and thread.addressee_id == viewer.pk,
        ),
        who=isolated(label.name) if readable else "",
        role=label.role if readable else "",
        is_alias=label.is_alias and readable,
        is_muted=is_muted,
        replies=thread.comment_count - int(is_published),
        opening="" if is_muted else _opening(opening, readable=readable),
        is_hidden=opening is not None
        and opening.state
        in (
            CommentState.HIDDEN,
            CommentState.REMOVED,
        ),
        has_own_held=thread.has_own_held,
        is_own=is_own,
        is_held=is_held,
        is_highlight=thread.last_seq == 0 and opening is None,
        is_locked=thread.state in CLOSED_STATES,
        is_archived=thread.state == ThreadState.ARCHIVED,
        is_slow=thread.state == ThreadState.SLOW,
        is_pinned=thread.is_pinned,
        tags=tags.get(thread.pk, ()),
        unread=unread.get(thread.pk, 0),
        active_at=thread.active_at,
        is_of_group=viewer.group_id is not None and viewer.group_id in {shared, thread.group_id},
        groups=_groups(thread, words if is_named else None),
        comments=thread.comment_count,
        rows=passage,
        is_link=thread.far_reading_id is not None,
        # Whose hidden words are, who began the thread with them is not told either.
        is_maker_alias=bool(thread.alias),
        maker=isolated(maker.name) if maker and (readable or not _begins(thread, opening)) else "",
    )


def _begins(thread: ThreadRow, opening: OpeningRow | Comment | None) -> bool:
    return opening is not None and opening.author_id == thread.author_id


def _groups(thread: ThreadRow, words: ThreadRow | OpeningRow | Comment | None) -> frozenset[str]:
    """The names of its group, and of that which the author of its first words was in then."""
    names = {thread.group_name, _author_group(words) if words else None}
    return frozenset(isolated(name) for name in names if name)


def _author_group(words: ThreadRow | OpeningRow | Comment) -> str | None:
    if isinstance(words, Comment):
        return words.author_group.name if words.author_group else None
    return words.author_group_name


def _quote(rows: Sequence[Passage]) -> str:
    """The words as they stand in the text; where they are gone from it, as they stood."""
    now = joined_quotes(row.quote for row in rows)
    return now or (rows[0].earlier_quote if rows else "")


def _opening(opening: OpeningRow | Comment | None, *, readable: bool) -> str:
    if opening is None or readable:
        return opening.html if opening else ""
    said = {
        CommentState.REMOVED: _("Removed by staff: %(reason)s"),
        CommentState.RETURNED: _("Its author is revising this comment"),
        CommentState.PENDING: _("Waits for staff"),
    }.get(CommentState(opening.state), _("Hidden by staff: %(reason)s"))
    return escape(said % {"reason": opening.staff_reason})
