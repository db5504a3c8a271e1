"""A published essay made from a file's text, without the pages of an import."""

from accounts.models import User
from documents import import_document
from readings.essays.document_rows import essay_fields, rows_of_document
from readings.models import Block, Essay, Note, Revision


def published_essay(text: str, by: User) -> Essay:
    """Read `text` as Markdown and write it as rows."""
    document = import_document(text.encode(), "essay.md")
    essay = Essay.objects.create(created_by=by, **essay_fields(document.metadata))
    revision = Revision.objects.create(
        essay=essay,
        number=1,
        source_name="essay.md",
        source_sha256="0" * 64,
        created_by=by,
    )
    blocks, notes = rows_of_document(document)
    for block in blocks:
        block.revision = revision
    for note in notes:
        note.revision = revision
    Block.objects.bulk_create(blocks)
    Note.objects.bulk_create(notes)
    return essay
