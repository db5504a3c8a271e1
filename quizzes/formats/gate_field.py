"""The field `Gate:` of a checkpoint: whether the text behind it waits until it is handed in.

`Gate: soft`, `Gate: hard`; and where handing in is not enough, `Gate: hard, 60 %`, which opens with
so many of the points, or after three tries without them: `Gate: hard, 60 %, 5 tries`.
"""

import re
from dataclasses import dataclass

from readings.models import DEFAULT_GATE_TRIES, MOST_GATE_TRIES

_GATE = re.compile(
    r"(?P<kind>none|soft|hard)"
    r"(?: ?, ?(?P<share>[0-9]{1,3}) ?%(?: ?, ?(?P<tries>[0-9]{1,2}) (?:tries|try))?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class GateSpec:
    """A gate as a guide writes it; `share` is of a hundred, and 0 where handing in is enough."""

    kind: str
    share: int = 0
    tries: int = DEFAULT_GATE_TRIES

    def __str__(self) -> str:
        parts = [self.kind]
        parts += [f"{self.share} %"] if self.share else []
        if self.tries != DEFAULT_GATE_TRIES:
            parts.append(f"{self.tries} {'try' if self.tries == 1 else 'tries'}")
        return ", ".join(parts)


def parse_gate(value: str) -> GateSpec | None:
    """Read the field's value; None where it says that there is no gate. Raise ValueError."""
    found = _GATE.fullmatch(" ".join(value.split()))
    if found is None:
        raise ValueError
    kind, share = found["kind"].lower(), int(found["share"] or 0)
    if found["share"] and (kind != "hard" or not 1 <= share <= 100):
        raise ValueError
    tries = int(found["tries"] or DEFAULT_GATE_TRIES)
    if not 1 <= tries <= MOST_GATE_TRIES:
        raise ValueError
    return None if kind == "none" else GateSpec(kind, share, tries)


def gate_words(value: str) -> str:
    """The value as it is kept and written again: "" where there is no gate."""
    return str(parse_gate(value) or "")
