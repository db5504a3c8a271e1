"""A document as parsed: what the readers yield and the repairs work on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Self

from documents.document import DocumentPicture, Metadata
from documents.messages import Message
from documents.messages import gettext_lazy as _
from documents.rich import Rich


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """A block as a reader found it, before it has a number and a key.

    `uid` stays with it, so that repairs and warnings can name their place
    before the blocks have their last index. `gap` is the number of empty lines
    above it, where the file's form tells. `cut` says that something was taken
    away just before it (a note, a running header). `title` marks the title.
    `html` stands for a table, whose rows are more than inline markup. Where a
    reader has measured the page: `running_header` says what of it the block is
    (“Running head”, “Page number”), `runs_on` that it is the rest of the paragraph before.
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
    running_header: Message | None = None
    runs_on: bool = False

    @property
    def text(self) -> str:
        return self.rich.text


@dataclass(frozen=True, slots=True)
class ParsedNote:
    number: str
    rich: Rich


@dataclass(frozen=True, slots=True)
class AppliedRepair:
    """A repair made, with the uid of the block where it was made."""

    name: str
    uid: int | None
    detail: Message
    id: str


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """A warning of a reader or a repair, with the uid of its block."""

    code: str
    uid: int | None
    message: Message


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    format: str
    metadata: Metadata = field(default_factory=Metadata)
    blocks: tuple[ParsedBlock, ...] = ()
    notes: tuple[ParsedNote, ...] = ()
    repairs: tuple[AppliedRepair, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()
    # uid of a block that is gone → uid of the block that stands for it
    moved: dict[int, int] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    pictures: tuple[DocumentPicture, ...] = ()
    # What the file says of itself, believed only where the text says nothing.
    properties: Metadata = field(default_factory=Metadata)

    def allows(self, name: str, text: str) -> bool:
        """Whether the person has left this repair to us."""
        return name not in self.refused and repair_id(name, text) not in self.refused

    def repaired(
        self,
        blocks: Iterable[ParsedBlock],
        repairs: Iterable[AppliedRepair] = (),
        warnings: Iterable[ParseWarning] = (),
        moved: dict[int, int] | None = None,
    ) -> Self:
        return replace(
            self,
            blocks=tuple(blocks),
            repairs=(*self.repairs, *repairs),
            warnings=(*self.warnings, *warnings),
            moved=self.moved | (moved or {}),
        )


def repair_id(name: str, text: str) -> str:
    """One repair's own name: the same file gives the same id every time."""
    return f"{name}:{sha256(text.encode('utf-8', 'replace')).hexdigest()[:10]}"


def applied_repair(
    name: str, block: ParsedBlock, detail: Message, *, text: str | None = None
) -> AppliedRepair:
    """A repair made at `block`; `text` is what its id is made of."""
    return AppliedRepair(
        name, block.uid, detail, repair_id(name, block.text if text is None else text)
    )


def broken_word(seam: str) -> Message:
    """What a person is asked where a word may have lost its hyphen, or kept one too many."""
    return _("A word is broken here by a hyphen that may not belong to it: %(seam)s", seam=seam)


def shortened(text: str, size: int = 80) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"
