"""The words of the text that an entry is about, with a little of their sentence."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from anchoring import joined_quotes, split_sentences
from discussions.common.markdown import shorten
from discussions.models import Thread
from readings.models import Block, BlockKind, Passage, Placement
from readings.passages import segments_of
from seminars.models import Membership

LONGEST_QUOTE = 400  # characters: seven lines; the text itself has them all
LONGEST_BESIDE = 120  # of the sentence on either side of the words
LONGEST_BLOCK = 240  # of a paragraph that is meant as a whole


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A place in the text in three parts; of a whole block, `words` are empty.

    `label` is what people call the block, `anchor` where a link to it leads, and `section` the
    heading that it stands under; all three are empty where the place is gone, and for what is
    said of the whole reading.
    """

    label: str = ""
    anchor: str = ""
    section: str = ""
    number: int | None = None
    before: str = ""
    words: str = ""
    after: str = ""
    is_gone: bool = False
    has_changed: bool = False

    @property
    def passage(self) -> str:
        """The words meant, be they some of a block or all of it."""
        return self.words or self.after


NO_WORDS = QuotedWords()


def quoted_words(
    threads: Collection[Thread], viewers: Mapping[int, Membership], *, shortened: bool = True
) -> dict[int, QuotedWords]:
    """Return what each of these threads is about, by its key, in three queries.

    `viewers` are the memberships of who looks, by seminar: of a text that ends at a gate for them,
    there are no more than the words that they chose themselves. Of files that are taken away, the
    words are whole: not `shortened`.
    """
    firsts = {one.passage_id for one in threads if one.passage_id}
    revisions = {one.reading.revision_id for one in threads}
    rows = segments_of(Passage.objects.filter(Q(pk__in=firsts) | Q(continues__in=firsts)))
    keys = {row.block_key for several in rows.values() for row in several}
    blocks = {
        (block.revision_id, block.key): block
        for block in Block.objects.filter(revision__in=revisions, key__in=keys)
    }
    headings = _headings(revisions)
    found = {}
    for thread in threads:
        revision = thread.reading.revision_id
        passage = rows.get(thread.passage_id or 0, [])
        under = [blocks.get((revision, row.block_key)) for row in passage]
        end = viewers[thread.seminar_id].gate_in(thread.reading_id)
        if end is not None and any(one is None or one.position > end for one in under):
            words = joined_quotes(row.quote for row in passage)
            found[thread.pk] = QuotedWords(words=_cut(words, shortened))
            continue
        found[thread.pk] = _quoted(passage, under, headings.get(revision, ()), shortened=shortened)
    return found


def _headings(revisions: Collection[int]) -> Mapping[int, Sequence[tuple[int, str]]]:
    """Return, per revision, position and words of the headings in it, but for the title."""
    found: dict[int, list[tuple[int, str]]] = {}
    rows = Block.objects.filter(revision__in=revisions, kind=BlockKind.HEADING).exclude(level=1)
    for revision, position, text in rows.order_by("position").values_list(
        "revision_id", "position", "text"
    ):
        found.setdefault(revision, []).append((position, text))
    return found


def _quoted(
    rows: Sequence[Passage],
    blocks: Sequence[Block | None],
    headings: Sequence[tuple[int, str]],
    *,
    shortened: bool,
) -> QuotedWords:
    if not rows:
        return NO_WORDS
    first, block, last = rows[0], blocks[0], blocks[-1]
    words = joined_quotes(row.quote for row in rows)
    if first.placement == Placement.UNANCHORED or block is None or last is None:
        return QuotedWords(words=_cut(words or first.earlier_quote, shortened), is_gone=True)
    before = after = ""
    if first.start is None:
        text = block.text if len(rows) == 1 else joined_quotes(one.text for one in blocks if one)
        after = shorten(text, LONGEST_BLOCK) if shortened else text
    else:
        before, _rest = _beside(block.text, first.start)
        _rest, after = _beside(last.text, rows[-1].end or 0)
    above = [text for position, text in headings if position <= block.position]
    shown = _cut(words, shortened)
    return QuotedWords(
        label=block.label,
        anchor=block.anchor,
        section=above[-1] if above else "",
        number=block.number,
        before=before,
        words=shown,
        after=after if shown == words else "",
        has_changed=first.placement == Placement.CHANGED,
    )


def _cut(words: str, shortened: bool) -> str:
    return shorten(words, LONGEST_QUOTE) if shortened else words


def _beside(text: str, place: int) -> tuple[str, str]:
    """Return what of the sentence stands before and after a place in it, each cut to its words."""
    before, after = text[:place], text[place:]
    for sentence in split_sentences(text):
        if sentence.start <= place <= sentence.end:
            before, after = text[sentence.start : place], text[place : sentence.end]
            break
    if len(before) > LONGEST_BESIDE:
        before = f"…{before[-LONGEST_BESIDE:].partition(' ')[2]}"
    return before, shorten(after, LONGEST_BESIDE)
