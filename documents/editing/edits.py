"""What a person may change in an essay as it was read: small records, kept as JSON.

Blocks are named by their key, notes by their number. A record says all that it
needs to be made again on the same document, or to be found out of place on
another: `Merge` names the block above, `Move` the block after which to stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SetKind:
    """`level` is a heading's or a list item's, None for all others; `marker` a list item's."""

    block: str
    kind: str
    level: int | None = None
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """The block joins the one above it, which keeps its key and its kind."""

    block: str
    above: str


@dataclass(frozen=True, slots=True)
class Split:
    """The block ends before the code point at `offset`; what follows becomes a block below it."""

    block: str
    offset: int


@dataclass(frozen=True, slots=True)
class Drop:
    block: str


@dataclass(frozen=True, slots=True)
class BringBack:
    """A dropped block stands again where it stood."""

    block: str


@dataclass(frozen=True, slots=True)
class Reword:
    """`words` are the block's new words in the plain form (documents.editing.plain_form)."""

    block: str
    words: str


@dataclass(frozen=True, slots=True)
class Move:
    """The block stands after the block `after`, or first where that is empty."""

    block: str
    after: str


@dataclass(frozen=True, slots=True)
class Describe:
    """`alt` is the alternative text of the block's picture at this index, from 0."""

    block: str
    picture: int
    alt: str


@dataclass(frozen=True, slots=True)
class AddNote:
    """A new note, with its reference before the code point at `offset` of the block."""

    number: str
    words: str
    block: str
    offset: int


@dataclass(frozen=True, slots=True)
class RewordNote:
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class DropNote:
    """The note goes, and every reference to it."""

    number: str


@dataclass(frozen=True, slots=True)
class About:
    """What is known about the essay: only the fields of Metadata that were changed."""

    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """A warning was looked at (or, with `seen` false, not yet after all)."""

    warning: str
    seen: bool = True


Edit = (
    SetKind
    | Merge
    | Split
    | Drop
    | BringBack
    | Reword
    | Move
    | Describe
    | AddNote
    | RewordNote
    | DropNote
    | About
    | Look
)

NAMES: dict[str, type[Edit]] = {
    "kind": SetKind,
    "merge": Merge,
    "split": Split,
    "drop": Drop,
    "bring_back": BringBack,
    "reword": Reword,
    "move": Move,
    "describe": Describe,
    "add_note": AddNote,
    "reword_note": RewordNote,
    "drop_note": DropNote,
    "about": About,
    "look": Look,
}
_NAME_OF = {made: name for name, made in NAMES.items()}


def to_json(edit: Edit) -> dict[str, Any]:
    """The edit as plain JSON, its name under "edit"."""
    return {"edit": _NAME_OF[type(edit)], **asdict(edit)}


def from_json(data: Mapping[str, Any]) -> Edit:
    """Read what `to_json` wrote; raise KeyError or TypeError for anything else."""
    fields = {name: value for name, value in data.items() if name != "edit"}
    return NAMES[data["edit"]](**fields)
