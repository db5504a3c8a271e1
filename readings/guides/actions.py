"""Laying a guide: finding the places of its items, and handing them to who takes them."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from readings.guides.guide_file import (
    Anchor,
    Guide,
    GuideRefused,
    Problem,
    Source,
    parse_guide,
    sources_of,
)
from readings.guides.handlers import ItemHandler, PlacedItem, registered_handlers
from readings.guides.places import Candidate, NotFound, find_place
from readings.models import Block, Passage, Reading
from readings.passages import create_passage
from seminars.events import EventKind, record
from seminars.models import Membership
from seminars.permissions import can_manage_readings


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A part of a guide that found no place in the text."""

    line: int
    heading: str
    reason: str


@dataclass(frozen=True, slots=True)
class AppliedGuide:
    """What became of a guide: the items that lie on the text now, and what found no place."""

    title: str
    placed: tuple[PlacedItem, ...]
    unplaced: tuple[Unplaced, ...]


def apply_guide(*, reading: Reading, text: str, by: Membership) -> AppliedGuide:
    """Lay the guide in `text` over `reading` in place of the one there; raise GuideRefused.

    All or nothing where the file is malformed; an item whose place is not in the
    text is left out, listed in the answer and kept in `reading.guide_unplaced`.
    What members did with the earlier guide stays: answered prompts and attempts.
    """
    if not can_manage_readings(by) or by.seminar_id != reading.seminar_id:
        raise PermissionDenied("Only an instructor lays a guide over a reading.")
    guide = parse_guide(text)
    _check_essay(guide, reading)
    sources = _sources(guide)
    with transaction.atomic():
        # Two guides laid at once must not mix: the second waits for the first.
        locked = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
        for handler in registered_handlers():
            handler.clear_guide(reading=locked, by=by)
        placed, unplaced = _place(guide, sources, locked)
        for handler in registered_handlers():
            handler.apply_items(_for_handler(handler, placed), reading=locked, by=by)
        reading.guide_title = guide.title
        reading.guide_source = text.replace("\0", "\ufffd")
        reading.guide_unplaced = [asdict(one) for one in unplaced]
        reading.save(update_fields=["guide_title", "guide_source", "guide_unplaced"])
        record(EventKind.GUIDE_APPLIED, by=by, target=reading, reading_id=reading.pk)
    return AppliedGuide(guide.title, tuple(placed), tuple(unplaced))


def _check_essay(guide: Guide, reading: Reading) -> None:
    """A guide laid over the wrong essay would take off the right one and find no place itself."""
    essay = reading.essay
    wanted = _words(guide.essay)
    titles = [_words(essay.title), _words(f"{essay.title} {essay.subtitle}")]
    # Where a title ends and a subtitle begins is a matter of taste.
    if wanted and not any(
        title[: len(wanted)] == wanted or wanted[: len(title)] == title for title in titles if title
    ):
        message = (
            f"this guide is for “{guide.essay}”, and the reading is “{essay.title}”."
            " If it is meant for this reading, change “essay:” in its head."
        )
        raise GuideRefused([Problem(2, message)])


def _words(title: str) -> list[str]:
    return re.findall(r"\w+", title.casefold())


def _sources(guide: Guide) -> list[tuple[Source, ...]]:
    """Read all that only other apps can read, before anything is written."""
    sources: list[tuple[Source, ...]] = []
    problems: list[Problem] = []
    for item in guide.items:
        try:
            sources.append(sources_of(item))
        except GuideRefused as refused:
            problems += refused.problems
    if problems:
        raise GuideRefused(problems)
    return sources


def _for_handler(handler: ItemHandler, placed: Sequence[PlacedItem]) -> list[PlacedItem]:
    return [one for one in placed if one.item.kind in handler.guide_kinds]


def _place(
    guide: Guide, sources: Sequence[tuple[Source, ...]], reading: Reading
) -> tuple[list[PlacedItem], list[Unplaced]]:
    """Make a passage for each item, and for the source of each question, that has its place."""
    blocks = [Candidate(one) for one in Block.objects.filter(revision_id=reading.revision_id)]
    placed: list[PlacedItem] = []
    unplaced: list[Unplaced] = []

    def passage(anchor: Anchor, heading: str, line: int) -> Passage | None:
        try:
            segment = find_place(anchor, blocks)
        except NotFound as reason:
            unplaced.append(Unplaced(line, heading, str(reason)))
            return None
        return create_passage(reading=reading, segments=[segment])

    for item, item_sources in zip(guide.items, sources, strict=True):
        found = passage(item.anchor, item.heading, item.line)
        if found:
            where = [
                passage(one.anchor, one.heading, one.line) if one.anchor else None
                for one in item_sources
            ]
            placed.append(PlacedItem(item, found, tuple(where)))
    return placed, unplaced
