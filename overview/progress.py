"""Where one stands oneself: the same figures that staff see, and one's scores once released."""

from collections.abc import Sequence
from dataclasses import dataclass

from discussions.models import Comment, CommentState
from overview.figures import Figures
from overview.filters import READING, OverviewFilters
from overview.participation import Score, is_scored, released_in, scores_of
from overview.records import load_record
from overview.tables import FigureTable, build_table, table_rows, total_row
from quizzes.statistics import MIN_ATTEMPTS
from readings.models import Reading
from seminars.audience import Audience
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class OwnProgress:
    """What progress.html shows. `scores` are the released ones; `waiting` are not released."""

    figures: Figures
    table: FigureTable
    under_alias: int  # of one's own comments, which staff see counted but not as one's own
    is_scored: bool
    scores: Sequence[tuple[Reading, Score]]
    waiting: Sequence[Reading]
    min_attempts: int = MIN_ATTEMPTS


def build_progress(member: Membership) -> OwnProgress:
    """Put it together, in a fixed number of queries."""
    record = load_record(member, [member])
    for one in record.readings:
        one.seminar = member.seminar
    mine = {one.reading for one in record.stands}
    filters = OverviewFilters(by=READING)
    rows = [row for row in table_rows(record, filters, None) if row.key in mine]
    total = total_row(record, filters, rows)
    scored = is_scored(member.seminar_id)
    scores = scores_of(record) if scored else {}
    asking = [one for one in record.readings if (member.pk, one.pk) in scores]
    released = released_in(asking) if scored else ()
    return OwnProgress(
        figures=total.figures,
        table=build_table(record, filters, None, rows, total, with_links=False),
        under_alias=_under_alias(member, record.readings),
        is_scored=scored,
        scores=[(one, scores[member.pk, one.pk]) for one in asking if one.pk in released],
        waiting=[one for one in asking if one.pk not in released],
    )


def _under_alias(member: Membership, readings: Sequence[Reading]) -> int:
    said = Comment.objects.filter(
        author=member,
        thread__reading__in=[one.pk for one in readings],
        thread__withdrawn_at=None,
        state=CommentState.PUBLISHED,
    )
    return said.exclude(alias="").exclude(thread__audience=Audience.ME).count()
