"""Threads as one member may see them from outside: a card in the margin, a row of the list.

A card holds words and names, never the rows they come from, so that no template
can show more of a hidden or withdrawn comment than its viewer may know.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.html import escape
from django.utils.translation import gettext as _

from anchoring import joined_quotes
from discussions.common.markdown import first_words, shorten
from discussions.models import Comment, CommentState, Thread, ThreadKind
from readings.models import Passage, Reading, Visit
from readings.page import class_member
from readings.passages import PassageChange
from seminars import permissions
from seminars.audience import Audience
from seminars.models import Membership

SHOWN_QUOTE = 240  # characters of the quoted words; the text itself has them all
NOTHING_NEW: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """One thread for one viewer. `who` is empty where its author is not to be known."""

    pk: int
    author_id: int
    kind: str
    audience: str  # in words, for the viewer: “Only you”, “Monday”, “Staff only”, “”
    who: str
    role: str
    replies: int
    opening: str  # HTML of the first comment that is left; or why staff has hidden it
    is_hidden: bool
    is_own: bool
    is_highlight: bool
    is_locked: bool
    unread: int  # comments of others since the visit before this one
    active_at: datetime
    is_of_group: bool
    rows: tuple[Passage, ...]

    @property
    def quote(self) -> str:
        """The words it is about, as they stand in the text; shortened."""
        return shorten(_quote(self.rows), SHOWN_QUOTE)

    @property
    def first(self) -> str:
        """How it begins."""
        return first_words(self.opening) if self.opening else ""

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
            _("Highlight")
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
) -> list[ThreadCard]:
    """Return the visible threads of a reading, oldest first, in three queries.

    `segments` has the rows of each of the reading's passages, by the first one's pk. With `keys`,
    of these passages alone, and of the whole reading where "" is among the keys.
    """
    found = Thread.objects.visible_to(membership).filter(reading=reading)
    if keys is not None:
        here = Q(passage__in=list(segments))
        found = found.filter(here | Q(passage=None) if "" in keys else here)
    threads = list(_with_openings(found))
    openings = _openings(threads)
    return [
        _card(thread, openings.get(thread.pk), membership, segments, unread.get(thread.pk, 0))
        for thread in threads
    ]


def card_of(*, thread: Thread, membership: Membership) -> ThreadCard:
    """Return one thread's card as it is now, for somebody who is reading it."""
    found = next(iter(_with_openings(Thread.objects.filter(pk=thread.pk))))
    segments = {thread.passage_id or 0: thread.passages()}
    return _card(found, _openings([found]).get(found.pk), membership, segments, 0)


def unread_counts(
    *, reading: Reading, membership: Membership, since: datetime | None
) -> dict[int, int]:
    """Return, per thread, how many comments of others are new since the visit before this one.

    Of all threads of the reading: who asks shows those alone that the member may see.
    """
    if since is None:
        return {}
    rows = (
        Comment.objects.filter(
            # The threads are few in which anything was said since: only theirs are counted.
            thread__reading=reading,
            thread__active_at__gt=since,
            state=CommentState.PUBLISHED,
            created_at__gt=since,
        )
        .exclude(author=membership)
        .values_list("thread_id")
        .annotate(Count("pk"))
        .order_by()
    )
    return dict(rows)


def own_blocks(*, reading: Reading, membership: Membership) -> set[str]:
    """Return the keys of the blocks where this member sees what their class does not.

    Those are where they have threads that their class does not see, or words that staff has
    hidden; "" is the whole reading.
    """
    shared = Thread.objects.visible_to(class_member(membership))
    threads = Thread.objects.visible_to(membership).filter(reading=reading)
    hidden = Comment.objects.filter(
        thread__reading=reading, author=membership, state=CommentState.HIDDEN
    )
    theirs = threads.filter(
        Q(author=membership) & ~Q(pk__in=shared.values("pk"))
        | Q(pk__in=hidden.order_by().values("thread"))
    )
    firsts = [pk or 0 for pk in theirs.order_by().values_list("passage", flat=True)]
    rows = Passage.objects.filter(Q(pk__in=firsts) | Q(continues__in=firsts))
    keys = set(rows.order_by().values_list("block_key", flat=True)) if any(firsts) else set()
    return keys | {""} if 0 in firsts else keys


def new_since(*, reading: Reading, membership: Membership) -> datetime | None:
    """Return the time after which comments are new; None on a first visit, when nothing is."""
    visit = Visit.objects.filter(reading=reading, membership=membership).first()
    return visit.new_since if visit else None


