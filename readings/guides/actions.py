"""Applying a guide: finding the places of its items, and keeping them as they are now."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from database.versions import Stale
from readings.guides.draft_items import finish_draft
from readings.guides.earlier import keep_earlier
from readings.guides.gate_effects import ClosingGate, closing_gates, gates_placed
from readings.guides.guide_file import (
    LINK,
    Anchor,
    GuideRefused,
    ParsedGuide,
    Problem,
    Source,
    parse_guide,
    sources_of,
)
from readings.guides.handlers import Consequence, PlacedItem
from readings.guides.items import FoundItem, ItemChange, apply_found
from readings.guides.link_ends import hindrances_of
from readings.guides.link_items import link_of
from readings.guides.places import Candidate, NotFound, find_place
from readings.models import Block, Guide, Reading
from readings.page import hold_pages
from readings.passages import Segment
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
    """What became of a guide: the items that this put on the text, and what found no place.

    `changes` are those of its items, `consequences` those of what members did,
    and `closing` the gates that shut what was open. `waiting` are the links whose other essay is
    not before the seminar yet.
    """

    title: str
    placed: tuple[PlacedItem, ...]
    unplaced: tuple[Unplaced, ...]
    changes: tuple[ItemChange, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    closing: tuple[ClosingGate, ...] = ()
    source: str = ""
    waiting: tuple[Unplaced, ...] = ()

    @property
    def digest(self) -> str:
        """Names this guide with what it does to members' results: what is confirmed is this."""
        # Characters that no page shows do not come back from its form as they were.
        words = "".join(one for one in self.source if one.isprintable() or one == "\n")
        return sha256(repr((words.strip(), self.consequences)).encode()).hexdigest()


class NotConfirmed(Exception):
    """Nothing was done: `preview` is what adding the guide would do."""

    def __init__(self, preview: AppliedGuide) -> None:
        self.preview = preview
        super().__init__()


def apply_guide(
    *,
    reading: Reading,
    text: str,
    by: Membership,
    version: int | None = None,
    confirmed: str | None = None,
    draft: int = 0,
) -> AppliedGuide:
    """Make the guide in `text` the guide of `reading`; raise GuideRefused.

    `version` is that of the guide that was seen, 0 where there was none: raises Stale where
    another one is there now. Who sends once more what is there already is answered as before.
    `confirmed` is the digest of what its sender was shown that it does: raises NotConfirmed where
    it does anything else. Without one nothing needs to be confirmed.
    `draft` is the state of the draft that is published so, 0 where none is: then it is gone, but
    for what is not ready in it.

    All or nothing where the file is malformed; an item whose place is not in the
    text is left out, listed in the answer and kept in the guide's `unplaced`. Items
    that were there before stay the same, and what members did with them stays:
    `readings.guides.identity` says which they are.
    """
    if not can_manage_readings(by) or by.seminar_id != reading.seminar_id:
        raise PermissionDenied(_("Only an instructor adds a guide to a reading."))
    parsed = parse_guide(text)
    _check_essay(parsed, reading)
    sources, source = _sources(parsed), text.replace("\0", "\ufffd")
    with transaction.atomic():
        # Two guides applied at once must not mix: the second waits for the first.
        locked = _lock(reading, parsed)
        before = Guide.objects.filter(reading=locked).first()
        if version not in {None, before.edit_version if before else 0}:
            if before is None or before.source != source:
                raise Stale(before)
            return _as_applied(before)
        found, unplaced = _find_places(parsed, sources, locked)
        keep_earlier(before, source)
        guide, _is_new = Guide.objects.update_or_create(
            reading=locked,
            defaults={
                "seminar_id": locked.seminar_id,
                "title": parsed.title,
                "source": source,
                "edit_version": before.edit_version + 1 if before else 1,
                "unplaced": [asdict(one) for one in unplaced],
                "applied_at": timezone.now(),
                "applied_by": by,
            },
        )
        guide.reading = locked
        gates = gates_placed(locked)
        items = apply_found(guide, found, by)
        waiting, without_end = _without_end(items.placed, locked)
        applied = AppliedGuide(
            title=parsed.title,
            placed=items.placed,
            unplaced=(*unplaced, *without_end),
            waiting=tuple(waiting),
            changes=items.changes,
            consequences=items.consequences,
            closing=tuple(closing_gates(locked, gates)) if confirmed is not None else (),
            source=source,
        )
        if confirmed not in {None, applied.digest}:
            raise NotConfirmed(applied)
        finish_draft(guide, draft)
        record(EventKind.GUIDE_APPLIED, by=by, target=reading, reading_id=reading.pk)
    return applied


