"""The guide notes of a reading, as a layer of its page."""

from collections.abc import Mapping, Sequence

from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from readings.guides.guide_file import NOTE_KINDS
from readings.guides.handlers import PlacedItem
from readings.guides.prose import render_prose
from readings.models import GuideNote, Passage, Reading
from readings.page import AttachedItem, Card, Content, Mark
from readings.passages import PassageChange
from seminars.models import Membership

SHOWN_CHARACTERS = 120  # of a note, where it is only named


class GuideLayer:
    """What the instructor says beside the text; everyone who reads it sees it."""

    guide_kinds = frozenset(NOTE_KINDS)

    def content(
        self,
        *,
        reading: Reading,
        membership: Membership,  # noqa: ARG002 - the same for everyone
        segments: Mapping[int, Sequence[Passage]],
    ) -> Content:
        content = Content()
        for note in GuideNote.objects.filter(reading=reading):
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
                name=f"Guide: {note.get_kind_display().lower()}",
                words=Truncator(" ".join(note.body.split())).chars(SHOWN_CHARACTERS),
                url=f"{page}#g{note.pk}",
            )
            for note in GuideNote.objects.filter(reading=reading)
        ]

    def clear_guide(self, *, reading: Reading, by: Membership) -> None:  # noqa: ARG002
        # A note's passage is its own: deleting it deletes the note.
        Passage.objects.filter(guide_notes__reading=reading).delete()

    def apply_items(
        self, placed: Sequence[PlacedItem], *, reading: Reading, by: Membership
    ) -> None:
        GuideNote.objects.bulk_create(
            GuideNote(
                seminar_id=reading.seminar_id,
                reading=reading,
                passage=one.passage,
                kind=one.item.kind,
                body=one.item.body,
                html=render_prose(one.item.body),
                position=position,
                created_by=by,
            )
            for position, one in enumerate(placed)
        )


def _marks(note: GuideNote, rows: Sequence[Passage]) -> list[Mark]:
    return [
        Mark(row.block_key, row.start, row.end, card=f"g{note.pk}", audience="guide")
        for row in rows
        if row.start is not None and row.end is not None
    ]


def _card(note: GuideNote, rows: Sequence[Passage]) -> Card:
    first = rows[0]
    context = {
        "note": note,
        "words": first.quote,
        "change": PassageChange.of(rows),
        "html": mark_safe(note.html),  # noqa: S308 - sanitised when the guide was laid
    }
    order = (0, first.start or 0, note.position)
    return Card(first.block_key, "readings/_guide_note.html", context, order)
