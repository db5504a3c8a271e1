"""The reading page around its text: kept for a class of viewers and a way of reading, with slots.

It is rendered from a context in which there is no viewer, no session and no request, only slots
in their places; so nothing of one viewer can stay in it for another.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.context import display
from readings.models import Note, Reading, Visit
from readings.page.closing import dates_html
from readings.page.fragments import renderer
from readings.page.layers import Card, registered_layers
from readings.page.layout import NoteRow
from readings.page.page import ContentsEntry, ReadingPage
from readings.page.revision_text import RevisionText
from readings.page.slots import new_words
from readings.page.standing import Standing
from rendering.kept_html import word_slot
from rendering.slots import NamedSlots, Values, escape
from rendering.store import BoundedStore
from seminars import permissions
from seminars.context import rights_of
from seminars.http import SeminarRequest
from seminars.kept_page import viewer_slots, viewer_values
from seminars.models import Membership

KEPT_SHELL_BYTES = 16_000_000

_shells: BoundedStore[tuple[object, ...], NamedSlots] = BoundedStore(
    KEPT_SHELL_BYTES, lambda shell: 2 * shell.size
)


def forget_shells() -> None:
    """Keep none; for tests and the benchmark."""
    _shells.clear()


def card_context(reading: Reading, nobody: Membership) -> dict[str, Any]:
    """What a card's template may ask, besides its own."""
    return {
        "reading": reading,
        "seminar": nobody.seminar,
        "can": rights_of(nobody) | {"post": permissions.can_write(nobody, reading)},
        "csrf_token": word_slot("csrf"),
    }


def card_renderer(standing: Standing) -> Callable[[Card], str]:
    """Return what makes HTML, with slots, of a card: of its template, where it has one."""

    def render(card: Card) -> str:
        if card.html:
            return card.html()
        context = card_context(standing.reading, standing.nobody)
        return render_to_string(card.template, {**context, "card": card.context, **card.context})

    return render


def write_page(
    request: SeminarRequest, page: ReadingPage, standing: Standing, visit: Visit, *, revised: bool
) -> bytes:
    """Return the whole page for who asks."""
    shell = _shell_of(request, page, standing)
    return shell.fill(slot_values(request, page, standing, visit, revised=revised))


def _shell_of(request: SeminarRequest, page: ReadingPage, standing: Standing) -> NamedSlots:
    shown = display(request)["display"]
    key = (shell_version(standing), *shown.values(), request.user.is_host)
    shell = _shells.get(key)
    if shell is None:
        context = shell_context(page, standing, shown, is_host=request.user.is_host)
        with timezone.override(None):
            shell = NamedSlots(render_to_string("readings/reading_detail.html", context))
        _shells.put(key, shell)
    return shell


def shell_version(standing: Standing) -> str:
    """Name all that shapes the shell: what hangs on the text does not, it fills slots."""
    key = standing.viewer.key
    return standing.versions.digest(standing.reading, renderer(), get_language(), key)


def shell_context(
    page: ReadingPage, standing: Standing, shown: Mapping[str, Any], *, is_host: bool
) -> dict[str, Any]:
    """Everything that reading_detail.html shows, the viewer's own as slots."""
    reading = standing.reading
    nobody = standing.nobody
    render = card_renderer(standing)
    tools = [
        card
        for layer in registered_layers()
        for card in layer.tools(reading=reading, membership=nobody)
    ]
    return {
        **viewer_slots(shown, is_host=is_host),
        **card_context(reading, nobody),
        "essay": reading.essay,
        "words": sum(page.text.words),
        "sections": [_section_line(n, one) for n, one in enumerate(page.frame.sections)],
        "notes": note_rows(page.text),
        "is_cut": page.text.is_cut,
        "part": page.part,
        "tools": [mark_safe(render(card)) for card in tools],  # noqa: S308 - a template's
        "gone": word_slot("gone-cards"),
        "slot": {name.replace("-", "_"): word_slot(name) for name in SLOTS},
    }


def note_rows(text: RevisionText) -> list[NoteRow]:
    def row(note: Note) -> NoteRow:
        return NoteRow(note, text.back.get(note.number, ()), text.pictures)

    return [row(note) for note in text.notes]


