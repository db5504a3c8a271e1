"""The text of a reading's revision, kept in this process: a published one does not change."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import get_script_prefix, reverse

from documents.block_names import note_name
from readings.essays import ShownPicture, shown_pictures
from readings.models import Block, Note, PageVersion, Picture, Reading
from readings.page.marks import Reference
from rendering.store import BoundedStore
from seminars.models import Membership

WORDS_A_MINUTE = 230  # silent reading of non-fiction, by Brysbaert's review of 190 studies
# Chinese and Japanese have no spaces between words; their readers take in about as many characters.
_WORD = re.compile(r"[぀-ヿ㐀-鿿]|[^\W぀-ヿ㐀-鿿]+(?:[’'-]\w+)*")
# Characters of all the texts that one process keeps: some two hundred essays.
KEPT_CHARACTERS = 16_000_000


@dataclass(frozen=True)
class RevisionText:
    """The blocks and notes of a revision, and what can be said of them before anybody asks.

    `is_cut` where the text ends at a gate, and what follows is not served.
    """

    blocks: Sequence[Block]
    notes: Sequence[Note]
    pictures: Mapping[str, ShownPicture]
    # By block key; by the number of a note, the ids of the places that refer to it.
    references: Mapping[str, Sequence[Reference]]
    back: Mapping[str, Sequence[str]]
    is_cut: bool = False

    def until(self, position: int) -> "RevisionText":
        """The same up to the block at this position, with the notes that are referred to there."""
        blocks = [block for block in self.blocks if block.position <= position]
        references, back = references_of(blocks)
        notes = [note for note in self.notes if note.number in back]
        return RevisionText(blocks, notes, self.pictures, references, back, is_cut=True)

    def serves(self, key: str) -> bool:
        """Whether what hangs on the block of this key is served with the text; "" is its end.

        Of a text that ends at a gate, what has lost its place is not.
        """
        return not self.is_cut or not key or key in self.by_key

    @cached_property
    def by_key(self) -> dict[str, Block]:
        return {block.key: block for block in self.blocks}

    @cached_property
    def shown(self) -> Sequence[Block]:
        """Without the title: it opens the page as its h1, and does not stand in the text again."""
        first = self.blocks[0] if self.blocks else None
        if first and first.kind == "heading" and first.level == 1:
            return self.blocks[1:]
        return self.blocks

    @cached_property
    def shown_keys(self) -> frozenset[str]:
        return frozenset(block.key for block in self.shown)

    @cached_property
    def words(self) -> Sequence[int]:
        """Of each block that is shown, how many words it has."""
        return [len(_WORD.findall(block.text)) for block in self.shown]

    @cached_property
    def size(self) -> int:
        parts: list[Block | Note] = [*self.blocks, *self.notes]
        return sum(len(one.text) + len(one.html) for one in parts)

    def place_of(self, key: str) -> int:
        """Where in the shown text the block of this key stands; at the start where nowhere."""
        return next((i for i, block in enumerate(self.shown) if block.key == key), 0)

    def minutes_from(self, place: int) -> int:
        return round(sum(self.words[place:]) / WORDS_A_MINUTE)


def references_of(
    blocks: Iterable[Block],
) -> tuple[dict[str, list[Reference]], dict[str, list[str]]]:
    """Name each reference to a note: `ref-7`, and `ref-7-2` where it is referred to again.

    Returns them by block key, and their ids by the number of the note.
    """
    by_block: dict[str, list[Reference]] = {}
    by_note: defaultdict[str, list[str]] = defaultdict(list)
    for block in blocks:
        for ref in block.note_refs:
            number = str(ref["number"])
            times = len(by_note[number])
            name = f"ref-{note_name(number)}" + (f"-{times + 1}" if times else "")
            by_note[number].append(name)
            reference = Reference(number=number, offset=ref["offset"], id=name)
            by_block.setdefault(block.key, []).append(reference)
    return by_block, by_note


_kept: BoundedStore[tuple[int, int, str, int | None], RevisionText] = BoundedStore(
    KEPT_CHARACTERS, lambda text: text.size
)


def revision_text(
    reading: Reading, version: int | None = None, *, member: Membership | None = None
) -> RevisionText:
    """Return the text that the reading reads now: from memory, or in two or three queries.

    `version` is that of all its blocks (PageVersion.blocks), asked for where it is not known. With
    `member`, as much of it as they are served: nothing behind a gate.
    """
    if version is None:
        found = PageVersion.objects.filter(reading=reading).values_list("blocks", flat=True)
        version = found.first()
    # The pictures' addresses are part of it.
    address = f"{get_script_prefix()}{reading.seminar.slug}/{reading.slug}"
    end = member.gate_in(reading.pk) if member else None
    key = (reading.pk, version or 0, address, end)
    text = _kept.get(key) if version else None
    if text is None:
        whole = load_text(reading) if end is None else revision_text(reading, version)
        text = whole if end is None else whole.until(end)
        if version:
            _kept.put(key, text)
    return text


def load_text(reading: Reading) -> RevisionText:
    blocks = list(Block.objects.filter(revision_id=reading.revision_id))
    notes = list(Note.objects.filter(revision_id=reading.revision_id))
    references, back = references_of(blocks)
    slugs = [reading.seminar.slug, reading.slug]
    pictures = shown_pictures(
        [*blocks, *notes],
        Picture.objects.filter(revision_id=reading.revision_id),
        lambda name: reverse("reading_picture", args=[*slugs, name]),
    )
    return RevisionText(blocks, notes, pictures, references, back)


def served_part(reading: Reading, text: RevisionText, version: int | None = None) -> int:
    """How much of a reading `text` is, in percent of its words; all but where a gate ends it."""
    if not text.is_cut:
        return 100
    return 100 * sum(text.words) // max(sum(revision_text(reading, version).words), 1)


def is_picture_served(reading: Reading, member: Membership, name: str) -> bool:
    """Whether a picture of the text stands in what this member is served of it."""
    if member.gate_in(reading.pk) is None:
        return True
    text = revision_text(reading, member=member)
    parts: list[Block | Note] = [*text.blocks, *text.notes]
    return any(f"picture:{name}" in part.html for part in parts)


def forget_texts() -> None:
    """Keep none; for tests and the benchmark."""
    _kept.clear()
