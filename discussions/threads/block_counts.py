"""How many threads there are at each block of a reading, for one member, without their cards."""

from collections import Counter
from collections.abc import Mapping

from discussions.models import ThreadState
from discussions.threads.thread_rows import thread_rows
from readings.models import Passage, Reading
from seminars.models import Membership


def counts_by_block(reading: Reading, viewer: Membership) -> Mapping[str, int]:
    """Return the numbers by block key, as the reading's own page counts: without highlights, and
    without what is put away. Two queries."""
    heads = Passage.objects.filter(reading=reading, continues=None).order_by()
    blocks = dict(heads.values_list("pk", "block_key"))
    counts: Counter[str] = Counter()
    for row in thread_rows(reading, viewer, None):
        is_highlight = row.last_seq == 0 and row.opening_pk is None
        if row.passage_id and not is_highlight and row.state != ThreadState.ARCHIVED:
            counts[blocks[row.passage_id]] += 1
    return counts
