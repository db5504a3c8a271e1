"""Which entries of a notebook are shown: of a kind, a reading, an audience, with some words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anchoring import folded_text
from discussions.notebook.index import EntryIndex, EntryKind, EntryRow
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

    @classmethod
    def asked(cls, data: QueryDict) -> "NotebookFilter":
        """Read it from a query string; what makes no sense there asks nothing."""
        kind, audience = data.get("kind", ""), data.get("audience", "")
        return cls(
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
        asked = (("kind", self.kind), ("reading", self.reading), ("audience", self.audience))
        return [(name, value) for name, value in asked if value]

    def address(self, **more: str) -> str:
        """It and more as a query string."""
        asked: dict[str, str | int] = {
            "kind": self.kind,
            "reading": self.reading,
            "audience": self.audience,
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
        )


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filters of a page offer; each counts what would be left with the others as they are.

    Where there is but one choice, there is none.
    """

    kinds: list[FilterChoice]
    readings: list[FilterChoice]
    audiences: list[FilterChoice]

    def __bool__(self) -> bool:
        return any((self.kinds, self.readings, self.audiences))


def filter_choices(
    asked: NotebookFilter, index: EntryIndex, found: Sequence[EntryRow]
) -> FilterChoices:
    """Return the choices for the rows that were `found` by the words looked for."""
    titles = {one.pk: isolated(one.title) for one in index.readings}
    return FilterChoices(
        kinds=_choices("kind", asked, found, kind_names()),
        readings=_choices("reading", asked, found, titles),
        audiences=_choices("audience", asked, found, audience_names()),
    )


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
        EntryKind.REPLY: _("Replies"),
    }


def audience_names() -> dict[str, str]:
    """The audiences as a filter names them: groups of then and now are one."""
    names = {value: str(label) for value, label in Audience.choices}
    return names | {Audience.GROUP: _("A group")}
