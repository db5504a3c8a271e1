"""Comments that say what is looked for, among those that a member may read.

Which they are is one query through `Comment.objects.visible_to`. What is then counted, sorted
out and ordered are the few columns of these, in Python: so each number by a filter is a number
of what this member may know, and every filter asks the name that this member sees.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from database.full_text import Wanted
from discussions.models import (
    AuthorLabel,
    Comment,
    CommentQuerySet,
    CommentState,
    QuestionState,
    member_label,
)
from discussions.search.filters import BY_TEXT, MOST_ACTIVE, OF_COMMENTS, SearchFilters
from readings.models import Block, Reading
from seminars.models import Group, Membership

# Beyond so many, which a word finds that nearly every comment has, only the newest are counted
# and sorted out; the page says so.
MOST = 2_000

_COLUMNS = (
    *("pk", "seq", "author_id", "alias", "created_at", "thread_id", "thread__kind"),
    *("thread__question_state", "thread__group_id", "thread__comment_count"),
    *("thread__reading_id", "position"),
)


@dataclass(frozen=True, slots=True)
class CommentMatch:
    """A comment that was found: what filters and orders ask of it."""

    pk: int
    seq: int
    author: int
    alias: str
    created_at: datetime
    thread: int
    thread_kind: str
    question_state: str
    group: int | None
    replies: int
    reading: int
    position: int | None  # of its block in the text; None for the whole essay, or where it is gone


@dataclass(slots=True)
class CommentMatches:
    """All of them to one member; `is_cut` where there are more, older ones."""

    viewer: Membership
    matches: Sequence[CommentMatch]
    is_cut: bool
    people: Mapping[int, Membership]
    labels: Mapping[int, AuthorLabel]
    groups: Mapping[int, Group]
    readings: Mapping[int, Reading]
    _values: dict[int, dict[str, frozenset[str]]] = field(default_factory=dict)

    def values_of(self, one: CommentMatch) -> dict[str, frozenset[str]]:
        """The values of each filter under which this comment stands."""
        known = self._values.get(one.pk)
        if known is None:
            known = self._values[one.pk] = {
                "reading": frozenset({self.readings[one.reading].slug}),
                "kind": self._kinds(one),
                "whose": self._whose(one),
                "by": frozenset({str(one.author)} if self._is_known(one) else ()),
            }
        return known

    def _kinds(self, one: CommentMatch) -> frozenset[str]:
        kinds = {one.thread_kind}
        if one.question_state == QuestionState.OPEN:
            kinds.add("unanswered")
        elif one.question_state:
            kinds.add(one.question_state)
        return frozenset(kinds)

    def _whose(self, one: CommentMatch) -> frozenset[str]:
        whose = set()
        if one.author == self.viewer.pk:
            whose.add("mine")
        if not one.alias and self.labels[one.author].role:
            whose.add("staff")
        # The group of whoever is anonymous would tell who they are in a small one.
        theirs = None if one.alias else self.people[one.author].group_id
        for group in {one.group, theirs}:
            if group is not None:
                whose.add(f"group-{group}")
        return frozenset(whose)

    def _is_known(self, one: CommentMatch) -> bool:
        """Whether the viewer may know whose words it are: a filter by person is an answer, too."""
        return not one.alias or one.author == self.viewer.pk

    def left_by(self, filters: SearchFilters) -> list[CommentMatch]:
        """Those that all filters leave."""
        active = _active(filters)
        return [one for one in self.matches if not self._failing(one, active)]

    def counts(self, filters: SearchFilters) -> dict[str, Counter[str]]:
        """How many there would be under each value of each filter, the others as they are."""
        active = _active(filters)
        counts: dict[str, Counter[str]] = {name: Counter() for name in ("reading", *OF_COMMENTS)}
        for one in self.matches:
            failing = self._failing(one, active)
            if len(failing) > 1:
                continue
            for name, counter in counts.items():
                if not failing or name in failing:
                    counter.update(self.values_of(one)[name])
        return counts

    def _failing(self, one: CommentMatch, active: Mapping[str, str]) -> list[str]:
        values = self.values_of(one)
        return [name for name, value in active.items() if value not in values[name]]

    def in_order(
        self, matches: Sequence[CommentMatch], filters: SearchFilters
    ) -> list[CommentMatch]:
        places = {pk: place for place, pk in enumerate(self.readings)}
        keys: dict[str, Callable[[CommentMatch], Any]] = {
            BY_TEXT: lambda one: (
                places[one.reading],
                one.position is None,
                one.position or 0,
                one.thread,
                one.seq,
            ),
            MOST_ACTIVE: lambda one: (-one.replies, one.thread, one.seq),
        }
        newest = lambda one: (-one.created_at.timestamp(), -one.pk)  # noqa: E731
        return sorted(matches, key=keys.get(filters.order, newest))


def _active(filters: SearchFilters) -> dict[str, str]:
    return {name: value for name in ("reading", *OF_COMMENTS) if (value := getattr(filters, name))}


def find_comments(
    member: Membership, filters: SearchFilters, readings: Mapping[int, Reading]
) -> CommentMatches:
    """Return what `member` may read of what is looked for, in three queries.

    `readings` are all that they may open, in their order.
    """
    query = filters.query
    found: list[CommentMatch] = []
    if not query.is_empty:
        wanted = Wanted(query, [member.seminar_id])
        comments = readable(member).filter(terms__match=wanted).annotate(position=_position())
        rows: Any = comments.order_by("-pk").values_list(*_COLUMNS)[: MOST + 1]
        found = [CommentMatch(*row) for row in rows]
    matches = [one for one in found[:MOST] if one.reading in readings]
    named = {one.author for one in matches if not one.alias or one.author == member.pk}
    authors = Membership.objects.filter(pk__in=named)
    people = {one.pk: one for one in authors.select_related("user")}
    return CommentMatches(
        viewer=member,
        matches=matches,
        is_cut=len(found) > MOST,
        people=people,
        labels={pk: member_label(one, member) for pk, one in people.items()},
        groups={one.pk: one for one in Group.objects.filter(seminar=member.seminar_id)},
        readings=readings,
    )


def readable(member: Membership) -> CommentQuerySet:
    """The comments whose words `member` may read without asking for them.

    Hidden ones are their author's; to staff they stand behind a click, and so not here.
    """
    own_hidden = Q(state=CommentState.HIDDEN, author=member)
    return Comment.objects.visible_to(member).filter(Q(state=CommentState.PUBLISHED) | own_hidden)


def _position() -> Subquery:
    """Where the block of a thread's words stands in the text as it is read now."""
    blocks = Block.objects.filter(
        revision=OuterRef("thread__reading__revision"),
        key=OuterRef("thread__passage__block_key"),
    )
    return Subquery(blocks.order_by().values("position")[:1])
