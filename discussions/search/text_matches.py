"""Places of the texts that a seminar reads, and of its guides, that say what is looked for."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anchoring import SearchQuery
from database.full_text import Wanted
from discussions.search.snippets import landed_words, snippet
from documents.block_names import note_name
from documents.markup_text import text_of_markup
from readings.models import NOTE_KINDS, Block, GuideItem, Note, Reading
from readings.page import revision_text
from seminars.models import Membership

MOST_PLACES = 2_000  # of all texts together, that are counted


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found; `load` makes what is shown of it from its row."""

    model: type[models.Model]
    pk: int
    reading: Reading
    order: tuple[int, ...]

    @property
    def key(self) -> str:
        """Names it in the address of the next page: the key of its row, and of which table."""
        return f"{self.pk * len(_MODELS) + _MODELS.index(self.model)}"


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place as the page shows it."""

    label: str
    url: str
    words: SafeString
    reading: Reading


def find_places(
    member: Membership, query: SearchQuery, readings: Mapping[int, Reading]
) -> list[Place]:
    """Return the blocks and notes of these readings that `member` is served, in order; in two
    queries, and three more for each text that ends at a gate."""
    by_revision: dict[int, list[Reading]] = defaultdict(list)
    for reading in readings.values():
        by_revision[reading.revision_id].append(reading)
    if query.is_empty or not by_revision:
        return []
    at = {pk: place for place, pk in enumerate(readings)}
    wanted = Wanted(query, list(by_revision))
    ends = dict(member.gate_places)
    served = {pk: _served(readings[pk], member) for pk in ends if pk in readings}
    places = []
    for model in (Block, Note):
        rows = model.objects.filter(revision__in=by_revision, terms__match=wanted)
        columns = rows.order_by("revision", "position").values_list("pk", "revision", "position")
        places += [
            Place(model, pk, reading, (at[reading.pk], _MODELS.index(model), position))
            for pk, revision, position in columns[:MOST_PLACES]
            for reading in by_revision[revision]
            if reading.pk not in served or pk in served[reading.pk][model]
        ]
    return sorted(places, key=lambda one: one.order)


def _served(reading: Reading, member: Membership) -> dict[type[models.Model], set[int]]:
    """The keys of the blocks and notes of a text that ends at a gate for this member."""
    text = revision_text(reading, member=member)
    return {Block: {one.pk for one in text.blocks}, Note: {one.pk for one in text.notes}}


def find_guide_notes(
    member: Membership, query: SearchQuery, readings: Mapping[int, Reading]
) -> list[Place]:
    """Return the notes of their guides, in the order of each guide, in one query."""
    if query.is_empty or not readings:
        return []
    rows = GuideItem.objects.served_to(member).filter(
        guide__reading__in=readings,
        kind__in=NOTE_KINDS,
        removed_at=None,
        terms__match=Wanted(query, [member.seminar_id]),
    )
    at = {pk: place for place, pk in enumerate(readings)}
    columns = rows.order_by("pk").values_list("pk", "guide__reading", "position")
    places = [
        Place(GuideItem, pk, readings[reading], (at[reading], position))
        for pk, reading, position in columns[:MOST_PLACES]
    ]
    return sorted(places, key=lambda one: one.order)


def show_places(places: Sequence[Place], query: SearchQuery) -> list[ShownPlace]:
    """Return these places as they are shown, in a query for each table."""
    rows: dict[type[models.Model], dict[int, Any]] = {}
    for model in dict.fromkeys(one.model for one in places):
        found = model._default_manager.filter(
            pk__in=[one.pk for one in places if one.model is model]
        )
        if model is GuideItem:
            found = found.select_related("passage")
        rows[model] = {row.pk: row for row in found}
    return [
        _SHOWN[one.model](rows[one.model][one.pk], one.reading, query)
        for one in places
        if one.pk in rows[one.model]
    ]


def _show_block(block: Block, reading: Reading, query: SearchQuery) -> ShownPlace:
    words = urlencode({"words": landed_words(block.text, query)}, doseq=True)
    url = f"{reading.get_absolute_url()}?{words}#{block.anchor}"
    return ShownPlace(block.label, url, snippet(block.text, query), reading)


def _show_note(note: Note, reading: Reading, query: SearchQuery) -> ShownPlace:
    label = _("Note %(number)s") % {"number": note.number}
    url = f"{reading.get_absolute_url()}#note-{note_name(note.number)}"
    return ShownPlace(label, url, snippet(note.text, query), reading)


def _show_guide_note(item: GuideItem, reading: Reading, query: SearchQuery) -> ShownPlace:
    text = text_of_markup(item.html)
    url = f"{reading.get_absolute_url()}#g{item.pk}"
    return ShownPlace(str(item.get_kind_display()), url, snippet(text, query), reading)


_SHOWN: Mapping[type[models.Model], Callable[[Any, Reading, SearchQuery], ShownPlace]] = {
    Block: _show_block,
    Note: _show_note,
    GuideItem: _show_guide_note,
}
_MODELS = list(_SHOWN)
