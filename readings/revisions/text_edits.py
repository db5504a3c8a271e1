"""Editing a published text: a draft made of it, as if it had come from a file."""

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from readings.importing import Document, Metadata
from readings.importing.document import Block as DocumentBlock
from readings.importing.document import Note as DocumentNote
from readings.importing.document import NoteRef
from readings.importing.document import Picture as DocumentPicture
from readings.models import Essay, Picture, Revision
from readings.revisions.moves import lock_essay
from readings.revisions.publishing import METADATA, metadata_of, newest_standing, next_number


def start_text_edit(*, essay: Essay, by: User) -> Revision:
    """Return a draft with the text of the essay's newest revision, its file carried over.

    Whoever has such a draft waiting goes on with it: a second click makes no second one.
    """
    with transaction.atomic():
        lock_essay(essay.pk)
        newest = newest_standing(essay.pk)
        assert newest is not None  # noqa: S101 - an essay in the library is published
        waiting = Revision.objects.drafts_of(by).filter(essay=essay)
        for draft in waiting.order_by("-pk"):
            if draft.document.get("edited_from") == newest.pk:
                return draft
        draft = Revision(
            essay=essay,
            number=next_number(essay.pk),
            document=_document(newest) | {"refused": [], "edited_from": newest.pk},
            source_name=newest.source_name,
            source_sha256=newest.source_sha256,
            created_by=by,
        )
        if newest.source:
            with newest.source.open("rb") as file:
                draft.source = ContentFile(file.read(), name=newest.source_name)
        draft.save(force_insert=True)
        _copy_pictures(newest, draft)
    return draft


def _document(revision: Revision) -> dict[str, object]:
    """The published rows as a document: what was repaired in it is settled."""
    known = metadata_of(revision.essay)
    metadata = Metadata(
        **{name: known[name] for name in METADATA} | {"authors": tuple(known["authors"])}
    )
    blocks = tuple(
        DocumentBlock(
            kind=block.kind,
            level=block.level,
            number=block.number,
            text=block.text,
            html=block.html,
            note_refs=tuple(NoteRef(**ref) for ref in block.note_refs),
            key=block.key,
            marker=block.marker,
        )
        for block in revision.blocks.order_by("position")
    )
    notes = tuple(
        DocumentNote(note.number, note.text, note.html)
        for note in revision.notes.order_by("position")
    )
    pictures = tuple(
        DocumentPicture(one.name, one.media_type, one.width, one.height)
        for one in revision.pictures.order_by("pk")
    )
    document = Revision.objects.values_list("document", flat=True).get(pk=revision.pk)
    form = document.get("format", "text")
    return Document(form, metadata, blocks, notes, pictures=pictures).to_json()


def _copy_pictures(earlier: Revision, draft: Revision) -> None:
    """Each revision has files of its own: one thrown away takes none from another."""
    for one in earlier.pictures.order_by("pk"):
        with one.file.open("rb") as file:
            copy = ContentFile(file.read(), name=one.name)
        Picture.objects.create(
            revision=draft,
            name=one.name,
            file=copy,
            media_type=one.media_type,
            width=one.width,
            height=one.height,
        )
