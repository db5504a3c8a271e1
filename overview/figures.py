"""The figures of the overview: sums of one record by person, group, reading or week."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from overview.filters import GROUP, PERSON, READING, WEEK, OverviewFilters
from overview.records import ALIAS, Record
from quizzes.statistics import MIN_ATTEMPTS, percent


@dataclass(slots=True)
class Figures:
    """What was done by one person, in one reading, …, or by all of them together.

    `opened` of `open` readings of persons were opened, and `finished` read to the end. `met` of
    `asking` have as many posts and replies as are asked. `weeks` are the comments by week.
    """

    people: set[int] = field(default_factory=set)
    open: int = 0
    opened: int = 0
    finished: int = 0
    posts: int = 0
    replies: int = 0
    asking: int = 0
    met: int = 0
    late: int = 0
    checkpoints: int = 0
    handed_in: int = 0
    marked: int = 0
    right: int = 0
    weeks: Counter[int] = field(default_factory=Counter)
    seen_at: datetime | None = None

    @property
    def right_share(self) -> int | None:
        """In percent of the marked answers; None for fewer than mean something."""
        return percent(self.right, self.marked) if self.marked >= MIN_ATTEMPTS else None


COUNTS = [one.name for one in fields(Figures) if one.type is int]


def narrowed(record: Record, filters: OverviewFilters) -> Record:
    """Return the record without what the filters leave out.

    Weeks leave out words, answers, and in which week something was opened; where somebody stands
    and what is asked of them is as it is now, whatever weeks are looked at.
    """
    if not (filters.group or filters.member or filters.reading or filters.weeks):
        return record
    members = [
        one
        for one in record.members
        if filters.group in {0, one.group_id} and filters.member in {0, one.pk}
    ]
    keys = {one.pk for one in members} | (set() if filters.member else {ALIAS})
    readings = [one for one in record.readings if filters.reading in {"", one.slug}]
    shown = {one.pk for one in readings}
    first, last = filters.span(record.weeks.count)

    def fits(person: int, group: int, reading: int) -> bool:
        return person in keys and reading in shown and filters.group in {0, group}

    def is_of_then(week: int) -> bool:
        return first <= week <= last

    return replace(
        record,
        members=members,
        readings=readings,
        words=[one for one in record.words if fits(*one[:3]) and is_of_then(one.week)],
        answers=[one for one in record.answers if fits(*one[:3]) and is_of_then(one.week)],
        handed_in=[one for one in record.handed_in if fits(*one[:3]) and is_of_then(one.week)],
        stands=[one for one in record.stands if fits(*one[:3])],
    )


def figures_by(record: Record, dimension: str, span: tuple[int, int]) -> dict[int, Figures]:
    """Return the figures by the key of a person, a group, a reading, or the number of a week.

    Each person, group and reading of the record has some, and each week from the first to the
    last of `span`; beside them whoever wrote under an alias, and who is in no group, where there
    is something to tell of them.
    """
    found: defaultdict[int, Figures] = defaultdict(Figures)
    for key in _keys(record, dimension, span):
        found[key] = Figures()
    _add(record, found, dimension, span)
    return dict(found)


def total_of(figures: Iterable[Figures]) -> Figures:
    """Return all of these in one."""
    total = Figures()
    for one in figures:
        total.people |= one.people
        total.weeks.update(one.weeks)
        total.seen_at = max(filter(None, (total.seen_at, one.seen_at)), default=None)
        for name in COUNTS:
            setattr(total, name, getattr(total, name) + getattr(one, name))
    return total


def _keys(record: Record, dimension: str, span: tuple[int, int]) -> Iterable[int]:
    if dimension == PERSON:
        return [one.pk for one in record.members]
    if dimension == GROUP:
        return [one.group_id for one in record.members if one.group_id]
    if dimension == READING:
        return [one.pk for one in record.readings]
    return range(span[0], span[1] + 1)


# Where the key of each dimension stands in all rows of a record.
_PLACES = {PERSON: 0, GROUP: 1, READING: 2, WEEK: 3}


def _add(
    record: Record, found: defaultdict[int, Figures], dimension: str, span: tuple[int, int]
) -> None:
    place = _PLACES[dimension]
    for words in record.words:
        figures = found[words[place]]  # type: ignore[index]
        if words.is_post:
            figures.posts += 1
        else:
            figures.replies += 1
        figures.weeks[words.week] += 1
    for handed_in in record.handed_in:
        found[handed_in[place]].handed_in += 1
    for answer in (one for one in record.answers if one.counts):
        figures = found[answer[place]]
        figures.marked += answer.is_marked
        figures.right += answer.is_right
    _add_stands(record, found, dimension, span)


def _add_stands(
    record: Record, found: defaultdict[int, Figures], dimension: str, span: tuple[int, int]
) -> None:
    """Where people stand is of no week, but for the one in which they opened a reading."""
    place = _PLACES[dimension]
    for one in record.stands:
        is_opened = span[0] <= one.week <= span[1]
        if dimension == WEEK:
            if is_opened:
                found[one.week].opened += 1
            continue
        figures = found[one[place]]  # type: ignore[index]
        figures.people.add(one.person)
        figures.open += 1
        figures.opened += is_opened
        figures.finished += one.is_finished
        figures.checkpoints += one.checkpoints
        figures.asking += bool(one.asked)
        figures.met += one.is_met
        figures.late += one.late
        if one.seen_at and (figures.seen_at is None or figures.seen_at < one.seen_at):
            figures.seen_at = one.seen_at
