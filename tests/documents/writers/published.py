"""A published essay made from a file's text, without the pages of an import."""

from django.utils import timezone

from accounts.models import User
from documents import import_document
from readings.essays.document_rows import essay_fields, rows_of_document
from readings.models import Block, Essay, Note, Revision


def published_essay(text: str, by: User, *, publish: bool = True) -> Essay:
    """Read `text` as Markdown and write it as rows; a draft where it is not to be published."""
    document = import_document(text.encode(), "essay.md")
    essay = Essay.objects.create(created_by=by, **essay_fields(document.metadata))
    revision = Revision.objects.create(
        essay=essay,
        number=1,
        document=document.to_json(),
        source_name="essay.md",
        source_sha256="0" * 64,
        created_by=by,
        published_at=timezone.now() if publish else None,
    )
    if publish:
        blocks, notes = rows_of_document(document, revision)
        Block.objects.bulk_create(blocks)
        Note.objects.bulk_create(notes)
    return essay
