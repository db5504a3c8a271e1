"""What a reading's guide holds, counted for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from readings.guides.guide_file import (
    Anchor,
    GuideRefused,
    ParsedItem,
    parse_guide,
    sources_of,
)
from readings.guides.link_ends import attached_links, hindrances_of
from readings.guides.link_items import link_of
from readings.models import NOTE_KINDS, Guide, GuideItem, GuideItemKind, Reading


@dataclass(frozen=True, slots=True)
class GuideSummary:
    """The guide of a reading; `unplaced` is a list of {"line", "heading", "reason"}.

    So is `waiting`: the links whose other essay is not before the seminar. `links` are the others.
    """

    title: str
    source: str
    edit_version: int
    notes: int
    prompts: int
    checkpoints: int
    questions: int
    links: int
    unplaced: list[dict[str, Any]]
    waiting: list[dict[str, Any]]

    @classmethod
    def of(cls, reading: Reading) -> "GuideSummary | None":
        """Count what of the reading's guide is on the text; None where it has none."""
        guide = Guide.objects.filter(reading=reading).select_related("reading__seminar").first()
        if guide is None:
            return None
        items = list(GuideItem.objects.of(reading))
        kinds = [item.kind for item in items]
        links = [item for item in items if item.kind == GuideItemKind.LINK]
        attached = attached_links(links)
        waiting, lost = _without_end(guide, [one for one in links if one.pk not in attached])
        return cls(
            title=guide.title,
            source=guide.source,
            edit_version=guide.edit_version,
            notes=sum(kind in NOTE_KINDS for kind in kinds),
            prompts=kinds.count(GuideItemKind.PROMPT),
            checkpoints=kinds.count(GuideItemKind.CHECKPOINT),
            questions=sum(map(_questions, items)),
            links=len(attached),
            unplaced=sorted([*guide.unplaced, *lost], key=lambda one: one["line"]),
            waiting=waiting,
        )


def _without_end(
    guide: Guide, links: Sequence[GuideItem]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Say of links that are not there which of them wait, and which find no place."""
    found = hindrances_of([link_of(one.body) for one in links], guide.reading)
    lines = _lines_of(guide) if links else {}
    waiting: list[dict[str, Any]] = []
    lost: list[dict[str, Any]] = []
    for item, hindrance in zip(links, found, strict=True):
        line, heading = lines.get(item.body, (0, str(item.get_kind_display())))
        # Where an essay was renamed or revised since, or its author took the link off.
        reason = hindrance.reason if hindrance else _("It can be made now: add the guide again.")
        told = {"line": line, "heading": heading, "reason": reason}
        (waiting if hindrance is None or hindrance.waits else lost).append(told)
    return waiting, lost


def _lines_of(guide: Guide) -> dict[str, tuple[int, str]]:
    """Where each link stands in the guide's file."""
    try:
        items = parse_guide(guide.source).items
    except GuideRefused:
        return {}
    return {one.body: (one.line, one.heading) for one in items}


def _questions(item: GuideItem) -> int:
    try:
        sources = sources_of(ParsedItem(item.kind, Anchor(None, ""), item.body, "", line=0))
        return sum(not one.is_key for one in sources)
    except GuideRefused:
        # Added by an earlier version of Colloquy, which read the file otherwise.
        return 0
