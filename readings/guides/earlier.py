"""The guides that a reading had before: kept when another is put in their place, and brought back.

Brought back is their file, as a draft that is published as any other: then the items and the
questions are those that they were (readings.guides.identity), with what members did with them.
"""

from collections.abc import Sequence
from dataclasses import replace

from readings.guides.draft_items import (
    DraftItem,
    content_of,
    new_keys,
    parse_draft,
    state_of,
)
from readings.guides.guide_file import ParsedGuide, parse_guide, sources_of
from readings.guides.identity import match_items
from readings.models import EarlierGuide, Guide, GuideDraft, Reading

MOST_KEPT = 20  # a term's guide is published about as often


def keep_earlier(before: Guide | None, source: str) -> None:
    """Keep the guide in whose place `source` is put, if it is another; of all, the last ones."""
    if before is None or before.source == source:
        return
    EarlierGuide.objects.create(
        seminar_id=before.seminar_id,
        guide=before,
        version=before.edit_version,
        title=before.title,
        source=before.source,
        applied_at=before.applied_at,
        applied_by_id=before.applied_by_id,
    )
    kept = EarlierGuide.objects.filter(guide=before).order_by("-version")
    old = list(kept.values_list("pk", flat=True)[MOST_KEPT:])
    if old:
        EarlierGuide.objects.filter(pk__in=old).delete()


def earlier_guides(reading: Reading) -> Sequence[EarlierGuide]:
    """The guides that the reading had before, the last one first."""
    kept = EarlierGuide.objects.filter(guide__reading=reading)
    return list(kept.select_related("applied_by__user").order_by("-version"))


def find_earlier(reading: Reading, version: int) -> EarlierGuide | None:
    return EarlierGuide.objects.filter(guide__reading=reading, version=version).first()


def guide_before(draft: GuideDraft) -> EarlierGuide | None:
    """The guide before the one whose text the draft was begun with, or taken back to."""
    kept = EarlierGuide.objects.filter(guide__reading=draft.reading_id)
    return kept.filter(version__lt=draft.text_version).order_by("-version").first()


def read_earlier(earlier: EarlierGuide) -> ParsedGuide:
    """Read it as a guide is read today; raise GuideRefused."""
    guide = parse_guide(earlier.source)
    for item in guide.items:
        sources_of(item)
    return guide


def as_items(draft: GuideDraft, guide: ParsedGuide) -> list[DraftItem]:
    """The items of a guide in the place of the draft's: what is the same item keeps its key.

    What is other in it has a version that nobody has seen.
    """
    keys, there = new_keys(draft), parse_draft(draft)[1]
    same = match_items([state_of(one.parsed) for one in there], [*map(state_of, guide.items)])
    items = []
    for i, parsed in enumerate(guide.items):
        if i not in same:
            items.append(DraftItem(next(keys), 1, parsed))
            continue
        was = there[same[i]]
        is_same = content_of(was.parsed) == content_of(parsed)
        version = was.edit_version if is_same else next(keys)
        items.append(replace(was, edit_version=version, parsed=parsed))
    return items
