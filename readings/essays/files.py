"""An essay of the library as a file to take away."""

import re
from dataclasses import dataclass

from documents.writers import FORMATS
from readings.essays.document_rows import document_of
from readings.models import Essay, Revision

# What file systems refuse in a name; and a name that any of them takes.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class EssayFile:
    """A file's bytes, with what to call it and what it is."""

    name: str
    media_type: str
    data: bytes


def essay_file_of(essay: Essay, form: str) -> EssayFile:
    """Return the newest published text of `essay` in one of documents.writers.FORMATS."""
    chosen = FORMATS[form]
    newest = Revision.objects.newest_of(essay.pk)
    assert newest is not None  # noqa: S101 - the first revision is never withdrawn
    document = document_of(essay, newest)
    return EssayFile(
        name=f"{file_name(essay.title)}{chosen.suffix}",
        media_type=chosen.media_type,
        data=chosen.write(document),
    )


def file_name(title: str) -> str:
    """Return a title as it may stand before the ending of a file's name."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", title).split())
    return words[:_LONGEST_NAME].strip(" .") or "essay"
