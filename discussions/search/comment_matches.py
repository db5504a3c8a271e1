"""Comments that say what is looked for, among those that a member may read.

Which they are is one query through `Comment.objects.visible_to`. What is then counted, sorted
out and ordered are the few columns of these, in Python: so each number by a filter is a number
of what this member may know, and every filter asks the name that this member sees.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery

from database.full_text import Wanted
from discussions.models import (
    TOLD_TO_AUTHOR,
    AuthorLabel,
    Comment,
    CommentQuerySet,
    CommentState,
    QuestionState,
    Tagging,
    member_label,
)
from discussions.search.filters import BY_TEXT, MOST_ACTIVE, OF_COMMENTS, SearchFilters
from discussions.threads import unread_threads
from readings.models import Block, Reading, Visit
from seminars.audience import NOTHING
from seminars.models import Group, Membership
from seminars.permissions import is_staff_role

# Beyond so many, which a word finds that nearly every comment has, only the newest are counted
# and sorted out; the page says so.
MOST = 2_000

_COLUMNS = (
    *("pk", "seq", "is_after", "thread_id", "thread__comment_count", "position"),
    *(
        "thread__reading_id",
        "thread__far_reading_id",
        "thread__kind",
        "thread__question_state",
        "thread__group_id",
    ),
    *("author_id", "author_role", "author_group_id", "alias"),
)
_FACETS = _COLUMNS.index("thread__reading_id")


class Facets(NamedTuple):
    """What the filters ask of a comment; many have the same.

    Its reading, and of a link the other one; its thread's kind, state and group; its author, in
    which role and group they wrote it, and the alias of one who is anonymous; the tags of its
    thread, and whether it is new to the viewer.
    """

    reading: int
    far_reading: int | None
    kind: str
    question_state: str
    group: int | None
    author: int
    author_role: str
    author_group: int | None
    alias: str
    tags: tuple[str, ...]
    is_new: bool

    @property
    def readings(self) -> tuple[int, ...]:
        return (self.reading,) if self.far_reading is None else (self.reading, self.far_reading)

    def is_known_to(self, viewer: Membership) -> bool:
        """Whether they may know whose words these are: a filter by person is an answer, too."""
        return not self.alias or self.author == viewer.pk


class _Row(NamedTuple):
    """The columns above; from _FACETS on they are those of Facets."""

    pk: int
    seq: int | None
    is_after: bool  # the viewer's first visit to the reading
    thread: int
    replies: int
    position: int | None
    reading: int
    far_reading: int | None
    kind: str
    question_state: str
    group: int | None
    author: int
    author_role: str
    author_group: int | None
    alias: str

    def is_in(self, readings: Collection[int]) -> bool:
        return self.reading in readings and (self.far_reading or self.reading) in readings


@dataclass(frozen=True, slots=True)
class CommentMatch:
    """A comment that was found: what filters and orders ask of it."""

    pk: int
    seq: int
    thread: int
    replies: int
    position: int | None  # of its block in the text; None for the whole essay, or where it is gone
    facets: Facets


@dataclass(slots=True)
class CommentMatches:
    """All of them to one member, the newest first; `is_cut` where there are more, older ones."""

    viewer: Membership
    matches: Sequence[CommentMatch]
    is_cut: bool
    people: Mapping[int, Membership]
    labels: Mapping[int, AuthorLabel]
    groups: Mapping[int, Group]
    readings: Mapping[int, Reading]
    _values: dict[Facets, dict[str, frozenset[str]]] = field(default_factory=dict)
    _numbers: Counter[Facets] = field(init=False)

    def __post_init__(self) -> None:
        # How many have the same facets: two thousand comments have some hundred.
        self._numbers = Counter(one.facets for one in self.matches)

    def values_of(self, facets: Facets) -> dict[str, frozenset[str]]:
        """The values of each filter under which a comment with these facets stands."""
        known = self._values.get(facets)
        if known is None:
            known = self._values[facets] = {
                "reading": frozenset(self.readings[pk].slug for pk in facets.readings),
                "kind": self._kinds(facets),
                "tag": frozenset(facets.tags),
                "whose": self._whose(facets),
                "by": self._names(facets),
            }
        return known

    def _kinds(self, one: Facets) -> frozenset[str]:
        is_open = one.question_state == QuestionState.OPEN
        return frozenset({one.kind, "unanswered" if is_open else one.question_state or one.kind})

    def _whose(self, one: Facets) -> frozenset[str]:
        # The group of whoever is anonymous would tell who they are in a small one.
        theirs = None if one.alias else one.author_group
        whose = {f"group-{group}" for group in (one.group, theirs) if group}
        if one.author == self.viewer.pk:
            whose.add("mine")
        if not one.alias and is_staff_role(one.author_role):
            whose.add("staff")
        if one.is_new:
            whose.add("new")
        return frozenset(whose)

    def _names(self, one: Facets) -> frozenset[str]:
        """The name that the viewer sees, and no key: by that nobody is found out."""
        is_known = one.is_known_to(self.viewer)
        return frozenset({self.labels[one.author].name} if is_known else ())

    def left_by(self, filters: SearchFilters) -> list[CommentMatch]:
        """Those that all filters leave."""
        active = _active(filters)
        if not active:
            return list(self.matches)
        fit = {one for one in self._numbers if not self._failing(one, active)}
        return [one for one in self.matches if one.facets in fit]

    def counts(self, filters: SearchFilters) -> dict[str, Counter[str]]:
        """How many there would be under each value of each filter, the others as they are."""
        active = _active(filters)
        counts: dict[str, Counter[str]] = {name: Counter() for name in ("reading", *OF_COMMENTS)}
        for facets, number in self._numbers.items():
            failing = self._failing(facets, active)
            if len(failing) > 1:
                continue
            for name, counter in counts.items():
                if not failing or name in failing:
                    for value in self.values_of(facets)[name]:
                        counter[value] += number
        return counts

    def _failing(self, facets: Facets, active: Mapping[str, str]) -> list[str]:
        values = self.values_of(facets)
        return [name for name, value in active.items() if value not in values[name]]

    def _replies(self, one: CommentMatch) -> int:
        """How much is said in its thread; the number on its row counts what is withheld, too."""
        return 0 if self.viewer.is_told_less_of(*one.facets.readings) else one.replies

    def in_order(
        self, matches: Sequence[CommentMatch], filters: SearchFilters
    ) -> list[CommentMatch]:
        places = {pk: place for place, pk in enumerate(self.readings)}
        keys: dict[str, Callable[[CommentMatch], Any]] = {
            BY_TEXT: lambda one: (
                places[one.facets.reading],
                one.position is None,
                one.position or 0,
                one.thread,
                one.seq,
            ),
            MOST_ACTIVE: lambda one: (-self._replies(one), one.thread, one.seq),
        }
        key = keys.get(filters.order)
        return sorted(matches, key=key) if key else list(matches)


def _active(filters: SearchFilters) -> dict[str, str]:
    return {name: value for name in ("reading", *OF_COMMENTS) if (value := getattr(filters, name))}


def find_comments(
    member: Membership, filters: SearchFilters, readings: Mapping[int, Reading]
) -> CommentMatches:
    """Return what `member` may read of what is looked for, in six queries.

    `readings` are all that they may open, in their order.
    """
    wanted = Wanted(filters.query, [member.seminar_id])
    newest = readable(member).filter(terms__match=wanted).order_by("-pk")[: MOST + 1]
    # What is asked of them is looked up for these alone, not for all that a common word finds.
    comments = Comment.objects.filter(pk__in=newest.values("pk")).annotate(
        position=_position(), is_after=_is_after_first_visit(member, readings)
    )
    # The database orders and compares times: to read two thousand of them costs more than the rest.
    listed = comments.order_by("-created_at", "-pk").values_list(*_COLUMNS)
    rows = [_Row._make(one) for one in listed]
    here = [one for one in rows[:MOST] if one.is_in(readings)]
    matches = _matches(here, member, readings)
    named = {one.facets.author for one in matches if one.facets.is_known_to(member)}
    authors = Membership.objects.filter(pk__in=named)
    people = {one.pk: one for one in authors.select_related("user")}
    return CommentMatches(
        viewer=member,
        matches=matches,
        is_cut=len(rows) > MOST,
        people=people,
        labels={pk: member_label(one, member) for pk, one in people.items()},
        groups={one.pk: one for one in Group.objects.filter(seminar=member.seminar_id)},
        readings=readings,
    )


def _matches(
    rows: Sequence["_Row"], member: Membership, readings: Mapping[int, Reading]
) -> list[CommentMatch]:
    """Return them with the tags of their threads, and with what is new to the member.

    Made in one go, and the facets once for all that have the same: there are two thousand.
    """
    tags: dict[int, tuple[str, ...]] = {}
    tagged = Tagging.objects.filter(thread__in={one.thread for one in rows})
    for thread, name in tagged.order_by("pk").values_list("thread", "tag__name"):
        tags[thread] = (*tags.get(thread, ()), name)
    mine = Reading.including_general.filter(pk__in=readings)
    fresh = dict(unread_threads(mine, to=member).order_by().values_list("pk", "read_seq"))

    def is_new(one: _Row) -> bool:
        if one.thread not in fresh or one.author == member.pk:
            return False
        read = fresh[one.thread]
        return one.seq > read if read else one.is_after

    made: dict[tuple[Any, ...], Facets] = {}
    matches = []
    for one in rows:
        alike = (*one[_FACETS:], tags.get(one.thread, ()), is_new(one))
        facets = made.get(alike)
        if facets is None:
            facets = made[alike] = Facets._make(alike)
        at = (one.pk, one.seq or 0, one.thread, one.replies, one.position)
        matches.append(CommentMatch(*at, facets))
    return matches


def _is_after_first_visit(
    member: Membership, readings: Mapping[int, Reading]
) -> "ExpressionWrapper[Any]":
    """Of comments: whether they were published after the member's first visit to the reading."""
    visits = Visit.objects.filter(membership=member, reading__in=readings)
    after = NOTHING
    for reading, begun_at in visits.values_list("reading", "begun_at"):
        after |= Q(thread__reading=reading, published_at__gt=begun_at)
    return ExpressionWrapper(after, BooleanField())


def readable(member: Membership) -> CommentQuerySet:
    """The comments whose words `member` may read without asking for them.

    Those that are not public are their author's; to staff they stand behind a click, or at the
    desk, and so not here. Nor are those of whom they have muted for themselves.
    """
    own = Q(state__in=TOLD_TO_AUTHOR, author=member)
    said = Comment.objects.visible_to(member).heard_by(member)
    return said.filter(Q(state=CommentState.PUBLISHED) | own)


def _position() -> Subquery:
    """Where the block of a thread's words stands in the text as it is read now."""
    blocks = Block.objects.filter(
        revision=OuterRef("thread__reading__revision"),
        key=OuterRef("thread__passage__block_key"),
    )
    return Subquery(blocks.order_by().values("position")[:1])
