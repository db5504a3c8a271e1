"""Blocks as a class of viewers sees them, rendered once for each version and kept.

They are kept in a table, which all processes share, and in front of it in this process's memory.
A fragment is named by the version of all that shapes it, which the database itself raises
(readings.page.triggers): one that is not true any more cannot be reached. It is rendered when
somebody first asks for it, by loading its block alone.
"""

import hashlib
import inspect
import json
import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from django.db import DatabaseError
from django.db.models import BigIntegerField, CharField, QuerySet
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language

from database.asynchronous_commit import asynchronous_commit
from database.prepared import (
    SIZES_KEPT,
    Parameter,
    PreparedQuery,
    PreparedRows,
    filled,
    listed,
    size_for,
)
from readings.models import BlockVersion, Fragment, PageVersion, Passage, Reading
from readings.page.beside import BesideWriter
from readings.page.block_html import block_html
from readings.page.layers import Card, Content, CountedThread, Mark, registered_layers
from readings.page.layout import by_block, hung, name_of, order_of, words_of
from readings.page.revision_text import RevisionText, revision_text
from readings.page.slots import Slotted
from readings.page.standing import Versions
from readings.passages import segments_of
from rendering.store import BoundedStore
from seminars.models import Membership

# What the blocks that one process keeps may take: some two hundred pages for a class of viewers.
KEPT_BYTES = 64_000_000
MOST_KEYS = 200  # that one query names; SQLite takes some hundreds of values at the least
FILTERS = ("mine", "group")  # choices of the annotation filter that hide something
END = ""  # the key of the end of the page, where threads about the whole reading stand

_READING = Parameter("reading", BigIntegerField())
_VERSIONS = PreparedRows(
    lambda: BlockVersion.objects.filter(reading=_READING).values_list("block_key", "version")
)
_PAGE_HELD = PreparedRows(
    lambda: (
        PageVersion.objects.filter(reading=_READING, page=Parameter("page", BigIntegerField()))
        .select_for_update(of=("self",))
        .values_list("page")
    )
)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BlockFragment:
    """One block with what hangs on it, for one class of viewers; `altered` are passages."""

    version: str
    slotted: Slotted
    talk: tuple[CountedThread, ...] = ()
    altered: tuple[int, ...] = ()

    @cached_property
    def out_of_sight(self) -> Mapping[str, Mapping[int, int]]:
        """How many of its threads a choice of the annotation filter hides, by author; of all as 0.

        A choice that hides none is left out. Each page takes off its reader's own threads, which
        are always shown.
        """
        counted: dict[str, Counter[int]] = {}
        for one in self.talk:
            for name in FILTERS:
                if not one.is_highlight and name not in one.shown_under:
                    counted.setdefault(name, Counter()).update([one.author, 0])
        return counted

    def pack(self) -> bytes:
        talk = [
            (one.thread, one.block_key, one.author, one.is_highlight, one.shown_under)
            for one in self.talk
        ]
        facts = {"talk": talk, "altered": self.altered}
        return f"{json.dumps(facts)}\n{self.slotted.html}".encode()

    @classmethod
    def unpack(cls, version: str, body: bytes) -> "BlockFragment":
        facts, _, html = body.decode().partition("\n")
        known = json.loads(facts)
        talk = tuple(CountedThread(*one) for one in known["talk"])
        return cls(version, Slotted(html), talk, tuple(known["altered"]))


@dataclass(frozen=True, slots=True)
class Kept:
    """The fragments of one reading for one class, as they were at `stamp`."""

    stamp: str
    fragments: Mapping[str, BlockFragment]

    @property
    def size(self) -> int:
        return sum(one.slotted.size for one in self.fragments.values())


_store: BoundedStore[tuple[int, str], Kept] = BoundedStore(KEPT_BYTES, lambda kept: kept.size)
# For tests and the benchmark: how many blocks this process has rendered.
_renders = {"blocks": 0}


def rendered_blocks() -> int:
    """Return how many block fragments this process has rendered since it began."""
    return _renders["blocks"]


def forget_fragments() -> None:
    """Keep none in this process; for tests and the benchmark. The table keeps its own."""
    _store.clear()


