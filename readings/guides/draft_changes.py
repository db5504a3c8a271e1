"""What a draft says that members do not see yet, item by item: nothing is written for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from readings.guides.draft_items import DraftItem, state_of
from readings.guides.guide_file import GuideRefused, ParsedItem, parse_guide
from readings.guides.identity import match_items
from readings.guides.preview import summary_of
from readings.models import Guide, GuideItemKind


@dataclass(frozen=True, slots=True)
class DraftChange:
    """One item that is other than in the guide on the text; `key` is None of what is gone."""

    name: str  # “Added”, “Changed” …
    kind: str
    anchor: str
    summary: str
    key: int | None = None


def changes_of(guide: Guide | None, items: Sequence[DraftItem]) -> list[DraftChange]:
    """Return what publishing these items would change of the guide on the text."""
    before = _items_of(guide)
    now = [one.parsed for one in items]
    same = match_items([*map(state_of, before)], [*map(state_of, now)])
    changes = []
    for i, item in enumerate(items):
        name = _name(before[same[i]], item.parsed) if i in same else _("Added")
        if name:
            changes.append(_change(name, item.parsed, item.key))
    kept = set(same.values())
    gone = [one for j, one in enumerate(before) if j not in kept]
    return [*changes, *(_change(_("Taken off"), one, None) for one in gone)]


def _items_of(guide: Guide | None) -> Sequence[ParsedItem]:
    try:
        return parse_guide(guide.source).items if guide else ()
    except GuideRefused:
        return ()  # added by an earlier version, which read it otherwise


def _name(before: ParsedItem, now: ParsedItem) -> str:
    if (before.kind, before.body) != (now.kind, now.body):
        return _("Changed")
    return _("Moved") if before.anchor != now.anchor else ""


def _change(name: str, item: ParsedItem, key: int | None) -> DraftChange:
    label = str(GuideItemKind(item.kind).label)
    return DraftChange(name, label, str(item.anchor), summary_of(item.kind, item.body), key)
