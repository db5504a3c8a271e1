"""The one small type that every step of an import works towards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from documents.messages import Message

KINDS = (
    "heading",
    "paragraph",
    "list_item",
    "blockquote",
    "pullquote",
    "figure",
    "table",
    "verse",
    "code",
    "rule",
    "boilerplate",
)

# The marker of a list item that is not counted.
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about the essay; an empty string where nothing is.

    `published` is an ISO date as far as it is known: 2022-08-04, 2022-08 or
    2022. `issue` is as printed. `language` is a BCP 47 code, `direction` ltr
    or rtl.
    """

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    issue: str = ""
    published: str = ""
    language: str = ""
    direction: str = "ltr"
    abstract: str = ""
    author_note: str = ""
    licence: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        values = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        return cls(**values | {"authors": tuple(data.get("authors", ()))})


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A reference to a note; it stands before the code point at `offset`."""

    number: str
    offset: int


@dataclass(frozen=True, slots=True)
class DocumentBlock:
    """A piece of the essay.

    `text` has no markup; `html` is the same text with inline markup (and for
    a table its rows), sanitised, without the references to notes, so that its
    text content is `text` exactly. `level` is a heading's (the title is 1) or
    a list item's depth. `marker` is a list item's: BULLET, or the number as
    printed ("3.", "(c)"), or "" where an item goes on in a new paragraph.
    """

    kind: str
    level: int | None
    number: int | None
    text: str
    html: str
    note_refs: tuple[NoteRef, ...] = ()
    key: str = ""
    marker: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        refs = tuple(NoteRef(**ref) for ref in data.get("note_refs", ()))
        return cls(**{**data, "note_refs": refs})


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """A note of the essay itself; `number` is unique in the essay."""

    number: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that the road to the file had broken, put right.

    `block` is an index in the document's blocks, or None where the repair has
    no place. `id` names this one repair: give it, or the name alone for all of
    its kind, to `import_document(refuse=…)` and it is not made.
    """

    name: str
    block: int | None
    detail: Message
    id: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(**{**data, "detail": Message.from_json(data["detail"])})


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """Something that a person should look at; nothing was changed."""

    code: str
    block: int | None
    message: Message

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(**{**data, "message": Message.from_json(data["message"])})


@dataclass(frozen=True, slots=True)
class DocumentPicture:
    """A picture of the essay; blocks name it in their HTML as `picture:<name>`.

    `name` is its number in the file and its form, like `1.png`. `width` and
    `height` are pixels. `data` is no part of the JSON: the bytes are kept as a file.
    """

    name: str
    media_type: str
    width: int
    height: int
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """An essay as read. `format` is what the file was: one of recognise's FORMATS."""

    format: str
    metadata: Metadata
    blocks: tuple[DocumentBlock, ...] = ()
    notes: tuple[DocumentNote, ...] = ()
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[DocumentWarning, ...] = field(default=())
    pictures: tuple[DocumentPicture, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Everything but the pictures' bytes, as plain dicts and lists; `from_json` reads it."""
        whole: dict[str, Any] = _lists(asdict(self))
        for picture in whole["pictures"]:
            del picture["data"]
        return whole

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            format=data["format"],
            metadata=Metadata.from_json(data["metadata"]),
            blocks=tuple(DocumentBlock.from_json(block) for block in data["blocks"]),
            notes=tuple(DocumentNote(**note) for note in data["notes"]),
            repairs=tuple(Repair.from_json(repair) for repair in data["repairs"]),
            warnings=tuple(DocumentWarning.from_json(one) for one in data["warnings"]),
            pictures=tuple(DocumentPicture(**one) for one in data.get("pictures", ())),
        )

    def to_public_json(self) -> dict[str, Any]:
        """The format that `preview_essay --json` prints, its messages in English."""
        whole = self.to_json()
        del whole["pictures"]
        whole["blocks"] = [
            {
                "kind": block["kind"],
                "level": block["level"],
                "number": block["number"],
                "text": block["text"],
                "notes": block["note_refs"],
            }
            for block in whole["blocks"]
        ]
        whole["notes"] = [
            {"number": note["number"], "text": note["text"]} for note in whole["notes"]
        ]
        for repair, made in zip(whole["repairs"], self.repairs, strict=True):
            del repair["id"]
            repair["detail"] = str(made.detail)
        for warning, found in zip(whole["warnings"], self.warnings, strict=True):
            warning["message"] = str(found.message)
        return whole


def _lists(value: Any) -> Any:
    """Tuples as lists, so that the result equals what a JSON file gives back."""
    if isinstance(value, dict):
        return {key: _lists(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_lists(one) for one in value]
    return value
