"""A reading in a template that is kept: stand-ins, and what fills them."""

from types import SimpleNamespace

from documents.visible import isolated
from readings.models import Reading
from readings.page.http import essay_of
from rendering.kept_html import name_slot, word_slot, words
from rendering.slots import Values


def reading_slots(*, is_general: bool = False) -> SimpleNamespace:
    """Stand in for a reading; whether it is the general discussion is part of the page's shape."""
    return SimpleNamespace(
        is_general=is_general,
        slug=name_slot("reading"),
        get_absolute_url=word_slot("reading-url"),
        title=word_slot("title"),
    )


def reading_values(reading: Reading) -> Values:
    if not reading.is_general:
        essay_of(reading)  # in one prepared query, where it is not at hand
    return {
        "reading": words(reading.slug),
        "reading-url": words(reading.get_absolute_url()),
        "title": words(isolated(reading.title)),
    }
