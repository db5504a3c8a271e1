"""What a drill tells: its figures, and what of them is not as it should be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class DrillReport:
    figures: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def figure(self, name: str, value: object) -> None:
        self.figures.append(f"{name}: {value}")

    def expect(self, is_right: bool, otherwise: str) -> None:
        """Note `otherwise` as a fault where it is not right."""
        if not is_right:
            self.faults.append(otherwise)

    def lines(self, drill: str) -> list[str]:
        verdict = "FAIL" if self.faults else "PASS"
        told = [f"  {figure}" for figure in self.figures]
        return [f"{verdict} {drill}", *told, *(f"  but {fault}" for fault in self.faults)]


@dataclass(frozen=True)
class Workspace:
    """Where a drill works: a folder of its own, what it begins from, and whether in short."""

    folder: Path
    prepared: Path
    short: bool


Drill = Callable[[Workspace], DrillReport]


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of them do not exceed, in their unit; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
