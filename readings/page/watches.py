"""Which rows of this app and of those below it shape a reading's page."""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

from accounts.models import User
from readings.models import Block, Essay, GuideItem, Note, Passage, Picture, Reading
from readings.page.triggers import Shapes, Watch
from seminars.models import Group, Membership, Seminar

_PASSAGES = Passage._meta.db_table
_READINGS = Reading._meta.db_table
_MEMBERS = Membership._meta.db_table


def blocks_of_passage(reading: str, passage: str) -> str:
    """SQL for the blocks of the passage `passage`, the end of the page where it is null."""
    return (
        f"SELECT reading_id, block_key FROM {_PASSAGES}"
        f" WHERE id = {passage} OR continues_id = {passage}"
        f" UNION SELECT {reading}, '' WHERE {passage} IS NULL"
    )


def watches() -> list[Watch]:
    return [
        Watch(
            Passage,
            Shapes.BLOCKS,
            # The card with all the words stands at the first block.
            "SELECT {row}.reading_id AS reading_id, {row}.block_key AS block_key"
            f" UNION SELECT reading_id, block_key FROM {_PASSAGES} WHERE id = {{row}}.continues_id",
        ),
        Watch(
            GuideItem,
            Shapes.BLOCKS,
            f"SELECT reading_id, block_key FROM {_PASSAGES}"
            " WHERE id = {row}.passage_id OR continues_id = {row}.passage_id",
        ),
        Watch(
            Reading,
            Shapes.ALL_BLOCKS,
            "SELECT {row}.id AS reading_id",
            events=("UPDATE",),
        ),
        # A published revision does not change; if it did, its readings would show it.
        *(
            Watch(
                model,
                Shapes.ALL_BLOCKS,
                f"SELECT id AS reading_id FROM {_READINGS} WHERE revision_id = {{row}}.revision_id",
            )
            for model in (Block, Note, Picture)
        ),
        # Its title and author stand in the shell, which is kept like the blocks.
        Watch(
            Essay,
            Shapes.ALL_BLOCKS,
            f"SELECT id AS reading_id FROM {_READINGS} WHERE essay_id = {{row}}.id",
            events=("UPDATE",),
        ),
        Watch(
            Membership,
            Shapes.PEOPLE,
            "SELECT {row}.seminar_id AS seminar_id",
            # Who joins has written nothing yet.
            events=("UPDATE", "DELETE"),
        ),
        Watch(Group, Shapes.PEOPLE, "SELECT {row}.seminar_id AS seminar_id"),
        Watch(Seminar, Shapes.PEOPLE, "SELECT {row}.id AS seminar_id", events=("UPDATE",)),
        Watch(
            User,
            Shapes.PEOPLE,
            f"SELECT seminar_id FROM {_MEMBERS} WHERE user_id = {{row}}.id",
            # By which they are called; not when they last signed in, nor how they like a page.
            columns=("name", "email"),
            events=("UPDATE",),
        ),
    ]
