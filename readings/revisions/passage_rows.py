"""The rows of passages: as they are kept, and as they are written and put back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anchoring import joined_quotes
from readings.models import Passage, Reading

# What a ReanchoredPassage keeps of each row, and puts back.
COLUMNS = (
    "block_key",
    "start",
    "end",
    "quote",
    "prefix",
    "suffix",
    "placement",
    "earlier_quote",
)
# Rows in one statement: databases take so many values at once, and build long ones slowly.
BATCH = 100

RowValues = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The rows of one passage as they are, and the values that they should have."""

    rows: Sequence[Passage]
    values: Sequence[RowValues]


def row_values(rows: Iterable[Passage]) -> list[RowValues]:
    """Return the values of each row of a passage, as a ReanchoredPassage keeps them."""
    return [{name: getattr(row, name) for name in COLUMNS} for row in rows]


def words_of(values: Iterable[Mapping[str, Any]]) -> str:
    """Return the words of a passage as people read them; nothing for a whole block."""
    return joined_quotes(row["quote"] for row in values)


def write_passage_rows(passages: Iterable[Rewritten], reading: Reading) -> None:
    """Give the rows of each passage their new values.

    The first row stays itself, for that is what others point at. A passage that grows
    gets rows at its end, and one that shrinks loses them there; what does not change is
    not written.
    """
    changed: list[Passage] = []
    added: list[Passage] = []
    gone: list[int] = []
    for one in passages:
        first = one.rows[0]
        for row, values in zip(one.rows, one.values, strict=False):
            if row_values([row]) != [values]:
                changed.append(_with_values(row, values))
        gone += [row.pk for row in one.rows[len(one.values) :]]
        for values in one.values[len(one.rows) :]:
            row = Passage(seminar_id=reading.seminar_id, reading=reading, continues=first)
            added.append(_with_values(row, values))
    # An upsert of rows that are all there: bulk_update takes two seconds to build its statements.
    # They cannot go meanwhile, for passages are made and deleted by who holds the reading.
    Passage.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=COLUMNS,
        batch_size=BATCH,
    )
    for at in range(0, len(gone), BATCH):
        Passage.objects.filter(pk__in=gone[at : at + BATCH]).delete()
    Passage.objects.bulk_create(added, batch_size=BATCH)


def _with_values(row: Passage, values: RowValues) -> Passage:
    for name in COLUMNS:
        setattr(row, name, values[name])
    return row
