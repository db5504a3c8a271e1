"""Which entries of a notebook are shown: of a kind, a reading, an audience, with some words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anchoring import folded_text
from discussions.notebook.index import EntryIndex, EntryKind, EntryRow, EntryStanding
from documents.visible import isolated
from documents.whole_number import whole_number
from seminars.audience import Audience

LONGEST_SEARCH = 200  # characters; a longer one is somebody's whole comment


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """One thing that a filter offers: its name, where it leads, how many entries it shows."""

    name: str
    address: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class NotebookFilter:
    """What is asked of a notebook; what is empty asks nothing."""

    kind: str = ""
    reading: int = 0
    audience: str = ""
    search: str = ""
    standing: str = ""

    @classmethod
    def asked(cls, data: QueryDict) -> "NotebookFilter":
        """Read it from a query string; what makes no sense there asks nothing."""
        kind, audience = data.get("kind", ""), data.get("audience", "")
        standing = data.get("standing", "")
        return cls(
            standing=standing if standing in EntryStanding.values else "",
            kind=kind if kind in EntryKind.values else "",
            reading=whole_number(data.get("reading", "")) or 0,
            audience=audience if audience in Audience.values else "",
            search=" ".join(data.get("q", "")[:LONGEST_SEARCH].split()),
        )

    def __bool__(self) -> bool:
        return self != NotebookFilter()

    @property
    def query(self) -> str:
        """It as a query string, which begins with “?”."""
        return self.address()

    @property
    def rest(self) -> list[tuple[str, str | int]]:
        """What is asked besides the words looked for, for the form that looks for others."""
        asked = (
            ("kind", self.kind),
            ("reading", self.reading),
            ("audience", self.audience),
            ("standing", self.standing),
        )
        return [(name, value) for name, value in asked if value]

    def address(self, **more: str) -> str:
        """It and more as a query string."""
        asked: dict[str, str | int] = {
            "kind": self.kind,
            "reading": self.reading,
            "audience": self.audience,
            "standing": self.standing,
            "q": self.search,
            **more,
        }
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"

    def rows(self, index: EntryIndex) -> list[EntryRow]:
        """Return the rows that it lets through, in their order."""
        return [row for row in self.found(index) if self.shows(row)]

    def found(self, index: EntryIndex) -> Sequence[EntryRow]:
        """Return the rows that have the words looked for, whatever else they are.

        All the words, in any order, in what was written or in the words of the text; capitals,
        accents and the forms of quotation marks count for nothing.
        """
        words = folded_text(self.search).split()
        if not words:
            return index.rows
        folded = ((row, folded_text(row.words)) for row in index.rows)
        return [row for row, text in folded if all(word in text for word in words)]

    def shows(self, row: EntryRow) -> bool:
        return (
            self.kind in {"", row.kind}
            and self.reading in {0, row.reading}
            and self.audience in {"", row.audience}
            and (not self.standing or self.standing in row.standings)
        )


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filters of a page offer; each counts what would be left with the others as they are.

    Where there is but one choice, there is none.
    """

    kinds: list[FilterChoice]
    readings: list[FilterChoice]
    audiences: list[FilterChoice]
    standings: list[FilterChoice]

    def __bool__(self) -> bool:
        return any((self.kinds, self.readings, self.audiences, self.standings))


def filter_choices(
    asked: NotebookFilter, index: EntryIndex, found: Sequence[EntryRow]
) -> FilterChoices:
    """Return the choices for the rows that were `found` by the words looked for."""
    titles = {one.pk: isolated(one.title) for one in index.readings}
    return FilterChoices(
        kinds=_choices("kind", asked, found, kind_names()),
        readings=_choices("reading", asked, found, titles),
        audiences=_choices("audience", asked, found, audience_names()),
        standings=_standing_choices(asked, found),
    )


def _standing_choices(asked: NotebookFilter, found: Sequence[EntryRow]) -> list[FilterChoice]:
    """An entry counts for each that holds of it; where none holds of any, there is no choice."""
    others = replace(asked, standing="")
    rows = [row for row in found if others.shows(row)]
    counts = Counter(standing for row in rows for standing in row.standings)
    if not counts and not asked.standing:
        return []
    several = [
        FilterChoice(
            str(label), replace(asked, standing=value).query, counts[value], value == asked.standing
        )
        for value, label in EntryStanding.choices
        if counts[value] or value == asked.standing
    ]
    return [FilterChoice(_("All"), others.query, len(rows), not asked.standing), *several]


def _choices(
    what: str, asked: NotebookFilter, found: Sequence[EntryRow], names: Mapping[Any, str]
) -> list[FilterChoice]:
    others = replace(asked, **{what: type(getattr(asked, what))()})
    counts = Counter(getattr(row, what) for row in found if others.shows(row))
    chosen = getattr(asked, what)
    several = [
        FilterChoice(name, replace(asked, **{what: value}).query, counts[value], value == chosen)
        for value, name in names.items()
        if counts[value] or value == chosen
    ]
    if len(several) < 2 and not chosen:
        return []
    return [FilterChoice(_("All"), others.query, counts.total(), not chosen), *several]


def kind_names() -> dict[str, str]:
    """The kinds as a filter names them."""
    return {
        EntryKind.HIGHLIGHT: _("Highlights"),
        EntryKind.NOTE: _("Notes to myself"),
        EntryKind.COMMENT: _("Comments"),
        EntryKind.QUESTION: _("Questions"),
        EntryKind.LINK: _("Links"),
        EntryKind.REPLY: _("Replies"),
    }


def audience_names() -> dict[str, str]:
    """The audiences as a filter names them: groups of then and now are one."""
    names = {value: str(label) for value, label in Audience.choices}
    return names | {Audience.GROUP: _("A group")}
