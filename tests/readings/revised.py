"""New revisions of the small essay of tests/base.py, made as an instructor makes them."""

from collections.abc import Sequence
from hashlib import sha256
from html import escape

from django.core.files.base import ContentFile

from documents import Document, Metadata
from documents.document import DocumentBlock
from documents.numbering import numbered
from readings.drafts.actions import publish
from readings.essays.document_rows import essay_fields, metadata_of
from readings.models import Draft, Passage, Reading, Revision
from readings.passages.segments import segments_of
from readings.revisions.passage_rows import RowValues, row_values
from tests.base import PARAGRAPHS

# The first paragraph ends otherwise, the second is another, the third is as it was.
REVISED = [
    "A seminar reads one text together, and each reader stops where it pleases them.",
    "Printers pay for margins, and so they have grown narrow.",
    PARAGRAPHS[2],
]


def as_document(paragraphs: Sequence[str]) -> Document:
    """The title and the section of the small essay, and these paragraphs."""
    rows = [("heading", 1, "On margins"), ("heading", 2, "Where readers stop")]
    blocks = [
        DocumentBlock(kind, level, None, text, escape(text, quote=False))
        for kind, level, text in [*rows, *(("paragraph", None, text) for text in paragraphs)]
    ]
    return Document("markdown", Metadata(title="On margins"), numbered(blocks))


def draft_of(reading: Reading, paragraphs: Sequence[str]) -> Draft:
    """A new file for the reading's essay, read, and not published yet."""
    data = "\n\n".join(paragraphs).encode()
    return Draft.objects.create(
        essay=reading.essay,
        title="On margins",
        document=as_document(paragraphs).to_json(),
        source_name="margins.md",
        source_sha256=sha256(data).hexdigest(),
        source=ContentFile(data, name="margins.md"),
        created_by=reading.created_by.user,
    )


def revise(reading: Reading, paragraphs: Sequence[str], *, move: bool = True) -> Revision:
    """Publish a new file for the reading's essay and, with `move`, put the reading on it."""
    revision = publish(
        draft=draft_of(reading, paragraphs),
        metadata=essay_fields(metadata_of(reading.essay)),
        by=reading.created_by.user,
        readings=[reading.pk] if move else [],
    )
    reading.refresh_from_db()
    return revision


def standing(reading: Reading) -> dict[int, list[RowValues]]:
    """Every passage of the reading, row by row, by the pk that others point at."""
    passages = segments_of(Passage.objects.filter(reading=reading))
    return {pk: row_values(rows) for pk, rows in passages.items()}
