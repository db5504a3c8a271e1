"""An import as it will stand, each repair and warning beside its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from readings.importing import Document
from readings.layers import Card, Content
from readings.library.draft_rows import rows_of_document
from readings.models import Revision, Visit
from readings.reading_page import ReadingPage, lay_out

# What each repair is called on the page; a test holds this against the importer's own list.
REPAIR_NAMES = {
    "unescaped_links": "Cleaned a link",
    "bound_note": "Bound a note to its reference",
    "found_title": "Found the title",
    "lifted_to_metadata": "Moved to “About the essay”",
    "set_apart_pull_quote": "Set a pull quote apart",
    "removed_furniture": "Took out what belongs to the page",
    "joined_over_page": "Joined what a page had parted",
    "marked_boilerplate": "Marked as printed with the essay",
    "found_figure": "Found a figure",
    "found_heading": "Found a heading",
    "restored_number": "Restored a number",
    "unwrapped_heading": "Took a heading out of a list",
    "levelled_heading": "Put a heading on its level",
    "found_quotation": "Found a block quotation",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A repair (with the id under which it is refused) or a warning (without)."""

    name: str
    detail: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What import_preview.html shows of a draft."""

    page: ReadingPage
    # Without a place in the text.
    loose_warnings: list[Finding]
    loose_repairs: list[Finding]
    # The repairs that the person has refused.
    refused: list[Finding]
    repairs: int
    warnings: int
    paragraphs: int


def preview_of(revision: Revision) -> Preview:
    """Lay out the draft as the reading page would, its findings as cards in the margin."""
    document = Document.from_json(revision.document)
    blocks, notes = rows_of_document(document, revision)
    placed, loose = _findings(document)
    content = Content(
        beside=[
            Card(blocks[index].key, "readings/_finding.html", {"finding": finding}, (0, 0, order))
            for order, (index, finding) in enumerate(placed)
        ]
    )
    page = lay_out(blocks=blocks, notes=notes, content=content, visit=Visit())
    loose += [card.context["finding"] for card in page.at_end]
    return Preview(
        page=page,
        loose_warnings=[finding for finding in loose if not finding.id],
        loose_repairs=[finding for finding in loose if finding.id],
        refused=[_repair(one["name"], one["detail"], one["id"]) for one in _refused(revision)],
        repairs=len(document.repairs),
        warnings=len(document.warnings),
        paragraphs=sum(block.number is not None for block in blocks),
    )


def _findings(document: Document) -> tuple[list[tuple[int, Finding]], list[Finding]]:
    """Return (index of the block, finding) for those that have a place, and the others."""
    placed: list[tuple[int, Finding]] = []
    loose: list[Finding] = []
    found: Iterable[tuple[int | None, Finding]] = [
        *((one.block, Finding("Please look", one.message)) for one in document.warnings),
        *((one.block, _repair(one.name, one.detail, one.id)) for one in document.repairs),
    ]
    for index, finding in found:
        if index is None:
            loose.append(finding)
        else:
            placed.append((index, finding))
    return placed, loose


def _repair(name: str, detail: str, id: str) -> Finding:  # noqa: A002 - as the importer names it
    return Finding(REPAIR_NAMES.get(name, name.replace("_", " ").capitalize()), detail, id)


def _refused(revision: Revision) -> list[dict[str, str]]:
    refused: list[dict[str, str]] = revision.document["refused"]
    return refused
