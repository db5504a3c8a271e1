"""What is done with imports; this is the door to all of it.

Taking a file in, reading it and letting it go is `import_actions.py`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents import Document
from readings.drafts.drafts import AlreadyPublished, check_draft, update_draft
from readings.drafts.edit_log import EditedMeanwhile, settle
from readings.drafts.import_actions import (
    discard,
    import_now,
    reread,
    retry_import,
    start_import,
)
from readings.drafts.publishing import (
    keep_keys,
    move_readings,
    newest_standing,
    take_number,
)
from readings.essays import essay_fields, metadata_of, rows_of_document
from readings.models import Block, Essay, Note, Revision
from readings.revisions import lock_essay

__all__ = [
    "AlreadyPublished",
    "EditedMeanwhile",
    "discard",
    "import_now",
    "publish",
    "reread",
    "retry_import",
    "start_import",
]


@transaction.atomic
def publish(
    *,
    revision: Revision,
    metadata: Mapping[str, Any],
    by: User,
    readings: Collection[int] = (),
    seen: str | None = None,
) -> int:
    """Write the draft's blocks and notes as rows: from now on it can be read, and never changes.

    Where the essay has been published before, blocks keep their keys, and those of
    `readings` that `by` instructs move to the new text at once; return how many.
    What was edited in the preview is in it. Raises AlreadyPublished, so that a second
    click writes nothing twice, and EditedMeanwhile where `seen` is not the state of now.
    """
    check_draft(revision, by)
    # The draft and then its essay, as whoever edits a draft holds them.
    settle(revision, metadata, seen)
    lock_essay(revision.essay_id)
    earlier = newest_standing(revision.essay_id)
    if earlier:
        revision.document["essay_before"] = essay_fields(metadata_of(earlier.essay))
    update_draft(
        revision,
        published_at=timezone.now(),
        number=take_number(revision),
        document=revision.document,
        edits=[],
        edits_done=0,
    )
    document = Document.from_json(revision.document)
    known = essay_fields(document.metadata) | dict(metadata)
    Essay.objects.filter(pk=revision.essay_id).update(**known)
    blocks, notes = rows_of_document(document, revision)
    change = keep_keys(blocks, earlier) if earlier else None
    Block.objects.bulk_create(blocks)
    Note.objects.bulk_create(notes)
    revision.refresh_from_db(fields=["published_at", "essay"])
    return move_readings(revision, readings, change=change, by=by) if change else 0
