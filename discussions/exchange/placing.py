"""Where annotations that come in belong in the text that a seminar reads."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from anchoring import Folded, find, fold, joined_quotes
from discussions.exchange.incoming import Incoming, IncomingEnd, Quote
from discussions.exchange.wording import body_of
from discussions.models import MAX_BODY, LinkKind
from readings.models import Block, Placement, Reading
from readings.passages import MAX_SEGMENTS, Segment

# The better of two standings is named first; a passage stands as its worst part does.
_ORDER = [Placement.EXACT, Placement.CHANGED, Placement.UNANCHORED]


@dataclass(frozen=True, slots=True)
class Placed:
    """The segments that the quoted words have become, and how they stand.

    Without segments it is about the whole reading; `standing` then tells whether
    that is what it always was (exact), or its words were not found (unanchored).
    """

    standing: Placement
    segments: tuple[Segment, ...] = ()
    quote: str = ""


NOWHERE = Placed(Placement.EXACT)  # about the whole reading, or under what it answers


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """Where a link stands in the other of its readings, and of what kind it will be."""

    other: Reading
    placed: Placed
    kind: LinkKind
    begins_there: bool
    note: str = ""  # where it comes in as another kind than it was


@dataclass(frozen=True, slots=True)
class Joined:
    """What becomes of an annotation of two texts: a link, or for a reason a thread on the words
    in this one; `apart` is then the end to which nothing leads."""

    placed: Placed
    link: PlannedLink | None = None
    apart: IncomingEnd | None = None
    reason: str = ""


@dataclass(slots=True)
class Planned:
    """An annotation with its place and the replies below it; `answers` is its parent's origin."""

    incoming: Incoming
    placed: Placed
    body: str
    answers: str = ""
    is_known: bool = False  # it was taken in before, or is from here
    link: PlannedLink | None = None
    why_no_link: str = ""


@dataclass(slots=True)
class Plan:
    """What taking a file in would do."""

    revision: int
    threads: list[Planned] = field(default_factory=list)
    replies: list[Planned] = field(default_factory=list)  # what they answer comes before them
    left_out: list[tuple[Incoming, str]] = field(default_factory=list)


class Text:
    """The blocks of a revision as one text, in which a quotation may run over several."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = [block for block in blocks if block.text]
        self.keys = {block.key: block for block in blocks}
        self.starts: list[int] = []
        size = 0
        for block in self.blocks:
            self.starts.append(size)
            size += len(block.text) + 1
        self.text = "\n".join(block.text for block in self.blocks)
        self._folded: Folded | None = None
        self._blocks: dict[str, Folded] = {}

    def place(self, quotes: Sequence[Quote]) -> Placed:
        """Find every quotation; what is not found for certain is nowhere."""
        if not quotes:
            return Placed(Placement.EXACT)
        words = joined_quotes(quote.exact for quote in quotes)
        segments: dict[str, Segment] = {}
        standing = Placement.EXACT
        for quote in quotes:
            one, found = self._find(quote)
            standing = max(standing, one, key=_ORDER.index)
            for segment in found:
                segments.setdefault(segment.block_key, segment)
        if not segments or standing == Placement.UNANCHORED or len(segments) > MAX_SEGMENTS:
            return Placed(Placement.UNANCHORED, (), words)
        return Placed(standing, tuple(segments.values()), words)

    def _find(self, quote: Quote) -> tuple[Placement, list[Segment]]:
        block = self.keys.get(quote.block)
        if not quote.exact:
            return (Placement.EXACT, [Segment(block.key)]) if block else (_ORDER[-1], [])
        if block:
            if block.key not in self._blocks:
                self._blocks[block.key] = fold(block.text)
            here = find(
                self._blocks[block.key],
                exact=quote.exact,
                prefix=quote.prefix,
                suffix=quote.suffix,
                start=quote.start,
            )
            if here.start is not None and here.end is not None and here.status != "changed":
                words = block.text[here.start : here.end]
                return Placement.EXACT, [Segment(block.key, here.start, here.end, words)]
        return self._find_anywhere(quote)

    def _find_anywhere(self, quote: Quote) -> tuple[Placement, list[Segment]]:
        self._folded = self._folded or fold(self.text)
        found = find(self._folded, exact=quote.exact, prefix=quote.prefix, suffix=quote.suffix)
        if found.start is None or found.end is None:
            return Placement.UNANCHORED, []
        standing = Placement.CHANGED if found.status == "changed" else Placement.EXACT
        return standing, self._segments(found.start, found.end)

    def _segments(self, start: int, end: int) -> list[Segment]:
        """Cut a stretch of the whole text at the ends of its blocks."""
        segments = []
        for n in range(max(bisect_right(self.starts, start) - 1, 0), len(self.blocks)):
            begin = self.starts[n]
            if begin >= end:
                break
            block = self.blocks[n]
            low, high = max(start - begin, 0), min(end - begin, len(block.text))
            if block.text[low:high].strip():
                segments.append(Segment(block.key, low, high, block.text[low:high]))
        return segments


def make_plan(
    annotations: Sequence[Incoming],
    *,
    text: Text,
    revision: int,
    known: frozenset[str],
    own: frozenset[str] = frozenset(),
    join: Callable[[Incoming], Joined] | None = None,
) -> Plan:
    """Say where each annotation would stand.

    `known` are the origins that were taken in before, `own` those that began here: what
    is in either is here already. A reply stands under the nearest of those that it
    answers; where none of them is in the file or here, it begins a thread of its own.
    `join` says what becomes of an annotation of two texts.
    """
    plan = Plan(revision)
    there = (known | {one.origin for one in annotations}) - own
    here = known | own
    waiting = []
    for one in annotations:
        answers = next((iri for iri in one.above if iri in there and iri != one.origin), "")
        if answers:
            waiting.append((one, answers))
        else:
            joined = None
            if one.link and join and one.origin not in here:
                joined = join(one)
                placed = joined.placed
            else:
                placed = NOWHERE if one.origin in here else text.place(one.quotes)
            _add(plan, plan.threads, one, placed, here=here, joined=joined)
    below = {planned.incoming.origin for planned in plan.threads} | known
    while waiting:
        ready = [(one, answers) for one, answers in waiting if answers in below]
        if not ready:
            # What they answer was left out, or they answer each other.
            plan.left_out += [(one, _("what it answers is left out")) for one, __ in waiting]
            break
        for one, answers in ready:
            _add(plan, plan.replies, one, NOWHERE, here=here, answers=answers)
        below |= {planned.incoming.origin for planned in plan.replies}
        left = {one.origin for one, __ in ready}
        waiting = [(one, answers) for one, answers in waiting if one.origin not in left]
    return plan


def _add(
    plan: Plan,
    where: list[Planned],
    one: Incoming,
    placed: Placed,
    *,
    here: frozenset[str],
    answers: str = "",
    joined: Joined | None = None,
) -> None:
    lost = placed.quote if placed.standing == Placement.UNANCHORED else ""
    body = body_of(one, quote=lost, other=joined.apart if joined else None)
    if len(body) > MAX_BODY:
        plan.left_out.append(
            (one, _("it is longer than %(most)s characters") % {"most": f"{MAX_BODY:,}"})
        )
        return
    if not one.text.strip() and not one.tags and not one.quotes:
        plan.left_out.append((one, _("it says nothing and marks nothing")))
        return
    planned = Planned(one, placed, body, answers, is_known=one.origin in here)
    if joined:
        planned.link, planned.why_no_link = joined.link, joined.reason
    where.append(planned)
