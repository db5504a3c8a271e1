"""What is done with a file that is to be an essay: taking it in, reading it, letting it go."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from documents import ImportRefused
from documents.isolated import import_isolated
from documents.progress import OnProgress, silent
from readings.drafts.background import describe, read_draft, read_import
from readings.drafts.drafts import (
    AlreadyPublished,
    check_draft,
    kept_document,
    name_on_disk,
    short_name,
    title_of_file,
    update_draft,
)
from readings.drafts.pictures import forget_pictures, keep_pictures
from readings.essays import with_what_is_known
from readings.models import Essay, ImportState, Revision

# Bytes of a file that is read again while the person waits: half a second.
SHORT_FILE = 200_000


def start_import(*, data: bytes, filename: str, by: User, essay: Essay | None = None) -> Revision:
    """Keep the file as a draft that only `by` sees; it is read in the background.

    With `essay` it is to be that essay's next revision. The same file again, while its draft
    waits, is the same draft: a second click does no harm. A file that could not be read
    gives way to the next.
    """
    revision = _draft_of(data, filename, by, state=ImportState.WAITING)
    try:
        with transaction.atomic():
            if same := _same_draft(revision, essay):
                if same.may_be_tried_again:
                    retry_import(revision=same, by=by)
                return same
            for refused in Revision.objects.drafts_of(by).refused():
                discard(revision=refused, by=by)
            _insert(revision, data, essay)
            # With the draft or not at all: the task is a row of the same transaction.
            read_import.enqueue(revision.pk)
    except BaseException:
        _forget_file(revision)
        raise
    return revision


def import_now(
    *,
    data: bytes,
    filename: str,
    by: User,
    essay: Essay | None = None,
    on_progress: OnProgress = silent,
) -> Revision:
    """Read the file here and keep it as a draft; raise ImportRefused, and then nothing is kept."""
    document = import_isolated(data, filename, on_progress=on_progress)
    if essay:
        document = with_what_is_known(document, essay)
    revision = _draft_of(data, filename, by, document=kept_document(document, refused=[]))
    try:
        with transaction.atomic():
            if same := _same_draft(revision, essay):
                return same
            _insert(revision, data, essay)
            keep_pictures(revision=revision, pictures=document.pictures)
            describe(revision.essay, document)
            revision.essay.refresh_from_db()
    except BaseException:
        _forget_file(revision)
        raise
    return revision


@transaction.atomic
def retry_import(*, revision: Revision, by: User) -> None:
    """Have a file read again that was refused, or that nobody has taken up."""
    check_draft(revision, by)
    stopped = Revision.objects.filter(pk=revision.pk, published_at=None).stopped()
    columns: dict[str, Any] = {"progress": "", "progress_percent": None, "refusal": {}}
    if stopped.update(state=ImportState.WAITING, state_at=timezone.now(), **columns):
        read_import.enqueue(revision.pk)


def reread(
    *, revision: Revision, refuse: Collection[str], metadata: Mapping[str, Any], by: User
) -> None:
    """Read the draft's file again, without the repairs whose ids are in `refuse`.

    `metadata` is what the person has written: it stands wherever they changed
    what the first reading had found. A short file is read at once, a long one in the
    background: the draft is not ready until then. Raises ImportRefused (the draft stays
    as it was) and AlreadyPublished.
    """
    check_draft(revision, by)
    if "edited_from" in revision.document:
        return  # a published text that is being edited: its file says something else by now
    short = revision.source.size <= SHORT_FILE
    with transaction.atomic():
        update_draft(
            revision,
            document={**revision.document, "refuse": list(refuse)},
            state=ImportState.WAITING,
            state_at=timezone.now(),
            refusal={},
        )
        if not revision.essay.revisions.filter(published_at__isnull=False).exists():
            Essay.objects.filter(pk=revision.essay_id).update(**metadata)
        if not short:
            read_import.enqueue(revision.pk)
    if short:
        read_draft(revision.pk)
        revision.refresh_from_db()
        if revision.refusal:
            raise ImportRefused(**revision.refusal)


@transaction.atomic
def discard(*, revision: Revision, by: User) -> None:
    """Throw a draft away, read or not, with its file and the essay that was only to be."""
    check_draft(revision, by)
    source, essay = revision.source, revision.essay
    forget_pictures(revision=revision)
    deleted, _ = Revision.objects.filter(pk=revision.pk, published_at=None).delete()
    if not deleted:
        raise AlreadyPublished("This essay has been published already.")
    if not essay.revisions.exists():
        essay.delete()
    transaction.on_commit(lambda: source.storage.delete(str(source.name)))


def _draft_of(data: bytes, filename: str, by: User, **columns: Any) -> Revision:
    name = short_name(filename)
    digest = sha256(data).hexdigest()
    return Revision(number=1, source_name=name, source_sha256=digest, created_by=by, **columns)


def _same_draft(revision: Revision, essay: Essay | None) -> Revision | None:
    """The draft that this file is already."""
    # Holds a second click off until this one is done (SQLite's transactions do so already).
    User.objects.select_for_update(of=("self",)).get(pk=revision.created_by_id)
    drafts = Revision.objects.drafts_of(revision.created_by).filter(
        source_sha256=revision.source_sha256, source_name=revision.source_name
    )
    # A text that is being edited has the file of the one that it was, and is another draft.
    drafts = drafts.exclude(document__has_key="edited_from")
    published = Revision.objects.filter(published_at__isnull=False).values("essay")
    return (drafts.filter(essay=essay) if essay else drafts.exclude(essay__in=published)).first()


def _insert(revision: Revision, data: bytes, essay: Essay | None) -> None:
    if essay:
        highest = essay.revisions.aggregate(highest=Max("number"))["highest"]
        revision.essay, revision.number = essay, (highest or 0) + 1
    else:
        title = title_of_file(revision.source_name)
        revision.essay = Essay.objects.create(title=title, created_by=revision.created_by)
    revision.source = ContentFile(data, name=name_on_disk(revision.source_name))
    revision.save(force_insert=True)


def _forget_file(revision: Revision) -> None:
    """The file is no part of the transaction: without this it would stay behind."""
    if revision.source:
        revision.source.delete(save=False)
