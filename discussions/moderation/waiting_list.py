"""What waits in the review queue, a line for each case: whose words, why, where, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discussions.models import Comment, ReviewCause, ReviewItem, ReviewItemQuerySet, ReviewState
from discussions.threads import linked_ends
from documents.visible import isolated
from documents.whole_number import whole_number
from readings.models import Block, Reading
from seminars import permissions
from seminars.models import Membership

QUEUE_LENGTH = 50  # cases on one page: more than one sitting
# Whoever opened a case longer ago has gone to do something else.
CLAIM_LASTS = timedelta(minutes=30)

REPORTED, HELD, REVISED, APPEALED = "reported", "held", "revised", "appealed"
WHY = {
    REPORTED: gettext_lazy("Reported"),
    HELD: gettext_lazy("Held back"),
    REVISED: gettext_lazy("Sent again"),
    APPEALED: gettext_lazy("Review asked"),
}
CAUSES = {
    REPORTED: (ReviewCause.REPORT,),
    HELD: (
        ReviewCause.NEW_MEMBER,
        ReviewCause.PREMODERATION,
        ReviewCause.RESTRICTION,
        ReviewCause.WATCHED_PHRASE,
    ),
    REVISED: (ReviewCause.REVISION,),
    APPEALED: (ReviewCause.APPEAL,),
}
MINE, NOBODYS = "mine", "nobody"
WHOSE = {MINE: gettext_lazy("Mine"), NOBODYS: gettext_lazy("Nobody’s yet")}
# In a line of the list, where what is reported says how often.
SHORTLY = {
    ReviewCause.NEW_MEMBER: gettext_lazy("First posts"),
    ReviewCause.PREMODERATION: gettext_lazy("Looked at first"),
    ReviewCause.RESTRICTION: gettext_lazy("Looked at first"),
    ReviewCause.WATCHED_PHRASE: gettext_lazy("Watched phrase"),
    ReviewCause.REVISION: gettext_lazy("Revised, sent again"),
    ReviewCause.APPEAL: gettext_lazy("Asks you to look again"),
}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which of the cases are shown; what is empty asks nothing."""

    group: int = 0
    reading: int = 0
    why: str = ""
    whose: str = ""

    @classmethod
    def asked(cls, data: QueryDict) -> "QueueFilter":
        """Read it from a query string; what makes no sense there asks nothing."""
        why, whose = data.get("why", ""), data.get("whose", "")
        return cls(
            group=whole_number(data.get("group", "")) or 0,
            reading=whole_number(data.get("reading", "")) or 0,
            why=why if why in WHY else "",
            whose=whose if whose in WHOSE else "",
        )

    def __bool__(self) -> bool:
        return self != QueueFilter()

    def address(self, **more: int | str | None) -> str:
        """It and more as a query string, which begins with “?”; "" where there is nothing."""
        asked: dict[str, int | str | None] = {
            "group": self.group,
            "reading": self.reading,
            "why": self.why,
            "whose": self.whose,
            **more,
        }
        kept = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def narrowed(self, items: ReviewItemQuerySet, member: Membership) -> ReviewItemQuerySet:
        """Return those of the cases that it lets through."""
        rules = Q()
        if self.group:
            # Where an anonymous author takes part would tell who they are.
            named = Q(comment__alias="", comment__author_group=self.group)
            rules &= named | Q(comment__thread__group=self.group)
        if self.reading:
            rules &= Q(comment__thread__reading=self.reading)
        if self.why:
            rules &= Q(cause__in=CAUSES[self.why])
        if self.whose == MINE:
            rules &= Q(claimed_by=member) | Q(assignee=member)
        if self.whose == NOBODYS:
            rules &= Q(claimed_by=None, assignee=None)
        return items.filter(rules)


@dataclass(frozen=True, slots=True)
class FilterPicker:
    """One of the lists to choose from above the queue: its values and names, the chosen one."""

    name: str
    label: str
    everything: str
    choices: Sequence[tuple[str, str]]
    chosen: str


