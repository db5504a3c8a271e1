"""What of a draft is not ready, as its page shows it: what is written, and what is missing.

The app of a part knows its form, and hands over how what is kept of it is read
(`register_part_forms`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from readings.guides.draft_forms import DraftItemForm
from readings.guides.draft_items import DraftItem
from readings.guides.kept_forms import KeptForm
from readings.guides.link_forms import LinkItemForm
from readings.guides.unfinished import Unfinished, unfinished_in
from readings.models import Block, GuideDraft, GuideItemKind, Reading
from seminars.models import Membership

SHOWN_CHARACTERS = 160  # of what is written, in the list of what is not ready


class PartForms(Protocol):
    """How one app's kinds of parts are written."""

    kinds: frozenset[str]

    def name(self, one: Unfinished) -> str:
        """What it is, as the page names it: “Question”."""
        ...

    def form(self, one: Unfinished, item: DraftItem | None, blocks: Sequence[Block]) -> KeptForm:
        """Return its form with what is kept; `item` is the one that it belongs to."""
        ...

    def words(self, one: Unfinished) -> Sequence[str]:
        """Return what is written, the main words first."""
        ...

    def address(self, one: Unfinished, reading: Reading) -> str:
        """Where its form is that changes what is there already."""
        ...

    def new_address(self, one: Unfinished, reading: Reading) -> str:
        """Where the form of a new one is, with a query that can be added to."""
        ...


@dataclass(frozen=True, slots=True)
class ShownUnfinished:
    """What is kept of one part; `block` is below which it stands, and `reason` what is missing.

    `is_change` says that it is of a part that is there, and stays as it is meanwhile.
    """

    kept: Unfinished
    kind: str
    reason: str
    words: tuple[str, ...]
    address: str
    block: str
    number: int | None
    by: str
    at: datetime
    is_change: bool

    @property
    def summary(self) -> str:
        return " ".join(self.words[:1])[:SHOWN_CHARACTERS]


_registered: dict[str, PartForms] = {}


def register_part_forms(forms: PartForms) -> None:
    """Let an app say how its parts are written; called from AppConfig.ready()."""
    _registered.update(dict.fromkeys(forms.kinds, forms))


def shown_unfinished(
    draft: GuideDraft, reading: Reading, items: Iterable[DraftItem], blocks: Sequence[Block]
) -> list[ShownUnfinished]:
    """Return all that is not ready in a draft, in the order of the text."""
    kept = unfinished_in(draft)
    if not kept:
        return []
    by_key = {one.key: one for one in items}
    people = Membership.objects.filter(pk__in={one.by for one in kept}).select_related("user")
    names = {one.pk: one.name for one in people}
    shown = [_shown(one, by_key.get(one.place.item), reading, blocks, names) for one in kept]
    return sorted(shown, key=lambda one: one.number or 0)


def _shown(
    one: Unfinished,
    item: DraftItem | None,
    reading: Reading,
    blocks: Sequence[Block],
    names: dict[int, str],
) -> ShownUnfinished:
    forms = _registered[one.place.of]
    is_change = bool(item) and (not one.place.part or has_part(item, one.place.part))
    block = _block_of(item.parsed.anchor.number if item else one.place.paragraph, blocks)
    at = block.key if block else ""
    if is_change:
        address = f"{forms.address(one, reading)}?block={at}"
    else:
        number = block.number if block else 0
        address = f"{forms.new_address(one, reading)}&at={number}&kept={one.key}&block={at}"
    form = forms.form(one, item if is_change else None, blocks)
    return ShownUnfinished(
        kept=one,
        kind=forms.name(one),
        reason=form.first_problem or _("Nothing is missing. Open it, and say that it is done."),
        words=tuple(forms.words(one)),
        address=address,
        block=at,
        number=block.number if block else None,
        by=names.get(one.by, ""),
        at=datetime.fromisoformat(one.at),
        is_change=is_change,
    )


def has_part(item: DraftItem | None, key: int) -> bool:
    return item is not None and any(one.key == key for one in item.parts)


def _block_of(number: int | None, blocks: Sequence[Block]) -> Block | None:
    """The paragraph of this number; of a text that has no such one any more, its last."""
    numbered = [one for one in blocks if one.number]
    found = next((one for one in numbered if one.number == number), None)
    return found or (numbered[-1] if numbered else None)


class ItemForms:
    """Notes, prompts, links, and checkpoints as text."""

    kinds = frozenset({"note", "prompt", "checkpoint", "link"})

    def name(self, one: Unfinished) -> str:
        return str(GuideItemKind(one.place.of).label)

    def form(self, one: Unfinished, item: DraftItem | None, blocks: Sequence[Block]) -> KeptForm:
        form = LinkItemForm if one.place.of == GuideItemKind.LINK else DraftItemForm
        return form(row=item, part=one.place.of, blocks=blocks, unfinished=one)

    def words(self, one: Unfinished) -> Sequence[str]:
        fields = ("body", "essay", "far_quote")  # of a link that has no words, where it leads
        lines = [line for field in fields for line in one.fields.get(field, [""])[0].split("\n")]
        return [line for line in lines if line.strip()]

    def address(self, one: Unfinished, reading: Reading) -> str:
        return reverse("guide_item_detail", args=[*_path(reading), one.place.item])

    def new_address(self, one: Unfinished, reading: Reading) -> str:
        return reverse("guide_item_new", args=_path(reading)) + f"?part={one.place.of}"


def _path(reading: Reading) -> list[str]:
    return [reading.seminar.slug, reading.slug]
