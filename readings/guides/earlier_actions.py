"""Bringing back a guide that a reading had before."""

from django.db import transaction

from readings.guides.draft_actions import begin_draft
from readings.guides.draft_items import content_of, parse_draft
from readings.guides.draft_steps import hold_draft, save_items
from readings.guides.earlier import as_items, read_earlier
from readings.models import EarlierGuide, Reading
from seminars.models import Membership


@transaction.atomic
def bring_back(*, reading: Reading, by: Membership, earlier: EarlierGuide) -> None:
    """Put an earlier guide into the draft, or begin one with it: a change that can be undone.

    Twice is as once. Raises GuideRefused where it cannot be read any more.
    """
    guide = read_earlier(earlier)
    begin_draft(reading=reading, by=by)
    draft = hold_draft(reading, by)
    now = [content_of(one.parsed) for one in parse_draft(draft)[1]]
    if now != [content_of(one) for one in guide.items]:
        save_items(draft, guide, as_items(draft, guide), by)
