"""The guide notes of a reading, as a layer of its page."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import cast

from django.db.models import BigIntegerField, CharField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from database.prepared import SIZES_KEPT, Parameter, PreparedQuery, filled, listed, size_for
from readings.guides.link_ends import attached_links
from readings.models import NOTE_KINDS, GuideItem, GuideItemKind, Passage, Reading
from readings.page import AttachedItem, Card, Content, Layer, Mark
from readings.passages import PassageChange
from rendering.slots import escape, without_marks
from seminars.models import Membership

NAMED_CHARACTERS = 60  # of the words that a note is about, in its label
SHOWN_CHARACTERS = 120  # of a note, where it is only named


class GuideLayer(Layer):
    """What the instructor says beside the text; everyone who reads it sees it."""

    def content(
        self,
        *,
        reading: Reading,
        membership: Membership,  # noqa: ARG002 - the same for everyone
        segments: Mapping[int, Sequence[Passage]],
        keys: Collection[str] | None = None,
    ) -> Content:
        content = Content()
        for note in _notes_at(reading, keys):
            rows = segments.get(note.passage_id, [])
            if rows:
                content.marks += Mark.of_passage(rows, f"g{note.pk}", audience="guide")
                content.beside.append(_card(note, rows))
                if rows[0].is_altered:
                    content.altered[rows[0].pk] = rows[0].block_key
        return content

    def attached_items(
        self,
        *,
        reading: Reading,
        membership: Membership,
    ) -> list[AttachedItem]:
        """The notes, and the links that wait: one that is made is a thread as others are."""
        page = reading.get_absolute_url()
        of_guide = reverse("reading_guide", args=[membership.seminar.slug, reading.slug])
        kinds = [*NOTE_KINDS, GuideItemKind.LINK]
        items = list(GuideItem.objects.of(reading).filter(kind__in=kinds))
        made = attached_links([one for one in items if one.kind == GuideItemKind.LINK])
        return [
            AttachedItem(
                passage=one.passage_id,
                name=_("Guide: %(kind)s") % {"kind": one.get_kind_display().lower()},
                words=Truncator(" ".join(one.body.split())).chars(SHOWN_CHARACTERS),
                url=of_guide if one.kind == GuideItemKind.LINK else f"{page}#g{one.pk}",
            )
            for one in items
            if one.pk not in made
        ]


def _notes_at(reading: Reading, keys: Collection[str] | None) -> Iterable[GuideItem]:
    if not keys:
        return GuideItem.objects.notes_of(reading) if keys is None else ()
    return _notes_in(size_for(keys)).all(reading=reading.pk, **filled("key", keys))


@lru_cache(maxsize=SIZES_KEPT)
def _notes_in(size: int) -> PreparedQuery[GuideItem]:
    reading = Parameter("reading", BigIntegerField())
    heads = Passage.objects.filter(reading=reading).heads_in(listed("key", CharField(), size))
    return PreparedQuery(
        lambda: GuideItem.objects.notes_of(cast("Reading", reading)).filter(passage__in=heads)
    )


def _card(note: GuideItem, rows: Sequence[Passage]) -> Card:
    first = rows[0]
    order = (0, first.start or 0, note.position)
    html = partial(note_html, note, first.quote, PassageChange.of(rows))
    return Card(first.block_key, order=order, html=html)


def note_html(note: GuideItem, words: str, change: PassageChange | None) -> str:
    """Return the note as it stands beside its words."""
    kind = str(note.get_kind_display())
    label = _("Guide: %(kind)s") % {"kind": kind.lower()}
    if words:
        shown = Truncator(words).chars(NAMED_CHARACTERS)
        label = _("Guide: %(kind)s, on “%(words)s”") % {"kind": kind.lower(), "words": shown}
    about = f' data-mark="g{note.pk}"' if words else ""
    named = "" if note.kind == GuideItemKind.NOTE else f" <span>· {escape(kind)}</span>"
    return (
        f'<aside class="guide-note" id="g{note.pk}" role="note"'
        f' aria-label="{escape(label)}"{about}>'
        f'<p class="label">{escape(_("Guide"))}{named}</p>'
        f'<div class="prose" dir="auto" hx-ignore>{without_marks(note.html)}</div>'
        f"{_change_html(change) if change else ''}</aside>"
    )


def _change_html(change: PassageChange) -> str:
    words = _("Its words are gone") if change.is_gone else _("This passage changed")
    shown = render_to_string("readings/_change.html", {"change": change})
    summary = f'<summary class="meta">{escape(words)}</summary>'
    return f"<details>{summary}{without_marks(shown)}</details>"