def _lock(reading: Reading, parsed: ParsedGuide) -> Reading:
    """Return the reading, held until the transaction ends; with links, all to which they may lead,
    in the order in which everybody takes them."""
    held = Reading.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    if not any(one.kind == LINK for one in parsed.items):
        held = held.filter(pk=reading.pk)
    found = {one.pk: one for one in held.filter(seminar=reading.seminar_id)}
    hold_pages(found)
    return found[reading.pk]


def _without_end(
    placed: Sequence[PlacedItem], reading: Reading
) -> tuple[list[Unplaced], list[Unplaced]]:
    """Return the links that wait for their other essay, and those that find no place in it."""
    links = [one.parsed for one in placed if one.parsed.kind == LINK]
    waiting: list[Unplaced] = []
    lost: list[Unplaced] = []
    found = hindrances_of([link_of(one.body) for one in links], reading)
    for link, hindrance in zip(links, found, strict=True):
        if hindrance:
            told = Unplaced(link.line, link.heading, hindrance.reason)
            (waiting if hindrance.waits else lost).append(told)
    return waiting, lost


def _as_applied(guide: Guide) -> AppliedGuide:
    """What became of a guide that is on the text already."""
    return AppliedGuide(guide.title, (), tuple(Unplaced(**one) for one in guide.unplaced))


def _check_essay(guide: ParsedGuide, reading: Reading) -> None:
    """A guide of another essay would take off the right one and find no place itself."""
    essay = reading.essay
    wanted = _words(guide.essay)
    titles = [_words(essay.title), _words(f"{essay.title} {essay.subtitle}")]
    # Where a title ends and a subtitle begins is a matter of taste.
    if wanted and not any(
        title[: len(wanted)] == wanted or wanted[: len(title)] == title for title in titles if title
    ):
        message = _(
            "this guide is for “%(meant)s”, and the reading is “%(essay)s”."
            " If it is meant for this reading, change “essay:” in its head."
        )
        message %= {"meant": guide.essay, "essay": essay.title}
        raise GuideRefused([Problem(2, message)])


def _words(title: str) -> list[str]:
    return re.findall(r"\w+", title.casefold())


def _sources(guide: ParsedGuide) -> list[tuple[Source, ...]]:
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


def _find_places(
    guide: ParsedGuide, sources: Sequence[tuple[Source, ...]], reading: Reading
) -> tuple[list[FoundItem], list[Unplaced]]:
    """Return the items that have their place in the text, and what has none."""
    blocks = [Candidate(one) for one in Block.objects.filter(revision_id=reading.revision_id)]
    found: list[FoundItem] = []
    unplaced: list[Unplaced] = []

    def place(anchor: Anchor, heading: str, line: int) -> Segment | None:
        try:
            return find_place(anchor, blocks)
        except NotFound as reason:
            unplaced.append(Unplaced(line, heading, str(reason)))
            return None

    for item, item_sources in zip(guide.items, sources, strict=True):
        segment = place(item.anchor, item.heading, item.line)
        if segment:
            where = [
                place(one.anchor, one.heading, one.line) if one.anchor else None
                for one in item_sources
            ]
            found.append(FoundItem(item, segment, tuple(where)))
    return found, unplaced