def fragments_of(
    *,
    reading: Reading,
    versions: Versions,
    viewer: str,
    membership: Membership,
    keys: Collection[str] | None = None,
) -> Mapping[str, BlockFragment]:
    """Return the fragments of these blocks, or of all that have anything, by key.

    `viewer` names the class; `membership` is a member of it, whose rights decide what is shown:
    nobody in particular (viewers.class_member), or the one member whom the class is made of.
    """
    stamp = versions.stamp(reading, renderer(), get_language())
    kept = _store.get((reading.pk, viewer))
    text = revision_text(reading, versions.blocks, member=membership)
    if keys is not None:
        keys = [key for key in keys if text.serves(key)]
    if (
        kept is not None
        and kept.stamp == stamp
        and (keys is None or kept.fragments.keys() >= set(keys))
    ):
        return kept.fragments
    known = dict(_VERSIONS.all(reading=reading.pk))
    if keys is None:
        # Blocks that are gone from the text may still have threads.
        gone = () if text.is_cut else known.keys() - text.by_key.keys()
        keys = [*(block.key for block in text.blocks), *gone, END]
    whole = versions.digest(reading, renderer(), get_language())
    wanted = {key: f"{whole}.{known.get(key, 0)}" for key in keys}
    found = _still_true(kept.fragments if kept else {}, wanted)
    found |= _from_table(reading, viewer, wanted, found.keys())
    missing = [key for key in wanted if key not in found]
    if missing:
        made = render(reading=reading, text=text, membership=membership, keys=missing)
        fresh = {key: BlockFragment(wanted[key], *parts) for key, parts in made.items()}
        found |= fresh
        _to_table(reading, versions, viewer, fresh)
    fragments = {key: found[key] for key in wanted}
    _store.put((reading.pk, viewer), Kept(stamp, fragments))
    return fragments


def _still_true(
    kept: Mapping[str, BlockFragment], wanted: Mapping[str, str]
) -> dict[str, BlockFragment]:
    return {
        key: kept[key]
        for key, version in wanted.items()
        if key in kept and kept[key].version == version
    }


def _from_table(
    reading: Reading, viewer: str, wanted: Mapping[str, str], known: Collection[str]
) -> dict[str, BlockFragment]:
    """Load those that are not known, and no other rows: a post takes one block's away."""
    missing = [key for key in wanted if key not in known]
    if not missing:
        return {}
    if known and len(missing) <= MOST_KEYS:
        few = _few_fragments(size_for(missing))
        rows = few.all(reading=reading.pk, viewer=viewer, **filled("key", missing))
    else:
        rows = _FRAGMENTS.all(reading=reading.pk, viewer=viewer)
    return {
        key: BlockFragment.unpack(version, bytes(body))
        for key, version, body in rows
        if key not in known and wanted.get(key) == version
    }


def _kept_for_viewer() -> "QuerySet[Fragment]":
    return Fragment.objects.filter(reading=_READING, viewer=Parameter("viewer", CharField()))


_FRAGMENT_COLUMNS = ("block_key", "version", "body")
_FRAGMENTS = PreparedRows(lambda: _kept_for_viewer().values_list(*_FRAGMENT_COLUMNS))


@lru_cache(maxsize=SIZES_KEPT)
def _few_fragments(size: int) -> PreparedRows:
    here = listed("key", CharField(), size)
    return PreparedRows(
        lambda: _kept_for_viewer().filter(block_key__in=here).values_list(*_FRAGMENT_COLUMNS)
    )


def _to_table(
    reading: Reading, versions: Versions, viewer: str, fresh: Mapping[str, BlockFragment]
) -> None:
    """Keep these for other processes; where that cannot be (a full disk), the page goes on.

    Under a lock of the page's version, and only while that is still the one: what a writer
    has taken away meanwhile is not put back. Nobody who reads waits for the disk.
    """
    rows = [
        Fragment(
            reading=reading, block_key=key, viewer=viewer, version=one.version, body=one.pack()
        )
        for key, one in fresh.items()
    ]
    try:
        with asynchronous_commit():
            if _PAGE_HELD.all(reading=reading.pk, page=versions.page):
                Fragment.objects.bulk_create(
                    rows,
                    update_conflicts=True,
                    unique_fields=["reading", "viewer", "block_key"],
                    update_fields=["version", "body"],
                )
    except DatabaseError as error:
        log.warning("The fragments of a page could not be kept: %s", type(error).__name__)


