"""The desk put together: what waits, the case that is open, and what was decided lately."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, Prefetch
from django.utils import timezone

from discussions.models import UNDECIDED, Action, Decision, ReviewItem
from discussions.moderation.case_choices import ManyChoice, many_choices
from discussions.moderation.case_history import decided
from discussions.moderation.decision_words import said_of
from discussions.moderation.open_case import Case, build_case
from discussions.moderation.rare_actions import UNDO_WITHIN, UNDOABLE
from discussions.moderation.waiting_list import (
    FilterPicker,
    QueueFilter,
    WaitingRow,
    author_name,
    list_waiting,
    open_cases,
    pickers,
    waiting_rows,
)
from discussions.threads import Shown, show_comment
from documents.visible import isolated
from seminars.models import Membership
from seminars.permissions import may_change

RECENT = 10  # decided cases below the queue, to look back at


@dataclass(frozen=True, slots=True)
class Decided:
    """A case of lately: what was decided, and the words."""

    item: ReviewItem
    what: str
    decision: Decision | None
    who: str
    comment: Shown

    @property
    def reason(self) -> str:
        """Why, in words."""
        reason = self.decision.reason if self.decision else ""
        return isolated(reason) if reason else ""

    @property
    def can_restore(self) -> bool:
        return "restore" in self.comment.rights


@dataclass(frozen=True, slots=True)
class LastDecision:
    """One's own decision of just now, or one about several comments: any of it, and its words."""

    decision: Decision
    said: str


@dataclass(slots=True)
class Queue:
    """What review_queue.html shows."""

    asked: QueueFilter
    pickers: list[FilterPicker]
    rows: list[WaitingRow]
    waiting: int  # whatever is asked for
    found: int  # of what is asked for
    case: Case | None
    recent: list[Decided]
    undoable: LastDecision | None
    decisions: list[ManyChoice]  # what can be decided about several of the rows at once
    is_chosen: bool = False  # this case was asked for, and is not only the first
    number: int = 0  # the place of the open case among the rows, from 1
    before: str = ""  # the query strings that open the cases around it
    after: str = ""
    newest: int = 0  # the key of the newest case that is listed
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The page's query string, with the case that is open."""
        chosen = self.case.item.pk if self.case and self.is_chosen else None
        return self.asked.address(case=chosen)


def build_queue(
    member: Membership,
    asked: QueueFilter,
    *,
    case: int | None = None,
    after: ReviewItem | None = None,
) -> Queue:
    """Put the desk together in a fixed number of queries.

    `case` is the one to open, decided or not; without it the first, or where `after` was decided
    a moment ago, the next after that.
    """
    items = list_waiting(member, asked)
    item = _asked_for(member, case)
    is_chosen = item is not None or after is not None
    if item is None:
        next_one = _next(items, after)
        item = _whole(member, next_one.pk) if next_one else None
    shown = item.pk if item else None
    keys = [one.pk for one in items]
    place = keys.index(shown) if shown in keys else None
    waiting = open_cases(member).count()
    rows = waiting_rows(items, member, asked, shown=shown)
    return Queue(
        asked=asked,
        pickers=pickers(asked, member),
        rows=rows,
        waiting=waiting,
        found=asked.narrowed(open_cases(member), member).count() if asked else waiting,
        case=build_case(item, member) if item else None,
        recent=_recent(member),
        undoable=last_undoable(member),
        decisions=many_choices(items) if any(row.can_choose for row in rows) else [],
        is_chosen=is_chosen,
        number=place + 1 if place is not None else 0,
        before=asked.address(case=keys[place - 1]) if place else "",
        after=asked.address(case=following) if (following := _following(keys, place)) else "",
        newest=max(keys, default=0),
    )


def _asked_for(member: Membership, case: int | None) -> ReviewItem | None:
    return _whole(member, case) if case else None


def _whole(member: Membership, pk: int) -> ReviewItem | None:
    return ReviewItem.objects.for_moderator(member).for_review_page().filter(pk=pk).first()


def _following(keys: Sequence[int], place: int | None) -> int | None:
    """The case after the one that is open; the first, where that is in the list no more."""
    if place is None:
        return keys[0] if keys else None
    return keys[place + 1] if place + 1 < len(keys) else None


def _next(items: Sequence[ReviewItem], after: ReviewItem | None) -> ReviewItem | None:
    """Return the case to go on with after one was decided: the next, or the first again."""
    if not items or after is None:
        return next(iter(items), None)
    place = (after.opened_at, after.pk)
    following = [item for item in items if (item.opened_at, item.pk) > place]
    return (following or items)[0]


def last_undoable(member: Membership) -> LastDecision | None:
    """Return the member's own last decision, where it can be taken back still; one query, and one
    more where it was about several comments."""
    if not may_change(member):
        return None
    lately = Decision.objects.filter(
        seminar=member.seminar_id,
        actor=member,
        action__in=[*UNDOABLE, Action.UNDO],
        created_at__gt=timezone.now() - UNDO_WITHIN,
    )
    lately = lately.select_related("comment__author__user", "comment__author__seminar")
    last = lately.order_by("-pk").first()
    if last is None or last.action == Action.UNDO or last.comment is None:
        return None
    rows = [last] if last.comment.version == last.comment_version else []
    if last.together is not None:
        together = lately.filter(together=last.together, comment_version=F("comment__version"))
        rows = list(together.order_by("pk"))
    whose = [author_name(row.comment, member) for row in rows if row.comment]
    return LastDecision(last, said_of(Action(last.action), whose)) if whose else None


def _recent(member: Membership) -> list[Decided]:
    decisions = Prefetch(
        "decisions", Decision.objects.select_related("actor__user", "member__user").order_by("-pk")
    )
    closed = ReviewItem.objects.for_moderator(member).exclude(state__in=UNDECIDED)
    items = closed.select_related(
        "comment__author__user",
        "comment__thread__author",
        "comment__thread__reading__essay",
        "comment__thread__reading__seminar",
        "comment__thread__group",
    ).order_by(F("closed_at").desc(nulls_last=True), "-pk")
    return [_decided(item, member) for item in items.prefetch_related(decisions)[:RECENT]]


def _decided(item: ReviewItem, member: Membership) -> Decided:
    decision = next(iter(item.decisions.all()), None)
    return Decided(
        item=item,
        what=decided(decision, member) if decision else str(item.get_state_display()),
        decision=decision,
        who=author_name(item.comment, member),
        comment=show_comment(item.comment, member),
    )
