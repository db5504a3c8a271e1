"""The paragraphs that a passage is in, with its words marked: for pages that show not the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Q

from database.prepared import Parameter, PreparedQuery
from readings.models import Block, Passage, Placement

_PASSAGE = Parameter("passage", BigIntegerField())
# Of all rows of a passage, from its first one's key.
_BLOCKS = PreparedQuery(
    lambda: Block.objects.filter(
        revision=Parameter("revision", BigIntegerField()),
        key__in=Passage.objects.filter(Q(pk=_PASSAGE) | Q(continues=_PASSAGE))
        .order_by()
        .values("block_key"),
    ).select_related("revision__essay")
)


@dataclass(frozen=True)
class MarkedBlock:
    """A block's text in three parts, of which `words` are the passage's; none of a whole block.

    `label` is what people call the block, `anchor` where a link to it leads on the reading page.
    """

    label: str
    anchor: str
    language: str
    direction: str
    before: str
    words: str
    after: str


def marked_blocks(
    passages: Sequence[Passage], *, revision: int, end: int | None = None
) -> list[MarkedBlock]:
    """Return the blocks of all rows of one passage as they are in the revision of this key.

    A row whose words have lost their place, or whose block is gone, is left out. None, where one is
    behind the position at which the text ends for the viewer (Membership.gate_in). One query.
    """
    rows = [row for row in passages if row.placement != Placement.UNANCHORED]
    if not rows:
        return []
    found = _BLOCKS.all(revision=revision, passage=passages[0].pk)
    if end is not None and any(block.position > end for block in found):
        return []
    blocks = {block.key: block for block in found}
    return [_marked(blocks[row.block_key], row) for row in rows if row.block_key in blocks]


def _marked(block: Block, row: Passage) -> MarkedBlock:
    start, end = (0, 0) if row.is_whole_block else (row.start or 0, row.end or 0)
    essay = block.revision.essay
    return MarkedBlock(
        label=block.label,
        anchor=block.anchor,
        language=essay.language,
        direction=essay.direction,
        before=block.text[:start],
        words=block.text[start:end],
        after=block.text[end:],
    )