def _with_openings(threads: Iterable[Thread]) -> Iterable[Thread]:
    """Annotate each thread with `opening_pk`: its first comment that is not withdrawn."""
    left = Comment.objects.filter(thread=OuterRef("pk")).exclude(state=CommentState.WITHDRAWN)
    first = Subquery(left.order_by("seq").values("pk")[:1])
    rows = threads.annotate(opening_pk=first)  # type: ignore[attr-defined]
    found: Iterable[Thread] = rows.select_related("group").order_by("pk")
    return found


def _meet_authors(rows: Sequence[Thread | Comment]) -> None:
    """Give each row its author from one query: two hundred threads have thirty authors."""
    people = Membership.objects.select_related("user").in_bulk({row.author_id for row in rows})
    for row in rows:
        row.author = people[row.author_id]


def _openings(threads: Iterable[Thread]) -> dict[int, Comment]:
    """Return the first comment of each thread that has one, by the thread's pk."""
    by_pk: dict[int, Thread] = {}
    without: list[Thread] = []
    for thread in threads:
        opening = thread.opening_pk  # type: ignore[attr-defined]
        if opening is None:
            without.append(thread)
        else:
            by_pk[opening] = thread
    openings: dict[int, Comment] = {}
    for comment in Comment.objects.filter(pk__in=list(by_pk)).defer("body"):
        comment.thread = by_pk[comment.pk]
        openings[comment.thread_id] = comment
    _meet_authors([*openings.values(), *by_pk.values(), *without])
    return openings


def _card(
    thread: Thread,
    opening: Comment | None,
    viewer: Membership,
    segments: Mapping[int, Sequence[Passage]],
    unread: int,
) -> ThreadCard:
    rows = tuple(segments.get(thread.passage_id or 0, ()))
    # A hidden comment's words and author stay behind a click for staff, too: not on a card.
    readable = opening is None or opening.is_published or opening.author_id == viewer.pk
    author = opening.author if opening else thread.author
    label = (opening or thread).author_for(viewer)
    shared = author.group_id if readable else thread.group_id
    return ThreadCard(
        pk=thread.pk,
        author_id=thread.author_id,
        kind=thread.kind,
        audience=audience_label(thread, viewer),
        who=label.name if readable else "",
        role=label.role if readable else "",
        replies=thread.comment_count - int(bool(opening and opening.is_published)),
        opening=_opening(opening, readable=readable),
        is_hidden=bool(opening and opening.is_hidden),
        is_own=thread.author_id == viewer.pk,
        is_highlight=thread.is_highlight,
        is_locked=thread.is_locked,
        unread=unread,
        active_at=thread.active_at,
        is_of_group=viewer.group_id is not None and viewer.group_id in {shared, thread.group_id},
        rows=rows,
    )


def _quote(rows: Sequence[Passage]) -> str:
    """The words as they stand in the text; where they are gone from it, as they stood."""
    now = joined_quotes(row.quote for row in rows)
    return now or (rows[0].earlier_quote if rows else "")


def _opening(opening: Comment | None, *, readable: bool) -> str:
    if opening is None or readable:
        return opening.html if opening else ""
    return escape(_("Hidden by staff: %(reason)s") % {"reason": opening.hidden_reason})


def audience_label(thread: Thread, viewer: Membership) -> str:
    """Name who may see a thread, where it is not everybody."""
    if thread.audience == Audience.GROUP:
        return thread.group.name if thread.group else ""
    if thread.audience == Audience.ME:
        return _("Only you") if thread.author_id == viewer.pk else _("Only its author")
    return _("Staff only") if thread.audience == Audience.STAFF else ""


def audience_sentence(thread: Thread, viewer: Membership) -> str:
    """Say who can read a thread."""
    if thread.audience == Audience.GROUP:
        group = audience_label(thread, viewer)
        if thread.author.group_id == thread.group_id or thread.author.is_instructor:
            return _("%(group)s and the instructors can read this.") % {"group": group}
        return _("%(group)s, the instructors and whoever began it can read this.") % {
            "group": group
        }
    if thread.audience == Audience.STAFF:
        return _("Staff can read this, and whoever began it.")
    if thread.audience == Audience.ME:
        return _("%(who)s can read this.") % {"who": audience_label(thread, viewer)}
    return _("The whole seminar can read this.")


def audience_choices(member: Membership) -> list[tuple[str, str]]:
    """Return the audiences that this member may choose, with their names."""
    names: dict[str, object] = dict(Audience.choices)
    if member.group is not None:
        names[Audience.GROUP] = _("My group (%(name)s)") % {"name": member.group.name}
    return [
        (value, str(name))
        for value, name in names.items()
        if permissions.can_post_to_audience(member, value)
    ]
