"""Which rows of talk shape a reading's page."""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

from discussions.models import (
    Comment,
    LinkKind,
    Pin,
    Tag,
    Tagging,
    Thread,
    ThreadRead,
    ThreadSubscription,
)
from readings.models import Essay, Passage, Reading
from readings.page import Shapes, Watch, blocks_of_passage

_THREADS = Thread._meta.db_table
_PASSAGES = Passage._meta.db_table
_READINGS = Reading._meta.db_table
_TAGGINGS = Tagging._meta.db_table


def _blocks_of_threads(threads: str) -> str:
    """SQL for the blocks of all threads whose keys are among `threads`."""
    return (
        "SELECT t.reading_id AS reading_id, COALESCE(p.block_key, '') AS block_key"
        f" FROM {_THREADS} t LEFT JOIN {_PASSAGES} p"
        " ON p.id = t.passage_id OR p.continues_id = t.passage_id"
        f" WHERE t.id IN ({threads})"
        " UNION SELECT p.reading_id, p.block_key"
        f" FROM {_THREADS} t JOIN {_PASSAGES} p"
        " ON p.id = t.far_passage_id OR p.continues_id = t.far_passage_id"
        f" WHERE t.id IN ({threads})"
    )


def _blocks_of_thread() -> str:
    """SQL for the blocks of a thread: of a link, at both of its ends."""
    return (
        f"{blocks_of_passage('{row}.reading_id', '{row}.passage_id')}"
        f" UNION SELECT reading_id, block_key FROM {_PASSAGES}"
        " WHERE id = {row}.far_passage_id OR continues_id = {row}.far_passage_id"
    )


def _other_ends(passage: str) -> str:
    """SQL for the blocks at the other end of the links that have the passage of this key at one:
    each end quotes the other."""
    ends = (("passage_id", "far_passage_id"), ("far_passage_id", "passage_id"))
    return " UNION ".join(
        "SELECT p.reading_id AS reading_id, p.block_key AS block_key"
        f" FROM {_THREADS} t JOIN {_PASSAGES} p ON p.id = t.{other} OR p.continues_id = t.{other}"
        f" WHERE t.{here} = {passage} AND t.far_passage_id IS NOT NULL"
        for here, other in ends
    )


def _linked_readings(readings: str) -> str:
    """SQL for the readings that are linked with one of these: each names the other."""
    return (
        f"SELECT far_reading_id AS reading_id FROM {_THREADS}"
        f" WHERE reading_id IN ({readings}) AND far_reading_id IS NOT NULL"
        f" UNION SELECT reading_id FROM {_THREADS} WHERE far_reading_id IN ({readings})"
    )


def watches() -> list[Watch]:
    return [
        Watch(Thread, Shapes.BLOCKS, _blocks_of_thread()),
        # What one end of a link quotes and names of the other.
        Watch(
            Passage,
            Shapes.BLOCKS,
            _other_ends("COALESCE({row}.continues_id, {row}.id)"),
            events=("UPDATE", "DELETE"),
        ),
        Watch(
            Reading,
            Shapes.ALL_BLOCKS,
            _linked_readings("SELECT {row}.id"),
            columns=("revision_id", "slug", "removed_at"),
            events=("UPDATE",),
        ),
        Watch(
            Essay,
            Shapes.ALL_BLOCKS,
            _linked_readings(f"SELECT id FROM {_READINGS} WHERE essay_id = {{row}}.id"),
            columns=("title",),
            events=("UPDATE",),
        ),
        Watch(
            LinkKind,
            Shapes.BLOCKS,
            _blocks_of_threads(f"SELECT id FROM {_THREADS} WHERE link_kind_id = {{row}}.id"),
            columns=("own_name", "own_passive", "is_directed"),
            events=("UPDATE",),
        ),
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
