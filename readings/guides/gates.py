"""Which checkpoints of a guide close the text behind them."""

from readings.models import DEFAULT_GATE_TRIES, GuideItem, Reading, ReadingGate
from seminars.models import Seminar


def set_gate(
    *,
    item: GuideItem,
    reading: Reading,
    kind: str,
    share: int = 0,
    tries: int = DEFAULT_GATE_TRIES,
) -> None:
    """Let a checkpoint have this gate, or none (`kind` is ""); who came through it stays through.

    In the transaction in which its guide is added, which calls `note_gates` at the end.
    """
    if not kind:
        ReadingGate.objects.filter(item=item).delete()
        return
    ReadingGate.objects.update_or_create(
        item=item,
        defaults={
            "seminar_id": reading.seminar_id,
            "reading": reading,
            "kind": kind,
            "share": share,
            "tries": tries,
        },
    )


def note_gates(seminar_id: int) -> None:
    """Let the seminar know whether any of its texts ends at a gate: see its model."""
    has_gates = ReadingGate.objects.filter(seminar=seminar_id).exists()
    Seminar.objects.filter(pk=seminar_id, has_gates=not has_gates).update(has_gates=has_gates)
