"""The map of a pair: where the paragraphs of two texts stand, as tall as they are long.

Only what the viewer is served has a place: a text ends at the gate that they have not come through.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Left, Length

from discussions.links.argument import LinkedPair, NumberedLink
from discussions.threads import LinkEnd
from readings.models import Block, BlockKind, Reading
from seminars.models import Membership

# In pixels of the drawing.
TOP = 40  # below the titles
GAP = 3.5  # between paragraphs, and less where there are many
CLOSE_GAP = 1.5
MANY = 80  # paragraphs
SECTION = 15  # before a paragraph with a heading
ROOM = 470  # for the letters of the longer text
MOST_PER_LETTER = 0.045  # or three paragraphs would be a wall
LEAST_PARAGRAPH, LEAST_WORDS = 6.0, 3.5
LEAST_OF_MANY = 3.0
BADGE = 17  # from one number at the edge of a column to the next
FOOT = 16  # below the text: where the words are that have no paragraph any more
FIRST_LETTERS = 90  # of a paragraph, to say which it is


class MapBlock(NamedTuple):
    """A block of a text, as far as a map needs it; `heading` is its words where it is one."""

    key: str
    number: int | None
    kind: str
    level: int | None
    letters: int
    heading: str
    beginning: str

    @property
    def is_heading(self) -> bool:
        return self.kind == BlockKind.HEADING


class Extent(NamedTuple):
    """From where to where something stands in a column."""

    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class MapSection:
    """A heading, where its text begins, and how much room there is beside it."""

    title: str
    top: float
    room: float


@dataclass(frozen=True, slots=True)
class MapEnd:
    """One end of a link: its words, and where its number stands beside them."""

    words: tuple[Extent, ...]
    at: float
    badge: float
    is_lost: bool
    has_paragraph: bool  # or it stands at the foot of the column


@dataclass(frozen=True, slots=True)
class MapColumn:
    """One text: its title, its paragraphs, headings, and the ends of the links by their threads."""

    reading: Reading
    title: str
    blocks: Sequence[tuple[MapBlock, Extent]]
    sections: Sequence[MapSection]
    ends: Mapping[int, MapEnd]
    numbers: Mapping[int, float]  # of the paragraphs with links: where each stands
    bottom: float


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """Two columns in one scale, and the lines between them."""

    left: MapColumn
    right: MapColumn
    links: Sequence[NumberedLink]

    @property
    def height(self) -> int:
        return round(max(self.left.bottom, self.right.bottom)) + 12


def build_map(pair: LinkedPair, viewer: Membership) -> ArgumentMap:
    """Return the map of a pair for one member. Two queries."""
    texts = [_blocks(reading, viewer) for reading in (pair.left, pair.right)]
    scale = _Scale(texts)
    links = sorted(pair.links, key=lambda one: one.number)
    ends = ({one.pk: one.left for one in links}, {one.pk: one.right for one in links})
    left, right = (
        _column(reading, title, blocks, there, scale)
        for reading, title, blocks, there in zip(
            (pair.left, pair.right), pair.titles, texts, ends, strict=True
        )
    )
    return ArgumentMap(left, right, links)


def _blocks(reading: Reading, viewer: Membership) -> list[MapBlock]:
    heading = Case(
        When(Q(kind=BlockKind.HEADING), then=F("text")),
        default=Value(""),
        output_field=CharField(),
    )
    rows = (
        Block.objects.served(reading, viewer)
        .exclude(kind=BlockKind.RULE)
        .annotate(letters=Length("text"), title=heading, first=Left("text", FIRST_LETTERS + 1))
        .order_by("position")
    )
    columns = ("key", "number", "kind", "level", "letters", "title", "first")
    return [MapBlock(*row) for row in rows.values_list(*columns)]


class _Scale:
    """How tall a letter is, and what is least: the same in both texts."""

    def __init__(self, texts: Iterable[Sequence[MapBlock]]) -> None:
        texts = list(texts)
        longest = max((sum(one.letters for one in blocks) for blocks in texts), default=0)
        has_many = any(len(blocks) > MANY for blocks in texts)
        self.per_letter = min(MOST_PER_LETTER, ROOM / max(longest, 1))
        self.least = LEAST_OF_MANY if has_many else LEAST_PARAGRAPH
        self.gap = CLOSE_GAP if has_many else GAP

    def height(self, block: MapBlock) -> float:
        if block.is_heading:
            return self.least
        return max(self.least, block.letters * self.per_letter)


# --- A column ------------------------------------------------------------------------------------
def _column(
    reading: Reading,
    title: str,
    blocks: Sequence[MapBlock],
    ends: Mapping[int, LinkEnd],
    scale: _Scale,
) -> MapColumn:
    placed, titles, bottom = _stacked(blocks, scale)
    extents = {block.key: extent for block, extent in placed}
    letters = {block.key: block.letters for block, _extent in placed}
    foot = bottom + FOOT
    found = {pk: _words(end, extents, letters, foot) for pk, end in ends.items()}
    if any(not one.has_paragraph for one in found.values()):
        bottom = foot + FOOT / 2
    badges = spread({pk: end.at for pk, end in found.items()}, BADGE, TOP + BADGE / 2)
    numbered = {block.key: block.number for block, _extent in placed}
    places: defaultdict[int, list[float]] = defaultdict(list)
    for pk, end in ends.items():
        if number := numbered.get(end.block_key):
            places[number].append(found[pk].at)
    numbers = {number: sum(there) / len(there) for number, there in places.items()}
    return MapColumn(
        reading=reading,
        title=title,
        blocks=placed,
        sections=_sections(titles, bottom),
        ends={
            pk: MapEnd(one.words, one.at, badges[pk], one.is_lost, one.has_paragraph)
            for pk, one in found.items()
        },
        numbers=spread(numbers, 12, TOP),
        bottom=max([bottom, *(badge + BADGE / 2 for badge in badges.values())]),
    )


def _stacked(
    blocks: Sequence[MapBlock], scale: _Scale
) -> tuple[list[tuple[MapBlock, Extent]], list[tuple[str, float]], float]:
    """The blocks below each other; the headings with where their text begins; the end of all."""
    placed: list[tuple[MapBlock, Extent]] = []
    titles: list[tuple[str, float]] = []
    top = float(TOP)
    for block in blocks:
        # The essay's title is a heading, too, and stands above the column.
        if block.is_heading and block.level == 1:
            placed.append((block, Extent(top - scale.least, scale.least)))
            continue
        if block.is_heading:
            placed.append((block, Extent(top + (SECTION - scale.least) / 2, scale.least)))
            top += SECTION
            titles.append((block.heading, top))
            continue
        height = scale.height(block)
        placed.append((block, Extent(top, height)))
        top += height + scale.gap
    return placed, titles, top - scale.gap


def _sections(titles: Sequence[tuple[str, float]], bottom: float) -> list[MapSection]:
    ends = [*(top for _title, top in titles[1:]), bottom + SECTION]
    return [
        MapSection(title, top, end - top) for (title, top), end in zip(titles, ends, strict=False)
    ]


def _words(
    end: LinkEnd, extents: Mapping[str, Extent], letters: Mapping[str, int], foot: float
) -> MapEnd:
    """Where the words of an end stand; of one that lost its words, its whole paragraph."""
    words: list[Extent] = []
    for row in end.rows:
        here = extents.get(row.block_key)
        if here is None:
            continue
        if end.is_lost or row.start is None or row.end is None:
            words.append(here)
            continue
        length = max(letters[row.block_key], 1)
        height = max((row.end - row.start) / length * here.height, LEAST_WORDS)
        top = here.top + min(row.start / length, 1) * here.height
        words.append(Extent(min(top, max(here.top + here.height - height, here.top)), height))
    if not words:
        return MapEnd((), foot, foot, is_lost=True, has_paragraph=False)
    at = (words[0].top + words[-1].top + words[-1].height) / 2
    return MapEnd(tuple(words), at, at, is_lost=end.is_lost, has_paragraph=True)


def spread(wanted: Mapping[int, float], apart: float, top: float) -> dict[int, float]:
    """Return places at least so far `apart`, each as near to where it is wanted as the others
    leave it, and none above `top`; those wanted at one place stand in the mapping's order."""
    # Neighbours that would overlap are one run around the middle of what they want.
    runs: list[tuple[float, list[int]]] = []
    for key, _place in sorted(wanted.items(), key=lambda item: item[1]):
        run = [key]
        while True:
            middle = sum(wanted[one] for one in run) / len(run)
            start = max(middle - (len(run) - 1) * apart / 2, top)
            if not runs or runs[-1][0] + len(runs[-1][1]) * apart <= start:
                break
            run = runs.pop()[1] + run
        runs.append((start, run))
    return {key: start + place * apart for start, run in runs for place, key in enumerate(run)}
