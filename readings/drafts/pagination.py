"""A long essay in parts: what a preview shows at a time."""

from collections.abc import Sequence

from documents import DocumentBlock

# With its tools a block is about ten elements of the page; 1,500 are what a browser draws
# without a pause on a slow machine.
MOST_BLOCKS = 80
# A part of this length ends before the next section.
ENOUGH_BLOCKS = 40


def paginate(blocks: Sequence[DocumentBlock]) -> list[range]:
    """Cut the blocks into parts, at sections where it can be; one part at least."""
    found: list[range] = []
    start = 0
    if len(blocks) <= MOST_BLOCKS:
        return [range(len(blocks))]
    for at, block in enumerate(blocks):
        length = at - start
        is_section = block.kind == "heading" and (block.level or 2) <= 2
        if length >= MOST_BLOCKS or (is_section and length >= ENOUGH_BLOCKS):
            found.append(range(start, at))
            start = at
    return [*found, range(start, len(blocks))]
