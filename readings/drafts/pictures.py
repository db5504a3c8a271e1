"""The pictures of a revision: kept as files, thrown away with it."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction

from documents import DocumentPicture
from readings.models import Picture, Revision


def keep_pictures(*, revision: Revision, pictures: Iterable[DocumentPicture]) -> None:
    """Keep these in place of the pictures that the draft had from an earlier reading.

    The files are no part of the transaction: those of a failed one are deleted at once,
    the old ones when the new are sure.
    """
    rows: list[Picture] = []
    try:
        with transaction.atomic():
            forget_pictures(revision=revision)
            Picture.objects.filter(revision=revision).delete()
            for one in pictures:
                row = Picture(
                    revision=revision,
                    name=one.name,
                    media_type=one.media_type,
                    width=one.width,
                    height=one.height,
                )
                row.file.save(one.name, ContentFile(one.data), save=False)
                rows.append(row)
            Picture.objects.bulk_create(rows)
    except BaseException:
        for row in rows:
            row.file.delete(save=False)
        raise


def forget_pictures(*, revision: Revision) -> None:
    """Delete the files of a revision's pictures once what is done now is sure."""
    files = [(one.file.storage, one.file.name) for one in revision.pictures.all()]
    if files:
        transaction.on_commit(lambda: _delete(files))


def _delete(files: list[tuple[Storage, str | None]]) -> None:
    for storage, name in files:
        if name:
            storage.delete(name)
