"""The review queue put together: each case with the words in their place, and who has said what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import gettext as _

from discussions.common.markdown import shorten
from discussions.models import (
    UNDECIDED,
    Comment,
    CommentState,
    Decision,
    Reason,
    ReviewItem,
    ReviewItemQuerySet,
)
from discussions.moderation.forms import ReviewForm
from discussions.threads import Shown, show_comment, show_reported
from documents.visible import isolated
from readings.models import Block, Passage
from seminars import permissions
from seminars.models import Membership, Role

QUEUE_LENGTH = 50  # cases on one page: more than one sitting
CONTEXT = 240  # characters on either side of the words: four lines, on a phone six
RECENT = 10  # decided cases below the queue, to look back at


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph of the essay, cut into what stands before, in and after the passage."""

    name: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report. `is_older` where the words changed after it."""

    reporter: str
    reason: str
    detail: str
    is_older: bool


@dataclass(slots=True)
class Case:
    """A review item as a moderator sees it."""

    item: ReviewItem
    comment: Shown
    reported: Shown | None  # what it said when it was reported, where it does not say so now
    author: int  # the membership's key; 0 where who it is would have to be looked up
    group: str
    parent: Shown | None
    places: list[MarkedParagraph]
    reports: list[ReportLine]
    hidden_before: int
    can_decide: bool
    needs_host: bool  # none of the seminar may decide
    form: ReviewForm
    decision: Decision | None = None
    decided_by: str = ""

    @property
    def reason_given(self) -> str:
        """Why it was hidden, in words."""
        reason = self.decision.reason if self.decision else ""
        return isolated(reason) if reason else ""

    @property
    def can_restore(self) -> bool:
        return "restore" in self.comment.rights


@dataclass(slots=True)
class Queue:
    """What review_queue.html shows."""

    cases: list[Case]
    recent: list[Case]
    waiting: int
    focus: int | None = None  # the case to go on with
    refused: dict[int, ReviewForm] = field(default_factory=dict)


def open_cases(member: Membership) -> ReviewItemQuerySet:
    """The cases that wait for this moderator."""
    found: ReviewItemQuerySet = ReviewItem.objects.for_moderator(member).open()
    return found


def build_queue(
    member: Membership, *, after: ReviewItem | None = None, refused: ReviewForm | None = None
) -> Queue:
    """Put the queue together in a fixed number of queries; `after` was decided a moment ago."""
    decisions = Prefetch(
        "decisions", Decision.objects.select_related("actor__user").order_by("-pk")
    )
    waiting = open_cases(member).for_review_page()
    closed = ReviewItem.objects.for_moderator(member).exclude(state__in=UNDECIDED)
    closed = closed.for_review_page().order_by(F("closed_at").desc(nulls_last=True), "-pk")
    items = list(waiting[:QUEUE_LENGTH])
    done = list(closed.prefetch_related(decisions)[:RECENT])
    cases = _cases([*items, *done], member)
    for case in cases:
        if refused is not None and after is not None and case.item.pk == after.pk:
            case.form = refused
    return Queue(
        cases=cases[: len(items)],
        recent=cases[len(items) :],
        waiting=open_cases(member).count(),
        focus=_next(items, after),
    )


def _next(items: Sequence[ReviewItem], after: ReviewItem | None) -> int | None:
    """Return the case to go on with after one was decided: the next, or the first again."""
    if after is None or not items:
        return None
    place = (after.opened_at, after.pk)
    following = [item for item in items if (item.opened_at, item.pk) >= place]
    return (following or items)[0].pk


def _cases(items: Sequence[ReviewItem], member: Membership) -> list[Case]:
    places = _places(items)
    records = _records(items)
    instructors = Membership.objects.current().with_role(Role.INSTRUCTOR)
    has_other = instructors.filter(seminar=member.seminar_id).count() > 1
    return [_case(item, member, places, records, has_other) for item in items]


def _case(
    item: ReviewItem,
    member: Membership,
    places: dict[int, list[MarkedParagraph]],
    records: dict[int, int],
    has_other_instructor: bool,
) -> Case:
    comment = item.comment
    parent = comment.parent
    if parent is not None:
        parent.thread = comment.thread
    decision = None
    if not item.is_undecided:
        decision = next(iter(item.decisions.all()), None)
    return Case(
        item=item,
        comment=show_comment(comment, member),
        author=0 if comment.alias else comment.author_id,
        group=_group_of(comment),
        parent=show_comment(parent, member) if parent else None,
        places=places.get(comment.thread.passage_id or 0, []),
        reported=_reported(item, member),
        reports=[
            ReportLine(
                isolated(report.reporter_for(member).name),
                str(Reason(report.reason).label),
                isolated(report.detail),
                is_older=_words_at(item, report.created_at) != comment.html,
            )
            for report in item.reports.all()
        ],
        hidden_before=records.get(comment.author_id, 0),
        can_decide=permissions.can_decide_case(member, comment, assignee_id=item.assignee_id),
        needs_host=not has_other_instructor and comment.author.is_instructor,
        form=ReviewForm(
            auto_id=f"review-{item.pk}-%s",
            seminar=member.seminar,
            initial={"version": comment.version, "review_version": item.version},
        ),
        decision=decision,
        decided_by=isolated(decision.actor_for(member).name) if decision else "",
    )


def _group_of(comment: Comment) -> str:
    """Where its author takes part; of an anonymous one nothing, it would tell who they are."""
    group = None if comment.alias else comment.author.group
    return isolated(group.name) if group else ""


def _reported(item: ReviewItem, member: Membership) -> Shown | None:
    """Return the comment as it was reported first, where it says something else now, or nothing."""
    first = next(iter(item.reports.all()), None)
    html = _words_at(item, first.created_at) if first else item.comment.html
    if html == item.comment.html and not item.comment.is_withdrawn:
        return None
    return show_reported(item.comment, member, html)


def _words_at(item: ReviewItem, at: datetime) -> str:
    """Return what the comment said at a moment: each revision has what stood until it was made."""
    later = [one for one in item.comment.revisions.all() if one.created_at > at]
    return min(later, key=lambda one: one.created_at).html if later else item.comment.html


def _places(items: Iterable[ReviewItem]) -> dict[int, list[MarkedParagraph]]:
    """Return, per passage, the paragraphs it is in; two queries."""
    threads = [item.comment.thread for item in items]
    firsts = {thread.passage_id: thread for thread in threads if thread.passage_id}
    rows = Passage.objects.filter(Q(pk__in=firsts) | Q(continues__in=firsts)).order_by("pk")
    rows_found = list(rows)
    blocks = {
        (block.revision_id, block.key): block
        for block in Block.objects.filter(
            revision__in={thread.reading.revision_id for thread in threads},
            key__in={row.block_key for row in rows_found},
        )
    }
    places: dict[int, list[MarkedParagraph]] = {}
    for row in rows_found:
        first = row.continues_id or row.pk
        block = blocks.get((firsts[first].reading.revision_id, row.block_key))
        places.setdefault(first, []).append(_place(row, block))
    return places


def _place(row: Passage, block: Block | None) -> MarkedParagraph:
    if block is None:
        return MarkedParagraph(_("A paragraph that is gone"), row.prefix, row.quote, row.suffix)
    if row.start is None or row.end is None:
        return MarkedParagraph(str(block), block.text, "", "")
    before, after = block.text[: row.start], block.text[row.end :]
    words = block.text[row.start : row.end]
    return MarkedParagraph(str(block), _last_words(before), words, shorten(after, CONTEXT))


def _last_words(text: str) -> str:
    """Return the end of what stands before the words, so that these are in sight at once."""
    if len(text) <= CONTEXT:
        return text
    return f"…{text[-CONTEXT:].partition(' ')[2]}"


def _records(items: Iterable[ReviewItem]) -> dict[int, int]:
    """Return, per author, how many of their comments are hidden; what was restored is forgotten."""
    authors = {item.comment.author_id for item in items}
    rows = (
        Comment.objects.filter(author__in=authors, state=CommentState.HIDDEN)
        .values_list("author")
        .annotate(Count("pk"))
        .order_by()
    )
    return dict(rows)
