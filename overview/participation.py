"""Scores for participation: so many of the posts and replies that a reading asks for.

Each post and each reply that is asked counts one, and nothing else counts: no weights, no
averages. What came late counts, and is marked. An instructor sets another number by hand with a
reason, which the person reads; whoever it is about sees a score once it is released.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from overview.filters import OverviewFilters
from overview.models import ParticipationScoring, ScoreOverride, ScoreRelease
from overview.pages import load_asked
from overview.records import Record, Stand
from overview.tables import of
from readings.models import Reading, TaskKind
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class Score:
    """One person's of one reading: `counted` of `needed`, or as it was set by hand."""

    stand: Stand
    slug: str  # of the reading
    counted: int
    needed: int
    late: int
    override: ScoreOverride | None

    @property
    def done(self) -> int:
        """What holds; by hand there may be more than is asked."""
        return self.override.done if self.override else self.counted

    @property
    def in_words(self) -> str:
        return of(self.done, self.needed)

    @property
    def explained(self) -> str:
        """What it is made of, before anything was set by hand."""
        parts = [
            names % {"done": one.done, "needed": one.needed}
            for one in self.stand.asked
            for names in [_PARTS[one.kind]()]
        ]
        if self.late:
            parts.append(ngettext("%d of that late", "%d of that late", self.late) % self.late)
        return ", ".join(parts)


_PARTS = {
    TaskKind.POSTS: lambda: _("posts: %(done)d of %(needed)d"),
    TaskKind.REPLIES: lambda: _("replies to others: %(done)d of %(needed)d"),
}


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One person's scores, in the order of the readings; None where nothing is asked of them."""

    member: Membership
    scores: Sequence[Score | None]

    @property
    def done(self) -> int:
        return sum(one.done for one in self.scores if one)

    @property
    def needed(self) -> int:
        return sum(one.needed for one in self.scores if one)

    @property
    def total(self) -> str:
        return of(self.done, self.needed)


@dataclass(frozen=True, slots=True)
class Participation:
    """What participation.html shows; without rows where the seminar has no scores."""

    is_scored: bool
    readings: Sequence[tuple[Reading, bool]] = ()  # those that ask, and whether they are released
    rows: Sequence[ScoreRow] = field(default_factory=list)


def is_scored(seminar_id: int) -> bool:
    return bool(ParticipationScoring.objects.standing().filter(seminar=seminar_id).exists())


def scores_of(record: Record) -> dict[tuple[int, int], Score]:
    """Return the scores by person and reading, where posts or replies are asked. One query."""
    slugs = {one.pk: one.slug for one in record.readings}
    standing = ScoreOverride.objects.standing().filter(reading__in=list(slugs))
    overrides = {
        (one.membership_id, one.reading_id): one
        for one in standing.select_related("created_by__user")
    }
    return {
        (one.person, one.reading): Score(
            stand=one,
            slug=slugs[one.reading],
            counted=sum(asked.done for asked in one.asked),
            needed=sum(asked.needed for asked in one.asked),
            late=one.late,
            override=overrides.get((one.person, one.reading)),
        )
        for one in record.stands
        if one.asked
    }


def released_in(readings: Sequence[Reading]) -> Collection[int]:
    """Return the keys of those of these readings whose scores are released. One query."""
    standing = ScoreRelease.objects.standing().filter(reading__in=[one.pk for one in readings])
    return set(standing.values_list("reading_id", flat=True))


def build_participation(viewer: Membership) -> Participation:
    """Put the page together, in a fixed number of queries; by name, of whom the viewer sees."""
    if not is_scored(viewer.seminar_id):
        return Participation(is_scored=False)
    record = load_asked(viewer, OverviewFilters()).whole
    scores = scores_of(record)
    asking = [one for one in record.readings if one.required_posts or one.required_replies]
    released = released_in(asking)
    return Participation(
        is_scored=True,
        readings=[(one, one.pk in released) for one in asking],
        rows=[_row(member, asking, scores) for member in record.members],
    )


def _row(
    member: Membership, readings: Sequence[Reading], scores: Mapping[tuple[int, int], Score]
) -> ScoreRow:
    return ScoreRow(member, [scores.get((member.pk, one.pk)) for one in readings])


def participation_rows(viewer: Membership) -> Iterator[list[Any]]:
    """Yield the scores as lines of a file: of each reading what counts, is asked, late, by hand."""
    found = build_participation(viewer)
    head = [_("Name"), _("E-mail address"), _("Group")]
    for reading, _is_released in found.readings:
        title = reading.title
        head += [
            _("%(title)s: done") % {"title": title},
            _("%(title)s: asked") % {"title": title},
            _("%(title)s: late") % {"title": title},
            _("%(title)s: set by hand, because") % {"title": title},
        ]
    yield [*head, _("All: done"), _("All: asked")]
    for row in found.rows:
        member = row.member
        cells: list[Any] = [member.name, member.user.email, member.group and member.group.name]
        for score in row.scores:
            by_hand = score.override.reason if score and score.override else ""
            cells += [score.done, score.needed, score.late, by_hand] if score else [None] * 4
        yield [*cells, row.done, row.needed]
