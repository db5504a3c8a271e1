"""What stands in an item of a draft and is edited alone: the questions of a checkpoint.

The app of the item's kind knows what its parts are, and hands over how they are told apart and
shown (`register_parts`). Each part has a key by which pages name it, and a version of its own: who
changes one question is not in the way of who changes another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from readings.guides.guide_file import Anchor, ParsedItem

# Of a draft that was begun before its parts had keys: no counter reaches them.
FIRST_KEY_WITHOUT_MARK = 1_000_000


@dataclass(frozen=True, slots=True)
class PartMark:
    """A part by its key; `digest` tells whether it is still the same words."""

    key: int
    edit_version: int
    digest: str

    @property
    def as_kept(self) -> dict[str, object]:
        return {"key": self.key, "version": self.edit_version, "digest": self.digest}


class DraftParts(Protocol):
    """How one kind of item falls into parts."""

    kind: str  # "checkpoint"
    template: str  # takes `content`, with the item's `one`, and `block`
    asked_template: str  # the same, as a participant sees it

    def split(self, item: ParsedItem) -> Sequence[str]:
        """Return each part as it is written; nothing where the item cannot be read."""
        ...

    def shown(
        self, item: ParsedItem, marks: Sequence[PartMark], unfinished: Mapping[int, Any]
    ) -> Any:
        """Return what the template shows of the item, key and all.

        `unfinished` has what of its parts is not ready, by their keys.
        """
        ...

    def asked(self, item: ParsedItem, marks: Sequence[PartMark]) -> Any:
        """Return what a participant will see of it, and nothing more."""
        ...


_registered: dict[str, DraftParts] = {}


def register_parts(parts: DraftParts) -> None:
    """Let an app have the parts of its kind of item edited alone; called from AppConfig.ready()."""
    _registered[parts.kind] = parts


def parts_of(kind: str) -> DraftParts | None:
    return _registered.get(kind)


def split_body(kind: str, body: str) -> tuple[str, ...]:
    """Return the parts of an item of this kind that says this; none where its kind has none."""
    parts = parts_of(kind)
    item = ParsedItem(kind, Anchor(None, ""), body, "", line=0)
    return tuple(parts.split(item)) if parts else ()


def marked(
    item: ParsedItem, earlier: Sequence[PartMark], keys: Iterator[int]
) -> tuple[PartMark, ...]:
    """Return the marks of an item's parts as they are now.

    A part of the same words keeps its mark wherever it stands now. Of the others, each is what
    stood there before, changed, as long as there is one left; then it is new, with the next key.
    """
    parts = parts_of(item.kind)
    digests = [_digest(words) for words in parts.split(item)] if parts else []
    left = list(earlier)
    found: dict[int, PartMark] = {}
    for i, digest in enumerate(digests):
        same = next((one for one in left if one.digest == digest), None)
        if same:
            found[i] = same
            left.remove(same)
    for i, digest in enumerate(digests):
        if i not in found:
            was = left.pop(0) if left else None
            key, version = (was.key, was.edit_version + 1) if was else (next(keys), 1)
            found[i] = PartMark(key, version, digest)
    return tuple(found[i] for i in range(len(digests)))


def read_marks(kept: Sequence[dict[str, Any]] | None, item: ParsedItem) -> tuple[PartMark, ...]:
    """Return the marks as a draft keeps them."""
    if kept is None:
        return marked(item, (), iter(range(FIRST_KEY_WITHOUT_MARK, 2 * FIRST_KEY_WITHOUT_MARK)))
    return tuple(PartMark(one["key"], one["version"], one["digest"]) for one in kept)


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:16]
