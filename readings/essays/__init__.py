"""Essays of the library: their rows, their pictures, and the files they are taken away as."""

from readings.essays.deletion import (
    delete_essays,
)
from readings.essays.document_rows import (
    document_of,
    essay_fields,
    metadata_of,
    rows_of_document,
    with_what_is_known,
)
from readings.essays.files import (
    EssayFile,
    file_name,
)
from readings.essays.http import (
    get_essay,
)
from readings.essays.messages import (
    translated,
    translated_refusal,
)
from readings.essays.pictures import (
    NO_PICTURES,
    ShownPicture,
    picture_response,
    shown_pictures,
    with_pictures,
)
from readings.essays.views import (
    attachment,
)

__all__ = [
    "NO_PICTURES",
    "EssayFile",
    "ShownPicture",
    "attachment",
    "delete_essays",
    "document_of",
    "essay_fields",
    "file_name",
    "get_essay",
    "metadata_of",
    "picture_response",
    "rows_of_document",
    "shown_pictures",
    "translated",
    "translated_refusal",
    "with_pictures",
    "with_what_is_known",
]