def _section_line(number: int, section: ContentsEntry) -> dict[str, Any]:
    return {
        "anchor": section.anchor,
        "title": section.title,
        "is_sub": section.is_sub,
        "state": word_slot(f"section-{number}"),
    }


# --- What fills the slots -----------------------------------------------------------------------
SLOTS = (
    *("text", "end", "gone", "nobody", "bar", "dock", "aside", "others", "messages"),
    *("furthest", "minutes", "place", "head", "continue", "dates", "last-event"),
)


def slot_values(
    request: SeminarRequest, page: ReadingPage, standing: Standing, visit: Visit, *, revised: bool
) -> Values:
    """Return, by the name of each slot, what makes its HTML."""
    told = page.told()
    values: dict[str, Callable[[], str | bytes]] = {
        **viewer_values(request),
        "client-key": lambda: str(uuid4()),
        "bar": lambda: told.bar,
        "dock": lambda: told.dock,
        "aside": lambda: told.aside,
        "others": lambda: told.at_end,
        "last-event": lambda: str(standing.last_event),
        "end": page.end,
    }
    for layer in registered_layers():
        own = layer.slots(reading=standing.reading, membership=standing.membership)
        values |= {name: lambda text=text: text for name, text in own.items()}  # type: ignore[misc]
    values["text"] = lambda: page.blocks(values)
    values["gone-cards"] = lambda: page.gone(values)
    values["gone"] = lambda: gone_html(page, standing, values)
    values["nobody"] = lambda: nobody_html(page, standing)
    values |= _place_values(page, standing, visit, revised=revised)
    for number, section in enumerate(page.frame.sections):
        values[f"section-{number}"] = lambda section=section: section_html(page, section)  # type: ignore[misc]
    return values


def _place_values(page: ReadingPage, standing: Standing, visit: Visit, *, revised: bool) -> Values:
    """What tells where the member has got to."""
    place = page.text.place_of(visit.place)
    minutes = page.text.minutes_from(place)
    at = continue_at(page.text, place, visit)
    end = _("read to the checkpoint") if page.text.is_cut else _("read to the end")
    words = _("%d min left") % minutes if minutes else end
    line = f'<a href="#{at.anchor}">{_("Continue at ¶ %d") % at.number}</a>' if at else ""
    return {
        "furthest": lambda: str(visit.progress),
        "minutes": lambda: escape(words),
        "dates": lambda: dates_html(standing.reading, standing.membership),
        "place": lambda: at.anchor if at else "text",
        "continue": lambda: f'<p class="toc-continue">{line}</p>' if line else "",
        "head": lambda: (
            (f'<p class="by toc-continue">{line}</p>' if line else "")
            + (revised_html(page, standing) if revised else "")
        ),
    }


def continue_at(text: RevisionText, place: int, visit: Visit) -> Any:
    """The paragraph where the last visit stopped; none at the start, nor when all is read."""
    if not place or visit.progress >= 100:
        return None
    return next((block for block in text.shown[place:] if block.number), None)


def section_html(page: ReadingPage, section: ContentsEntry) -> str:
    """What is new in a section, and how its checkpoints stand."""
    unread, labels = page.section_words(section)
    told = [f"<span data-new>{new_words(unread)}</span>"] if unread else []
    told += [f'<span data-label="{escape(id)}">{escape(label)}</span>' for id, label in labels]  # noqa: A001
    return f' <span class="meta">{" · ".join(told)}</span>' if told else ""


def revised_html(page: ReadingPage, standing: Standing) -> str:
    """What is said once to who comes back to another text than they left."""
    context = {"altered": page.altered, "reading": standing.reading}
    return render_to_string(
        "readings/_revised.html", card_context(standing.reading, standing.nobody) | context
    )


def gone_html(page: ReadingPage, standing: Standing, values: Values) -> bytes:
    if not page.gone(values):
        return b""
    context = card_context(standing.reading, standing.nobody)
    html = render_to_string("readings/_orphaned.html", context | {"gone": word_slot("gone-cards")})
    return NamedSlots(html).fill(values)


def nobody_html(page: ReadingPage, standing: Standing) -> str:
    withheld = standing.reading.pk in standing.membership.withheld_ids
    if page.has_talk and not withheld:
        return ""
    return render_to_string(
        "readings/_withheld.html" if withheld else "readings/_no_comments.html",
        card_context(standing.reading, standing.nobody),
    )
