"""Gates as rows, for tests of what is kept of pages: random ones, without any questions."""

import random

from readings.guides import note_gates, set_gate
from readings.models import GatePassing, Guide, GuideItem, Reading, ReadingGate
from readings.passages.segments import Segment, create_passage
from seminars.models import Membership


def end_text(reading: Reading, by: Membership, choose: random.Random) -> None:
    """Let the text end after the first or the second paragraph, or nowhere."""
    ReadingGate.objects.all().delete()
    if choose.random() < 0.7:
        guide, _is_new = Guide.objects.get_or_create(
            seminar=reading.seminar, reading=reading, defaults={"title": "T", "applied_by": by}
        )
        after = Segment(choose.choice(["p1", "p2"]))
        item = GuideItem.objects.create(
            seminar=reading.seminar,
            guide=guide,
            passage=create_passage(reading=reading, segments=[after]),
            kind="checkpoint",
            body="Asked.",
            position=2,
            created_by=by,
        )
        set_gate(item=item, reading=reading, kind=choose.choice(["soft", "hard"]))
    note_gates(reading.seminar_id)


def let_somebody_through(member: Membership, choose: random.Random) -> None:
    """Let the member through each gate, or take back how they came through."""
    if choose.random() < 0.3:
        GatePassing.objects.filter(membership=member).delete()
        return
    how = choose.choice(["skipped", "handed_in"])
    for gate in ReadingGate.objects.all():
        GatePassing.objects.get_or_create(
            seminar_id=gate.seminar_id, gate=gate, membership=member, how=how
        )
