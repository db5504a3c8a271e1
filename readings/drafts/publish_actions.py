"""A draft becomes a revision: its number, its blocks' keys, and the readings that move at once.

What takes long on a long text, making the edits and aligning the text with the one
before, is done before anything is locked; the transaction finds out whether it still holds.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from anchoring import align
from database.versions import Stale
from documents import Document
from readings.drafts.drafts import (
    AlreadyPublished,
    check_draft,
    essay_to_revise,
    update_draft,
)
from readings.drafts.edit_log import EditedMeanwhile, edited, version_of, with_metadata
from readings.essays import essay_fields, metadata_of, rows_of_document
from readings.models import Block, Draft, Essay, Note, Picture, Reading, Revision
from readings.revisions import (
    Overtaken,
    TextChange,
    blocks_of,
    keep_alignment,
    lock_essay,
    lock_to_move,
    reanchor_reading,
    repeat_when_overtaken,
)
from seminars.models import Membership


class NotSharedNow(ValueError):
    """What was to be revised may not be changed any more, or may be now; the message says so."""


@dataclass(frozen=True, slots=True)
class _PublishPlan:
    """What is to be written, worked out for one state (`version`) of the draft."""

    version: str
    # The essay of which this makes a revision; none where it makes a new one.
    revises: Essay | None
    document: Document
    blocks: Sequence[Block]
    notes: Sequence[Note]
    # The revision that stood when this was worked out, and what lies between the new text
    # and each that readings leave for it, by the pk of the old one.
    earlier: Revision | None
    changes: Mapping[int, TextChange]


def publish(
    *,
    draft: Draft,
    metadata: Mapping[str, Any],
    by: User,
    readings: Collection[int] = (),
    seen: str | None = None,
    revises: str | None = None,
    earlier: str | None = None,
) -> Revision:
    """Make a revision of the draft, with what was edited in the preview: it never changes.

    `metadata` is what the person has written about the essay. A revision is made of an
    essay that they may change now (`essay_to_revise`): its columns change, its blocks keep
    their keys, and those of `readings` that `by` instructs move to the new text at once. Of
    everything else a new essay is made, and it is theirs.

    Raises AlreadyPublished, so that a second click writes nothing twice,
    EditedMeanwhile where `seen` is not the state of now, and NotSharedNow where `revises`,
    the pk of an essay or "" as the page had it, is not what would be done now. `earlier` is
    the pk of the newest revision that the page knew: raises Stale with the essay where there is
    another one. `draft` is brought up to date.
    """
    check_draft(draft, by)

    def attempt() -> Revision:
        plan = _plan(draft, metadata, _chosen(draft, readings, by), seen)
        _require_as_seen(plan, revises, earlier)
        with transaction.atomic():
            revision = _write(draft, plan, by)
            _move_readings(revision, _chosen(draft, readings, by), plan, by)
        return revision

    return repeat_when_overtaken(attempt)


def _require_as_seen(plan: _PublishPlan, revises: str | None, earlier: str | None) -> None:
    essay = plan.revises
    if revises is None or revises == (str(essay.pk) if essay else ""):
        if essay and earlier not in {None, str(plan.earlier and plan.earlier.pk)}:
            raise Stale(essay)
        return
    if essay:
        raise NotSharedNow(
            _("This essay has been shared with you meanwhile: publishing makes a revision of it.")
        )
    raise NotSharedNow(
        _(
            "This essay is not shared with you any more. Publish the text all the same, and it"
            " becomes an essay of your own."
        )
    )


def _chosen(draft: Draft, readings: Collection[int], by: User) -> list[Reading]:
    """Those of these readings of the essay that `by` instructs."""
    essay = essay_to_revise(draft) if readings else None
    if essay is None:
        return []
    instructed = Reading.objects.of_essay(essay, by).filter(pk__in=readings)
    return list(instructed.order_by("pk"))


def _plan(
    draft: Draft, metadata: Mapping[str, Any], readings: Sequence[Reading], seen: str | None
) -> _PublishPlan:
    now = Draft.objects.filter(pk=draft.pk, revision=None).first()
    if now is None:
        raise AlreadyPublished(_("This essay has been published already."))
    version = version_of(now)
    if seen and version != seen:
        raise EditedMeanwhile(_("The essay was changed in another window."))
    document = with_metadata(edited(now).document, metadata)
    blocks, notes = rows_of_document(document)
    revises = essay_to_revise(now)
    earlier = Revision.objects.newest_of(revises.pk) if revises else None
    changes: dict[int, TextChange] = {}
    if earlier:
        changes[earlier.pk] = _change_with_kept_keys(blocks, earlier)
        for left in {reading.revision_id for reading in readings} - {earlier.pk}:
            old = blocks_of(left)
            changes[left] = TextChange(old, blocks, align(old, blocks))
    return _PublishPlan(version, revises, document, blocks, notes, earlier, changes)


def _change_with_kept_keys(blocks: Sequence[Block], earlier: Revision) -> TextChange:
    """Give the new blocks, not saved yet, the keys of those they were in `earlier`."""
    old = blocks_of(earlier.pk)
    alignment = align(old, blocks)
    for block, key in zip(blocks, alignment.keys, strict=True):
        block.key = key
    return TextChange(old, blocks, alignment)


def _write(draft: Draft, plan: _PublishPlan, by: User) -> Revision:
    """Write the rows, in a transaction; raise Overtaken where `plan` no longer holds."""
    # The draft and then its essay, as whoever edits a draft holds them.
    drafts = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, revision=None)
    held = drafts.first()
    if held is None:
        raise AlreadyPublished(_("This essay has been published already."))
    if plan.revises:
        lock_essay(plan.revises.pk)
    # Asked again now that the essay is held: sharing it ends under the same lock.
    essay = essay_to_revise(held)
    newest = Revision.objects.newest_of(essay.pk) if essay else None
    if version_of(held) != plan.version or essay != plan.revises or newest != plan.earlier:
        raise Overtaken
    revision = _create_revision(held, essay, plan.document, by)
    for block in plan.blocks:
        block.revision = revision
    for note in plan.notes:
        note.revision = revision
    Block.objects.bulk_create(plan.blocks)
    Note.objects.bulk_create(plan.notes)
    for old, change in plan.changes.items():
        keep_alignment(old, revision.pk, change.alignment)
    Picture.objects.filter(draft=held).update(draft=None, revision=revision)
    # What is left of the draft leads to the revision, whose the file is from now on.
    update_draft(
        draft,
        essay=revision.essay,
        revision=revision,
        document={},
        edits=[],
        edits_done=0,
        refused_repairs=[],
        source="",
    )
    return revision


def _create_revision(draft: Draft, essay: Essay | None, document: Document, by: User) -> Revision:
    """Write the row of the revision, and what publishing it says of the essay."""
    known = essay_fields(document.metadata)
    before: dict[str, Any] = {}
    if essay is None:
        essay = Essay.objects.create(**known, created_by=by)
    else:
        before = essay_fields(metadata_of(essay))
        Essay.objects.filter(pk=essay.pk).update(**known)
        essay.refresh_from_db()
    return Revision.objects.create(
        essay=essay,
        number=Revision.objects.next_number(essay.pk),
        metadata=known,
        essay_before=before,
        source_format=document.format,
        source_name=draft.source_name,
        source_sha256=draft.source_sha256,
        source=draft.source.name,
        created_by=by,
    )


def _move_readings(
    revision: Revision, readings: Sequence[Reading], plan: _PublishPlan, by: User
) -> None:
    """Move readings to the new text; the essay is held, so that none moves meanwhile."""
    for reading in lock_to_move(readings):
        if reading.revision_id not in plan.changes:
            raise Overtaken
        member = Membership.objects.get(seminar_id=reading.seminar_id, user=by, removed_at=None)
        reanchor_reading(
            reading,
            revision,
            change=plan.changes[reading.revision_id],
            by=member,
            at=timezone.now(),
        )
