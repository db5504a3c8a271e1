"""Which rows of talk shape a reading's page."""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

from discussions.models import (
    Comment,
    Pin,
    Tag,
    Tagging,
    Thread,
    ThreadRead,
    ThreadSubscription,
)
from readings.models import Passage
from readings.page import Shapes, Watch, blocks_of_passage

_THREADS = Thread._meta.db_table
_PASSAGES = Passage._meta.db_table
_TAGGINGS = Tagging._meta.db_table


def _blocks_of_threads(threads: str) -> str:
    """SQL for the blocks of all threads whose keys are among `threads`."""
    return (
        "SELECT t.reading_id AS reading_id, COALESCE(p.block_key, '') AS block_key"
        f" FROM {_THREADS} t LEFT JOIN {_PASSAGES} p"
        " ON p.id = t.passage_id OR p.continues_id = t.passage_id"
        f" WHERE t.id IN ({threads})"
    )


def watches() -> list[Watch]:
    return [
        Watch(Thread, Shapes.BLOCKS, blocks_of_passage("{row}.reading_id", "{row}.passage_id")),
        *(
            Watch(model, Shapes.BLOCKS, _blocks_of_threads("{row}.thread_id"))
            for model in (Comment, Pin, Tagging)
        ),
        # A new tag is on no thread yet, and one that goes is taken off them first.
        Watch(
            Tag,
            Shapes.BLOCKS,
            _blocks_of_threads(f"SELECT thread_id FROM {_TAGGINGS} WHERE tag_id = {{row}}.id"),
            columns=("name",),
            events=("UPDATE",),
        ),
        # What is new to one member, and what never is: muted threads.
        *(
            Watch(
                model,
                Shapes.VISITS,
                "SELECT t.reading_id AS reading_id, {row}.membership_id AS membership_id"
                f" FROM {_THREADS} t WHERE t.id = {{row}}.thread_id",
            )
            for model in (ThreadRead, ThreadSubscription)
        ),
    ]
