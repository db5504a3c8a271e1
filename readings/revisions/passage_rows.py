"""The rows of passages: as they are kept, and as they are written and put back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anchoring import joined_quotes
from readings.models import Passage, Reading

# What a Reanchoring keeps of each row, and puts back.
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

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A chain as its rows are, and the columns that they should have, row by row."""

    chain: Sequence[Passage]
    rows: Sequence[Row]


def rows_of(chain: Iterable[Passage]) -> list[Row]:
    """Return the columns of each row of a chain, as a Reanchoring keeps them."""
    return [{name: getattr(row, name) for name in COLUMNS} for row in chain]


def words_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the words of a chain as people read them; nothing for a whole block."""
    return joined_quotes(row["quote"] for row in rows)


def write_chains(chains: Iterable[Rewritten], reading: Reading) -> None:
    """Give each chain its new rows. The first row stays itself, for that is what others point at.

    A chain that grows gets rows at its end, and one that shrinks loses them there;
    what does not change is not written.
    """
    changed: list[Passage] = []
    added: list[Passage] = []
    gone: list[int] = []
    for one in chains:
        first = one.chain[0]
        for row, columns in zip(one.chain, one.rows, strict=False):
            if rows_of([row]) != [columns]:
                _set(row, columns)
                changed.append(row)
        gone += [row.pk for row in one.chain[len(one.rows) :]]
        for columns in one.rows[len(one.chain) :]:
            row = Passage(seminar_id=reading.seminar_id, reading=reading, continues=first)
            added.append(_set(row, columns))
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


def _set(row: Passage, columns: Row) -> Passage:
    for name in COLUMNS:
        setattr(row, name, columns[name])
    return row
