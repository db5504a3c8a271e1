"""A reading in a template that is kept: stand-ins, and what fills them."""

from types import SimpleNamespace

from documents.visible import isolated
from readings.models import Reading
from readings.page.http import essay_of
from rendering.kept_html import name_slot, word_slot, words
from rendering.slots import Values


def reading_slots() -> SimpleNamespace:
    return SimpleNamespace(
        slug=name_slot("reading"),
        get_absolute_url=word_slot("reading-url"),
        essay=SimpleNamespace(title=word_slot("title")),
    )


def reading_values(reading: Reading) -> Values:
    return {
        "reading": words(reading.slug),
        "reading-url": words(reading.get_absolute_url()),
        "title": words(isolated(essay_of(reading).title)),
    }
