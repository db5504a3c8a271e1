"""Repairs that are looked through at a glance, each kind of them as one finding."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import ngettext

from documents import Repair
from readings.essays import translated
from readings.models import Draft

# So many of a kind are one finding; fewer stand each beside its place.
FEWEST = 3
MOST_PLACES = 200


def _joined(count: int) -> str:
    return ngettext(
        "%(count)s break within a sentence joined",
        "%(count)s breaks within sentences joined",
        count,
    ) % {"count": count}


def _bound(count: int) -> str:
    return ngettext(
        "%(count)s note bound to its reference", "%(count)s notes bound to their references", count
    ) % {"count": count}


def _headers(count: int) -> str:
    return ngettext(
        "%(count)s rule, running header or page number taken out",
        "%(count)s rules, running headers and page numbers taken out",
        count,
    ) % {"count": count}


def _links(count: int) -> str:
    return ngettext("%(count)s link cleaned", "%(count)s links cleaned", count) % {"count": count}


def _levels(count: int) -> str:
    return ngettext(
        "%(count)s heading put on its level", "%(count)s headings put on their levels", count
    ) % {"count": count}


def _unwrapped(count: int) -> str:
    return ngettext(
        "Emphasis taken from %(count)s whole heading",
        "Emphasis taken from %(count)s whole headings",
        count,
    ) % {"count": count}


COUNTED: dict[str, Callable[[int], str]] = {
    "joined_over_page": _joined,
    "bound_note": _bound,
    "removed_running_header": _headers,
    "unescaped_links": _links,
    "levelled_heading": _levels,
    "unwrapped_heading": _unwrapped,
}


@dataclass(frozen=True, slots=True)
class GatheredPlace:
    """One of the repairs, the id by which it is refused, and the address of its place."""

    detail: str
    id: str
    url: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """All repairs of one kind: what was done, how often, and where; `more` are not listed."""

    name: str
    label: str
    places: list[GatheredPlace] = field(default_factory=list)
    more: int = 0


def many_of(repairs: Iterable[Repair]) -> set[str]:
    """The kinds of which there are so many that they are gathered."""
    names = sorted(repair.name for repair in repairs)
    return {
        name for name, alike in groupby(names) if name in COUNTED and len(list(alike)) >= FEWEST
    }


def gathered(repairs: Sequence[Repair], address: Callable[[int | None], str]) -> list[Gathered]:
    """Each gathered kind, in the order of `COUNTED`; `address` leads to a block by its index."""
    many = many_of(repairs)
    found = []
    for name in COUNTED:
        alike = [one for one in repairs if one.name == name] if name in many else []
        if alike:
            places = [
                GatheredPlace(translated(one.detail), one.id, address(one.block))
                for one in alike[:MOST_PLACES]
            ]
            label = COUNTED[name](len(alike))
            found.append(Gathered(name, label, places, len(alike) - len(places)))
    return found


def repairs_to_refuse(draft: Draft, sent: QueryDict) -> list[str]:
    """The ids to refuse: those refused before, and what a form says of one, or of all of a kind."""
    refused, made = draft.refused_repairs, draft.document.get("repairs", [])
    accepted = {*sent.getlist("accept"), *_of_kinds(refused, sent.getlist("accept_all"))}
    wanted = [
        *(one["id"] for one in refused),
        *sent.getlist("refuse"),
        *_of_kinds(made, sent.getlist("refuse_all")),
    ]
    return [one for one in dict.fromkeys(wanted) if one not in accepted]


def _of_kinds(repairs: Iterable[dict[str, Any]], names: Collection[str]) -> list[str]:
    return [one["id"] for one in repairs if one["name"] in names]
