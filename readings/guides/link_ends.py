"""The other ends of the links that guides carry: an app above knows what a link becomes there.

A link whose other essay is not before the seminar waits for it. Nothing is written for that: which
wait, and what else keeps one off, is found out anew for each page that says so.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from readings.guides.link_items import LinkItem
from readings.models import GuideItem, Reading
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a link is not there: `waits`, for an essay that is not before the seminar yet."""

    reason: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class LinkOffers:
    """What a link in this seminar may be, each as a file has it and as it is called, and the titles
    of the essays to which it may lead."""

    kinds: list[tuple[str, str]]
    essays: list[str]


class LinkEnds(Protocol):
    """What the app of links knows of those of a guide."""

    def hindrances(self, links: Sequence[LinkItem], reading: Reading) -> list[Hindrance | None]:
        """Say of each link of this reading's guide what keeps it off; in a fixed number of
        queries."""
        ...

    def offers(self, reading: Reading) -> LinkOffers:
        """What the form of a link has to choose from."""
        ...

    def attached(self, items: Sequence[GuideItem]) -> Set[int]:
        """Return the pks of those items that are links now."""
        ...

    def attach_waiting(self, by: Membership) -> None:
        """Make the links that can be made now, of all guides of the seminar of `by`."""
        ...


_registered: list[LinkEnds] = []


def register_link_ends(ends: LinkEnds) -> None:
    """Let an app say what becomes of links; called from AppConfig.ready()."""
    _registered.append(ends)


def hindrances_of(links: Sequence[LinkItem], reading: Reading) -> list[Hindrance | None]:
    for ends in _registered if links else ():
        return ends.hindrances(links, reading)
    return [None] * len(links)


def link_offers(reading: Reading) -> LinkOffers | None:
    return next((ends.offers(reading) for ends in _registered), None)


def attached_links(items: Sequence[GuideItem]) -> Set[int]:
    return {pk for ends in _registered for pk in ends.attached(items)} if items else set()


def attach_waiting(by: Membership) -> None:
    """Let the links that waited for a reading be made, in the transaction that brings it."""
    for ends in _registered:
        ends.attach_waiting(by)
