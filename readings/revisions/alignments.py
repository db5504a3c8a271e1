"""The alignment of two revisions: looked up, or worked out once and kept.

Whoever writes takes it before the transaction: it takes seconds on a long text, and
nobody should wait for that with a lock in another's hands.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, models, transaction

from anchoring import ALIGNMENT_VERSION, Alignment, align
from readings.models import Block, RevisionAlignment
from readings.revisions.outcomes import TextChange

Result = TypeVar("Result")


class Overtaken(Exception):
    """What was worked out before the transaction no longer holds within it: begin again."""


def repeat_when_overtaken(attempt: Callable[[], Result]) -> Result:
    """Return what `attempt` returns, begun again as often as somebody else was faster.

    Each time somebody else has written something, so that it ends.
    """
    while True:
        try:
            return attempt()
        except Overtaken:
            continue


def blocks_of(revision_id: int) -> list[Block]:
    return list(Block.objects.filter(revision_id=revision_id).order_by("position"))


def text_change(old: int, new: int) -> TextChange:
    """Return what lies between two revisions, given by their pks."""
    # Both texts in one query.
    both = Block.objects.filter(revision__in=(old, new)).order_by("position")
    blocks: dict[int, list[Block]] = {old: [], new: []}
    for block in both:
        blocks[block.revision_id].append(block)
    old_blocks, new_blocks = blocks[old], blocks[new]
    alignment = _kept_alignment(old, new)
    if alignment is None:
        alignment = align(old_blocks, new_blocks)
        keep_alignment(old, new, alignment)
    return TextChange(old_blocks, new_blocks, alignment)


def prepare_alignment(old: int, new: int) -> None:
    """See to it that the alignment is kept, for who will ask for it inside a transaction."""
    if old != new and not _kept(old, new).exists():
        text_change(old, new)


def keep_alignment(old: int, new: int, alignment: Alignment) -> None:
    """Keep an alignment for the next who asks; where that cannot be, it is worked out again."""
    row = RevisionAlignment(
        from_revision_id=old,
        to_revision_id=new,
        algorithm=ALIGNMENT_VERSION,
        data=alignment.to_json(),
    )
    try:
        with transaction.atomic():
            RevisionAlignment.objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=["from_revision", "to_revision"],
                update_fields=["algorithm", "data"],
            )
    except DatabaseError:
        # Pages that only show something ask too: a full disk must not keep them away.
        return


def _kept(old: int, new: int) -> models.QuerySet[RevisionAlignment]:
    return RevisionAlignment.objects.filter(
        from_revision=old, to_revision=new, algorithm=ALIGNMENT_VERSION
    )


def _kept_alignment(old: int, new: int) -> Alignment | None:
    data = _kept(old, new).values_list("data", flat=True).first()
    return Alignment.from_json(data) if data is not None else None