def pickers(asked: QueueFilter, member: Membership) -> list[FilterPicker]:
    """Return what the queue can be narrowed by; two queries.

    Where there is one group or one reading only, it is not asked for.
    """
    groups = list(member.seminar.groups.order_by("name", "pk"))
    if not member.is_instructor:
        groups = [one for one in groups if one.pk in member.group_ids]
    readings = Reading.including_general.filter(seminar=member.seminar_id).select_related("essay")
    named = [(str(one.pk), isolated(one.title)) for one in readings]
    shown = [
        FilterPicker(
            "group",
            _("Group"),
            _("All groups"),
            [(str(one.pk), isolated(one.name)) for one in groups],
            str(asked.group or ""),
        ),
        FilterPicker("reading", _("Reading"), _("All readings"), named, str(asked.reading or "")),
    ]
    why = [(value, str(label)) for value, label in WHY.items()]
    whose = [(value, str(label)) for value, label in WHOSE.items()]
    several = [one for one in shown if len(one.choices) > 1 or one.chosen]
    return [
        *several,
        FilterPicker("why", _("Why"), _("Anything"), why, asked.why),
        FilterPicker("whose", _("Whose"), _("Anybody’s"), whose, asked.whose),
    ]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A case as a line of the list."""

    pk: int
    address: str  # the query string that opens it
    who: str
    why: str
    place: str
    since: datetime
    is_alarming: bool  # hidden already
    is_open: bool
    can_choose: bool  # for a decision about several


def open_cases(member: Membership) -> ReviewItemQuerySet:
    """The cases that wait for this moderator."""
    found: ReviewItemQuerySet = ReviewItem.objects.for_moderator(member).open()
    return found


def count_cases(member: Membership) -> int:
    """Return how many cases wait for this moderator; one query."""
    return open_cases(member).count()


def count_arrivals(member: Membership, asked: QueueFilter, *, after: int) -> int:
    """Return how many of the cases have a key above `after`: they came since."""
    return asked.narrowed(open_cases(member), member).filter(pk__gt=after).count()


def list_waiting(
    member: Membership, asked: QueueFilter, *, limit: int = QUEUE_LENGTH
) -> list[ReviewItem]:
    """Return the first of the cases that wait, oldest first, with what a line of each says."""
    items = asked.narrowed(open_cases(member), member).select_related(
        "comment__author__user",
        "comment__author__seminar",
        "comment__thread__reading__essay",
        "comment__thread__passage",
        "claimed_by__user",
        "assignee__user",
    )
    reporters = Count("reports__reporter", distinct=True)
    return list(items.annotate(reporters=reporters)[:limit])


def waiting_rows(
    items: Sequence[ReviewItem], member: Membership, asked: QueueFilter, *, shown: int | None
) -> list[WaitingRow]:
    """Return the lines of these cases, of which `shown` is open beside them; one query, and four
    more where links are among them."""
    places = case_places(items)
    return [_row(item, member, asked, places[item.pk], shown) for item in items]


def _row(
    item: ReviewItem,
    member: Membership,
    asked: QueueFilter,
    place: str,
    shown: int | None,
) -> WaitingRow:
    comment = item.comment
    return WaitingRow(
        pk=item.pk,
        address=asked.address(case=item.pk),
        who=_("You") if comment.author_id == member.pk else author_name(comment, member),
        why=_why(item, member),
        place=place,
        since=item.opened_at,
        is_alarming=comment.is_hidden or comment.is_removed,
        is_open=item.pk == shown,
        can_choose=permissions.can_decide_on_several(member)
        and permissions.can_decide_case(member, comment, assignee_id=item.assignee_id),
    )


def case_places(items: Sequence[ReviewItem]) -> dict[int, str]:
    """Return where the words of each case stand, the reading and the paragraph, or both ends of a
    link; one query, and four more where links are among them."""
    names = _block_names(items)
    links = linked_ends(item.comment.thread for item in items)
    joined = {thread: one.sentence for thread, one in links.items()}
    return {item.pk: joined.get(item.comment.thread_id) or _place(item, names) for item in items}


def _place(item: ReviewItem, names: dict[tuple[int, str], str]) -> str:
    thread = item.comment.thread
    passage, title = thread.passage, isolated(thread.reading.title)
    where = names.get((thread.reading.revision_id, passage.block_key)) if passage else None
    return f"{title}, {where}" if where else title


def author_name(comment: Comment, member: Membership) -> str:
    """Return whose words a case is about, to who sees the case; of anonymous ones the alias."""
    return isolated(comment.author_for(member).name)


def claimant(item: ReviewItem, member: Membership) -> Membership | None:
    """Return the colleague who has a case open at this time, or nobody."""
    if item.state != ReviewState.CLAIMED or item.claimed_by_id in {None, member.pk}:
        return None
    lately = item.claimed_at is not None and timezone.now() - item.claimed_at < CLAIM_LASTS
    return item.claimed_by if lately else None


def _why(item: ReviewItem, member: Membership) -> str:
    if item.comment.author_id == member.pk:
        return _("Your own words")
    if colleague := claimant(item, member):
        return _("%(name)s has it open") % {"name": isolated(colleague.name)}
    if item.assignee_id == member.pk:
        return _("Handed over to you")
    if item.is_held_anonymously:
        return str(SHORTLY[ReviewCause.PREMODERATION])
    if item.cause != ReviewCause.REPORT:
        return str(SHORTLY[ReviewCause(item.cause)])
    number = getattr(item, "reporters", 0)
    told = ngettext("%(number)d report", "%(number)d reports", number) % {"number": number}
    if item.comment.is_withdrawn:
        return _("%(reports)s, withdrawn since") % {"reports": told}
    return _("%(reports)s, hidden") % {"reports": told} if item.comment.is_hidden else told


def _block_names(items: Sequence[ReviewItem]) -> dict[tuple[int, str], str]:
    threads = [item.comment.thread for item in items if item.comment.thread.passage]
    blocks = Block.objects.filter(
        revision__in={one.reading.revision_id for one in threads},
        key__in={one.passage.block_key for one in threads if one.passage},
    )
    return {(one.revision_id, one.key): str(one) for one in blocks}
