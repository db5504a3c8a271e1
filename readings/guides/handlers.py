"""Who takes which items of a guide: each app hands its handler over in AppConfig.ready().

The guide's file is read here; what a prompt or a checkpoint becomes is known to the apps above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from readings.guides.guide_file import GuideItem
from readings.models import Passage, Reading
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item of a guide with the passage it found; `sources` are those of its questions."""

    item: GuideItem
    passage: Passage
    sources: tuple[Passage | None, ...] = ()


class ItemHandler(Protocol):
    """One app's kinds of guide items."""

    # {"prompt"}, {"checkpoint"} …
    guide_kinds: frozenset[str]

    def clear_guide(self, *, reading: Reading, by: Membership) -> None:
        """Take off what an earlier guide added, keeping what members did with it."""
        ...

    def apply_items(
        self, placed: Sequence[PlacedItem], *, reading: Reading, by: Membership
    ) -> None:
        """Add these items to the reading; called inside the transaction of the whole guide."""
        ...


_handlers: list[ItemHandler] = []


def register_handler(handler: ItemHandler) -> None:
    """Add a handler; called from AppConfig.ready(), so the order is that of INSTALLED_APPS."""
    _handlers.append(handler)


def registered_handlers() -> Sequence[ItemHandler]:
    return tuple(_handlers)
