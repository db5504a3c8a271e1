"""Keeping what is written of a part of a draft as it is typed, and taking it back."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from readings.guides.draft_items import ItemChanged, new_keys
from readings.guides.draft_steps import hold_draft, save_unfinished
from readings.guides.unfinished import (
    SentForm,
    Unfinished,
    find_sent,
    has_seen,
    put_unfinished,
    unfinished_in,
)
from readings.models import Reading
from seminars.models import Membership


@transaction.atomic
def keep_unfinished(
    *, reading: Reading, by: Membership, sent: SentForm, is_empty: bool = False
) -> tuple[Unfinished | None, bool]:
    """Keep what a form sends in the place of what was kept of it; nothing of one that `is_empty`.

    Returns what stands there then, and whether that was a step of the draft: of one form, all that
    is typed is one step. What comes late of a form that is done changes nothing, and neither does
    what comes after something newer. Raises ItemChanged where somebody, or another tab, has
    written there since, TooMuch, and NoGuideDraft.
    """
    draft = hold_draft(reading, by)
    kept = unfinished_in(draft)
    if sent.run and sent.run in draft.done_forms:
        return None, False
    at = find_sent(kept, sent)
    there = kept[at] if at is not None else None
    if there and there.fields == sent.fields and not is_empty:
        return there, False
    if there and not has_seen(sent, there):
        raise ItemChanged(there)
    is_late = there and there.writer == sent.run and there.turn >= sent.turn
    if is_late or (there is None and is_empty):
        return there, False
    new = [] if is_empty else [_written(there, sent, by, next(new_keys(draft)))]
    # In the order in which they were begun.
    behind = len(kept) if at is None else at
    put_unfinished(draft, [*kept[:behind], *new, *kept[behind + 1 :]])
    return (new[0] if new else None), save_unfinished(draft, by, sent.writer)


@transaction.atomic
def take_back(*, reading: Reading, by: Membership, key: int, version: int) -> None:
    """Take what is kept of a part off; a step back undoes it. Twice is as once.

    Raises ItemChanged where somebody has gone on with it, and NoGuideDraft.
    """
    draft = hold_draft(reading, by)
    kept = unfinished_in(draft)
    there = next((one for one in kept if one.key == key), None)
    if there is None:
        return
    if there.edit_version != version:
        raise ItemChanged(there)
    put_unfinished(draft, [one for one in kept if one is not there])
    save_unfinished(draft, by)


def _written(there: Unfinished | None, sent: SentForm, by: Membership, key: int) -> Unfinished:
    new = Unfinished(
        key=key,
        edit_version=1,
        place=sent.place,
        fields=sent.fields,
        form=sent.form,
        writer=sent.writer,
        turn=sent.turn,
        by=by.pk,
        at=timezone.now().isoformat(),
    )
    if there is None:
        return new
    place = sent.place if sent.place.paragraph else there.place
    return replace(new, key=there.key, edit_version=there.edit_version + 1, place=place)
