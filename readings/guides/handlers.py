"""Who takes which items of a guide: each app hands its handler over in AppConfig.ready().

The guide's file is read here; what a prompt or a checkpoint becomes is known to the apps above.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from readings.guides.guide_file import ParsedItem
from readings.models import GuideItem, Reading
from readings.passages import Segment
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item that is on the text, and what the file says of it now.

    `sources` has for each of its questions where the answer can be read, or None, and then the
    places that are right in the text, or None.
    """

    item: GuideItem
    parsed: ParsedItem
    sources: tuple[Segment | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a guide changes of what a member did: shown before it is done."""

    item: str  # “Checkpoint “What the margin is for””
    member: str  # “Carol, first try”
    before: str
    after: str


class ItemHandler(Protocol):
    """One app's kinds of guide items. All is called in the transaction of the whole guide."""

    # {"prompt"}, {"checkpoint"} …
    guide_kinds: frozenset[str]

    def apply_items(
        self, placed: Sequence[PlacedItem], *, reading: Reading, by: Membership
    ) -> Sequence[Consequence]:
        """Bring what hangs on these items to what the guide says now.

        New items have nothing yet; others may have been moved, changed, or taken off
        and come back. Return what that changes of what members did.
        """
        ...

    def remove_items(
        self, removed: Sequence[GuideItem], *, reading: Reading, by: Membership
    ) -> Set[int]:
        """Take off what hangs on these items, keeping what members did with it.

        Return the pks of those items on which something still hangs.
        """
        ...


_handlers: list[ItemHandler] = []


def register_handler(handler: ItemHandler) -> None:
    """Add a handler; called from AppConfig.ready(), so the order is that of INSTALLED_APPS."""
    _handlers.append(handler)


def registered_handlers() -> Sequence[ItemHandler]:
    return tuple(_handlers)
