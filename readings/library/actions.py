"""What is done with imports: reading a file, publishing the result or throwing it away."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from readings.importing import Document, import_document
from readings.library.draft_rows import essay_fields, rows_of_document
from readings.library.kept_uploads import name_on_disk, short_name
from readings.models import Block, Essay, Note, Revision


class AlreadyPublished(ValueError):
    """The draft was published meanwhile; a revision is never changed after that."""


def start_import(*, data: bytes, filename: str, by: User) -> Revision:
    """Read the file and keep the result as a draft that only `by` sees; raise ImportRefused.

    The same file again, while its draft waits, is the same draft: a second click does no harm.
    """
    document = import_document(data, filename)
    name = short_name(filename)
    digest = sha256(data).hexdigest()
    revision = Revision(
        number=1,
        document=_kept(document, refused=[]),
        source_name=name,
        source_sha256=digest,
        created_by=by,
    )
    try:
        with transaction.atomic():
            # Holds a second click off until this one is done (SQLite's transactions do so already).
            User.objects.select_for_update(of=("self",)).get(pk=by.pk)
            waiting = Revision.objects.drafts_of(by).filter(source_sha256=digest, source_name=name)
            if draft := waiting.first():
                return draft
            revision.essay = Essay.objects.create(created_by=by, **essay_fields(document.metadata))
            revision.source = ContentFile(data, name=name_on_disk(name))
            revision.save(force_insert=True)
    except BaseException:
        # The file is no part of the transaction: without this it would stay behind.
        revision.source.delete(save=False)
        raise
    return revision


def reread(
    *, revision: Revision, refuse: Collection[str], metadata: Mapping[str, Any], by: User
) -> None:
    """Read the draft's file again, without the repairs whose ids are in `refuse`.

    `metadata` is what the person has written: it stands wherever they changed
    what the first reading had found. Raises ImportRefused and AlreadyPublished.
    """
    _check_draft(revision, by)
    with revision.source.open("rb") as file:
        document = import_document(file.read(), revision.source_name, refuse=refuse)
    before = Document.from_json(revision.document)
    known = {repair.id: asdict(repair) for repair in before.repairs}
    known |= {repair["id"]: repair for repair in revision.document["refused"]}
    refused = [known[one] for one in dict.fromkeys(refuse) if one in known]
    found, first = essay_fields(document.metadata), essay_fields(before.metadata)
    changed = {name: value for name, value in metadata.items() if value != first[name]}
    with transaction.atomic():
        _update_draft(revision, document=_kept(document, refused=refused))
        Essay.objects.filter(pk=revision.essay_id).update(**found | changed)


@transaction.atomic
def publish(*, revision: Revision, metadata: Mapping[str, Any], by: User) -> None:
    """Write the draft's blocks and notes as rows: from now on it can be read, and never changes.

    Raises AlreadyPublished, so that a second click writes nothing twice.
    """
    _check_draft(revision, by)
    _update_draft(revision, published_at=timezone.now())
    Essay.objects.filter(pk=revision.essay_id).update(**metadata)
    blocks, notes = rows_of_document(Document.from_json(revision.document), revision)
    Block.objects.bulk_create(blocks)
    Note.objects.bulk_create(notes)
    revision.refresh_from_db(fields=["published_at", "essay"])


@transaction.atomic
def discard(*, revision: Revision, by: User) -> None:
    """Throw a draft away, with its file and the essay that was only to be."""
    _check_draft(revision, by)
    source, essay = revision.source, revision.essay
    deleted, _ = Revision.objects.filter(pk=revision.pk, published_at=None).delete()
    if not deleted:
        raise AlreadyPublished("This essay has been published already.")
    if not essay.revisions.exists():
        essay.delete()
    transaction.on_commit(lambda: source.storage.delete(str(source.name)))


def _check_draft(revision: Revision, by: User) -> None:
    if revision.created_by_id != by.pk:
        raise PermissionDenied("Only who imported a file decides on it.")


def _update_draft(revision: Revision, **columns: Any) -> None:
    """Change the draft if it still is one; one statement, so that two at once cannot both win."""
    drafts = Revision.objects.filter(pk=revision.pk, published_at=None)
    if not drafts.update(**columns):
        raise AlreadyPublished("This essay has been published already.")
    for name, value in columns.items():
        setattr(revision, name, value)


def _kept(document: Document, refused: list[dict[str, Any]]) -> dict[str, Any]:
    """The document as the draft keeps it, with the repairs that the person refused."""
    return {**document.to_json(), "refused": refused}