@lru_cache(maxsize=1)
def renderer() -> str:
    """Return a name for the code that renders: what other code wrote is not to be shown."""
    folders = {
        Path(__file__).parent,
        *(Path(inspect.getfile(type(one))).parent for one in registered_layers()),
    }
    digest = hashlib.sha256(static("icons.svg").encode())
    for path in sorted(path for folder in folders for path in folder.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# --- Rendering ---------------------------------------------------------------------------------
Parts = tuple[Slotted, tuple[CountedThread, ...], tuple[int, ...]]


def render(
    *,
    reading: Reading,
    text: RevisionText,
    membership: Membership,
    keys: Collection[str],
    folded: bool = True,
) -> dict[str, Parts]:
    """Render these blocks as `membership` may see them, loading no others.

    `folded` shows the first thread of each, and the way to the others. Times are in the site's
    zone: what is made here is kept for many.
    """
    _renders["blocks"] += len(keys)
    with timezone.override(None):
        return _rendered(reading, text, membership, keys, folded=folded)


def _rendered(
    reading: Reading,
    text: RevisionText,
    membership: Membership,
    keys: Collection[str],
    *,
    folded: bool,
) -> dict[str, Parts]:
    content = content_of(reading, membership, keys)
    marks, beside = by_block(content.marks), hung(content.beside)
    talk: dict[str, list[CountedThread]] = {}
    for one in content.talk:
        talk.setdefault(one.block_key, []).append(one)
    made: dict[str, Parts] = {}
    writer = BesideWriter(reading, membership, folded=folded)
    for key in keys:
        block = text.by_key.get(key)
        here = talk.get(key, [])
        if key == END:
            before, after = content.around_end
            html = before + writer.cards(END, sorted(content.at_end, key=order_of)) + after
        elif block is None or key not in text.shown_keys:
            html = writer.cards(key, beside[key])
        else:
            here_marked = _leading_to(marks[key], writer.waiting(beside[key]))
            words = words_of(block, text.pictures, text.references.get(key, ()), here_marked)
            handle = writer.handle(key, name_of(block), here, can_hold=block.kind != "rule")
            cards = writer.cards(key, beside[key], {mark.card for mark in marks[key]})
            html = block_html(block, words, handle=handle, cards=cards)
        altered = tuple(pk for pk, place in content.altered.items() if place == key)
        made[key] = Slotted(html), tuple(here), altered
    return made


def _leading_to(marks: Sequence[Mark], waiting: Sequence[Card]) -> list[Mark]:
    """Return the marks as they lead to what is shown: a card that waits cannot be pointed at."""
    out = {card.id for card in waiting}
    return [replace(mark, begins=False) if mark.card in out else mark for mark in marks]


def content_of(reading: Reading, membership: Membership, keys: Collection[str] | None) -> Content:
    """Ask every layer of these blocks, and join what they say."""
    segments = segments_of(passages_on(reading, keys))
    whole = Content()
    for layer in registered_layers():
        whole.add(
            layer.content(reading=reading, membership=membership, segments=segments, keys=keys)
        )
    return whole


def passages_on(reading: Reading, keys: Collection[str] | None) -> Iterable[Passage]:
    """Return the passages that touch these blocks, with all of their rows; all without `keys`."""
    if not keys:
        return Passage.objects.filter(reading=reading) if keys is None else ()
    touching = _passages_touching(size_for(keys))
    return touching.all(reading=reading.pk, **filled("key", keys))


@lru_cache(maxsize=SIZES_KEPT)
def _passages_touching(size: int) -> PreparedQuery[Passage]:
    here = listed("key", CharField(), size)
    return PreparedQuery(lambda: Passage.objects.filter(reading=_READING).touching(here))
