"""The guide notes of a reading, as a layer of its page."""

from collections.abc import Mapping, Sequence

from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from readings.models import GuideItem, Passage, Reading
from readings.page import AttachedItem, Card, Content, Mark
from readings.passages import PassageChange
from seminars.models import Membership

SHOWN_CHARACTERS = 120  # of a note, where it is only named


class GuideLayer:
    """What the instructor says beside the text; everyone who reads it sees it."""

    def content(
        self,
        *,
        reading: Reading,
        membership: Membership,  # noqa: ARG002 - the same for everyone
        segments: Mapping[int, Sequence[Passage]],
    ) -> Content:
        content = Content()
        for note in GuideItem.objects.notes_of(reading):
            rows = segments.get(note.passage_id, [])
            if rows:
                content.marks += _marks(note, rows)
                content.beside.append(_card(note, rows))
                if rows[0].is_altered:
                    content.altered.add(rows[0].pk)
        return content

    def attached_items(
        self,
        *,
        reading: Reading,
        membership: Membership,  # noqa: ARG002 - the same for everyone
    ) -> list[AttachedItem]:
        page = reading.get_absolute_url()
        return [
            AttachedItem(
                passage=note.passage_id,
                name=_("Guide: %(kind)s") % {"kind": note.get_kind_display().lower()},
                words=Truncator(" ".join(note.body.split())).chars(SHOWN_CHARACTERS),
                url=f"{page}#g{note.pk}",
            )
            for note in GuideItem.objects.notes_of(reading)
        ]


def _marks(note: GuideItem, rows: Sequence[Passage]) -> list[Mark]:
    return [
        Mark(row.block_key, row.start, row.end, card=f"g{note.pk}", audience="guide")
        for row in rows
        if row.start is not None and row.end is not None
    ]


def _card(note: GuideItem, rows: Sequence[Passage]) -> Card:
    first = rows[0]
    context = {
        "note": note,
        "words": first.quote,
        "change": PassageChange.of(rows),
        "html": mark_safe(note.html),  # noqa: S308 - sanitised when the guide was added
    }
    order = (0, first.start or 0, note.position)
    return Card(first.block_key, "readings/_guide_note.html", context, order)
