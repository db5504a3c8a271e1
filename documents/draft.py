"""A document on its way: what the readers yield and the repairs work on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Self

from documents.document import Metadata, Picture
from documents.rich import Rich


@dataclass(frozen=True, slots=True)
class Piece:
    """A block to be.

    `uid` stays with it, so that repairs and warnings can name their place
    before the blocks have their last index. `gap` is the number of empty lines
    above it, where the file's form tells. `cut` says that something was taken
    away just before it (a note, a page's furniture). `title` marks the title.
    `html` stands for a table, whose rows are more than inline markup. Where a
    reader has measured the page: `furniture` says what of it the piece is
    (“Running head”), `runs_on` that it is the rest of the paragraph before.
    """

    uid: int
    kind: str
    rich: Rich
    level: int | None = None
    marker: str = ""
    gap: int = 1
    cut: bool = False
    title: bool = False
    html: str = ""
    furniture: str = ""
    runs_on: bool = False

    @property
    def text(self) -> str:
        return self.rich.text


@dataclass(frozen=True, slots=True)
class Footnote:
    number: str
    rich: Rich


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair made, with the uid of the piece where it was made."""

    name: str
    uid: int | None
    detail: str
    id: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning to be, with the uid of its piece."""

    code: str
    uid: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Draft:
    format: str
    metadata: Metadata = field(default_factory=Metadata)
    pieces: tuple[Piece, ...] = ()
    notes: tuple[Footnote, ...] = ()
    fixes: tuple[Fix, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    # uid of a piece that is gone → uid of the piece that stands for it
    moved: dict[int, int] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    pictures: tuple[Picture, ...] = ()
    # What the file says of itself, believed only where the text says nothing.
    properties: Metadata = field(default_factory=Metadata)

    def allows(self, name: str, text: str) -> bool:
        """Whether the person has left this repair to us."""
        return name not in self.refused and repair_id(name, text) not in self.refused

    def repaired(
        self,
        pieces: Iterable[Piece],
        fixes: Iterable[Fix] = (),
        doubts: Iterable[Doubt] = (),
        moved: dict[int, int] | None = None,
    ) -> Self:
        return replace(
            self,
            pieces=tuple(pieces),
            fixes=(*self.fixes, *fixes),
            doubts=(*self.doubts, *doubts),
            moved=self.moved | (moved or {}),
        )


def repair_id(name: str, text: str) -> str:
    """One repair's own name: the same file gives the same id every time."""
    return f"{name}:{sha256(text.encode('utf-8', 'replace')).hexdigest()[:10]}"


def fix(name: str, piece: Piece, detail: str, *, text: str | None = None) -> Fix:
    """A repair made at `piece`; `text` is what its id is made of."""
    return Fix(name, piece.uid, detail, repair_id(name, piece.text if text is None else text))


def shortened(text: str, size: int = 80) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"
