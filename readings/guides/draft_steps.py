"""Each change of a draft is a step that can be taken back, the last one first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from readings.guides.draft_items import (
    DraftItem,
    ItemChanged,
    NoGuideDraft,
    new_keys,
    parse_draft,
    write_draft,
)
from readings.guides.earlier import as_items, guide_before, read_earlier
from readings.guides.guide_file import ParsedGuide
from readings.guides.unfinished import SentForm, brought_back, unfinished_in
from readings.models import EarlierGuide, GuideDraft, GuideDraftStep, Reading
from seminars.models import Membership
from seminars.permissions import can_manage_readings

MOST_STEPS = 50  # each keeps the whole draft as it was


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: a change at a paragraph, or that `guide` was replaced by another."""

    paragraph: int | None
    guide: EarlierGuide | None = None


def require_right(reading: Reading, by: Membership) -> None:
    if not can_manage_readings(by) or by.seminar_id != reading.seminar_id:
        raise PermissionDenied(_("Only an instructor writes a reading’s guide."))


def hold_draft(reading: Reading, by: Membership) -> GuideDraft:
    """Return the draft, held until the transaction ends: of two at once one waits."""
    require_right(reading, by)
    held = GuideDraft.objects.select_for_update(of=("self",))
    draft = held.filter(reading=reading, discarded_at=None).first()
    if draft is None:
        raise NoGuideDraft
    return draft


def save_items(
    draft: GuideDraft,
    guide: ParsedGuide,
    items: Sequence[DraftItem],
    by: Membership,
    sent: SentForm | None = None,
) -> None:
    """Save the held draft with these items, and keep how it was before; raise GuideRefused.

    With the form that is done so (`sent`), what was typed in it before is the same step.
    """
    last = _last_step(draft)
    if not (sent and sent.writer and last and last.form == sent.writer):
        _keep_step(draft, by)
    write_draft(draft, guide, items)
    _save(draft, by)


def save_unfinished(draft: GuideDraft, by: Membership, form: str = "") -> bool:
    """Save the held draft with what of it is not ready; say whether that was a step.

    What is typed on in one `form` is one with how it was begun.
    """
    steps = GuideDraftStep.objects.filter(draft=draft, form=form)
    if form and steps.exists():
        draft.save(update_fields=["unfinished", "next_key"])
        return False
    _keep_step(draft, by, form)
    _save(draft, by)
    return True


@transaction.atomic
def undo_step(*, reading: Reading, by: Membership, version: int) -> Undone:
    """Take back the last change of the draft that was seen at `version`.

    Behind the first of them it goes on with what was published last: the draft is the guide as it
    was before that. Raises ItemChanged where it is another draft by now, so that twice is as once.
    And NoGuideDraft, and GuideRefused where that guide cannot be read any more.
    """
    draft = hold_draft(reading, by)
    if draft.edit_version != version:
        raise ItemChanged(None)
    last = _last_step(draft)
    if last is None:
        return Undone(None, _undo_publication(draft, by))
    keys, before = new_keys(draft), _standing(draft)
    draft.marks = [_mark(one, draft.marks, keys) for one in last.marks]
    draft.text, draft.removed = last.text, last.removed
    draft.unfinished = brought_back(last.unfinished, draft.unfinished, last.form, keys)
    last.delete()
    _save(draft, by)
    after = _standing(draft)
    other = [one for one in [*after, *before] if one not in after or one not in before]
    return Undone(other[0][0] if other else None)


def _undo_publication(draft: GuideDraft, by: Membership) -> EarlierGuide | None:
    earlier = guide_before(draft)
    if earlier:
        guide = read_earlier(earlier)
        write_draft(draft, guide, as_items(draft, guide))
        draft.text_version = earlier.version
        _save(draft, by)
    return earlier


def _standing(draft: GuideDraft) -> list[tuple[int | None, object]]:
    """All that stands in the draft, each with its paragraph."""
    items = [(one.parsed.anchor.number, one) for one in parse_draft(draft)[1]]
    return [*items, *((one.place.paragraph, one) for one in unfinished_in(draft))]


def _last_step(draft: GuideDraft) -> GuideDraftStep | None:
    return GuideDraftStep.objects.filter(draft=draft).order_by("-pk").first()


def _mark(
    one: dict[str, Any], current: Sequence[dict[str, Any]], keys: Iterator[int]
) -> dict[str, Any]:
    """The mark of an item that comes back: what is other than now has a version nobody has seen."""
    now = next((mark for mark in current if mark["key"] == one["key"]), None)
    if now == one:
        return one
    there = now.get("parts", ()) if now else ()
    parts = [
        part if part in there else part | {"version": next(keys)} for part in one.get("parts", ())
    ]
    return one | {"version": next(keys), "parts": parts}


def _keep_step(draft: GuideDraft, by: Membership, form: str = "") -> None:
    before = GuideDraft.objects.get(pk=draft.pk)
    GuideDraftStep.objects.create(
        seminar_id=draft.seminar_id,
        draft=draft,
        text=before.text,
        marks=before.marks,
        removed=before.removed,
        unfinished=before.unfinished,
        form=form,
        taken_by=by,
    )
    steps = GuideDraftStep.objects.filter(draft=draft).order_by("-pk")
    old = list(steps.values_list("pk", flat=True)[MOST_STEPS:])
    if old:
        GuideDraftStep.objects.filter(pk__in=old).delete()


def _save(draft: GuideDraft, by: Membership) -> None:
    draft.changed_at, draft.changed_by = timezone.now(), by
    draft.edit_version += 1
    draft.save(
        update_fields=[
            *("text", "marks", "removed", "unfinished", "done_forms", "next_key"),
            "text_version",
            *("changed_at", "changed_by", "edit_version"),
        ]
    )
