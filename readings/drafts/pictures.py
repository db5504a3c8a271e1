"""The pictures of a draft: kept as files, thrown away with it."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction

from documents import DocumentPicture
from readings.models import Draft, Picture


def keep_pictures(*, draft: Draft, pictures: Iterable[DocumentPicture]) -> None:
    """Keep these in place of the pictures that the draft had from an earlier reading.

    The files are no part of the transaction: those of a failed one are deleted at once,
    the old ones when the new are sure.
    """
    rows: list[Picture] = []
    try:
        with transaction.atomic():
            forget_pictures(draft=draft)
            Picture.objects.filter(draft=draft).delete()
            for one in pictures:
                row = Picture(
                    draft=draft,
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


def forget_pictures(*, draft: Draft) -> None:
    """Delete the files of a draft's pictures once what is done now is sure."""
    files = [(one.file.storage, one.file.name) for one in draft.pictures.all()]
    if files:
        transaction.on_commit(lambda: _delete(files))


def _delete(files: list[tuple[Storage, str | None]]) -> None:
    for storage, name in files:
        if name:
            storage.delete(name)
