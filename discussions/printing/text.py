"""The text of a reading as it stands on paper: block by block, without its title."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from discussions.printing.mark_rendering import PrintWriter
from documents import Document, DocumentBlock
from readings.models import Reading


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A block on paper. `opens` and `closes` are of the list it is in."""

    key: str
    html: SafeString
    kind: str
    level: int | None
    number: int | None
    opens: bool
    closes: bool


def title_of(document: Document) -> DocumentBlock | None:
    """The block that is the title, which a page has above the text; None without one."""
    first = next(iter(document.blocks), None)
    has_title = first is not None and first.kind == "heading" and first.level == 1
    return first if has_title else None


def printed_blocks(document: Document, writer: PrintWriter) -> Iterator[PrintedBlock]:
    """Yield all blocks but the title, with their signs."""
    title = title_of(document)
    blocks = [block for block in document.blocks if block is not title]
    kinds = ["", *(block.kind for block in blocks), ""]
    for before, block, after in zip(kinds, blocks, kinds[2:], strict=False):
        is_item = block.kind == "list_item"
        yield PrintedBlock(
            key=block.key,
            html=safe_lines([writer.block(block)]),
            kind=block.kind,
            level=block.level,
            number=block.number,
            opens=is_item and before != "list_item",
            closes=is_item and after != "list_item",
        )


def picture_addresses(document: Document, reading: Reading) -> Callable[[str], str]:
    """Return what gives a picture's address by its name, "" of one that is not there."""
    known = {picture.name for picture in document.pictures}
    here = [reading.seminar.slug, reading.slug]
    return lambda name: reverse("reading_picture", args=[*here, name]) if name in known else ""


def safe_lines(parts: Iterable[str]) -> SafeString:
    """Join what a writer has made."""
    return mark_safe("\n".join(parts))  # noqa: S308 - sanitised when imported; the rest is escaped
