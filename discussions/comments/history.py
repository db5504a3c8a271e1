"""What a comment said before each change, newest first, with the words that changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from discussions.models import Comment

# Words that come and go in one change. The comparison takes the square of it: more is another
# text, and somebody could write one that keeps the server busy for minutes.
MAX_EDITS = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed ("same"), came ("ins") or went ("del")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, and the difference that it made."""

    at: datetime
    pieces: list[Piece]


def build_history(comment: Comment) -> list[Change]:
    """Return the changes of a comment, newest first, in one query."""
    changes = []
    after = comment.body
    for revision in comment.revisions.all():
        changes.append(Change(revision.created_at, list(difference(revision.body, after))))
        after = revision.body
    return changes


def difference(before: str, after: str) -> Iterator[Piece]:
    """Yield the two texts as one, word by word."""
    old, new = _words(before), _words(after)
    i = j = 0
    for start, there, length in _stretches(_common(old, new), (len(old), len(new))):
        if i < start:
            yield Piece("del", "".join(old[i:start]))
        if j < there:
            yield Piece("ins", "".join(new[j:there]))
        if length:
            yield Piece("same", "".join(new[there : there + length]))
        i, j = start + length, there + length


def _stretches(
    pairs: Sequence[tuple[int, int]], ends: tuple[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Yield where words stayed, as (place before, place after, how many); at last both ends."""
    first = 0
    for i, (x, y) in enumerate(pairs, start=1):
        if i == len(pairs) or pairs[i] != (x + 1, y + 1):
            yield *pairs[first], i - first
            first = i
    yield *ends, 0


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the words that stayed as (place in `old`, place in `new`), in order.

    The fewest words come and go; none stay where those were more than MAX_EDITS. By Myers,
    “An O(ND) Difference Algorithm and Its Variations” (1986): `reach[k]` is how far `old`
    is used up on the diagonal k = place in `old` - place in `new`.
    """
    reach, rounds = {1: 0}, []
    for edits in range(min(len(old) + len(new), MAX_EDITS) + 1):
        rounds.append(dict(reach))
        for k in range(-edits, edits + 1, 2):
            x = reach[k + 1] if _comes(reach, k, edits) else reach[k - 1] + 1
            while x < len(old) and x - k < len(new) and old[x] == new[x - k]:
                x += 1
            reach[k] = x
            if x >= len(old) and x - k >= len(new):
                return _way_back(rounds, len(old), len(new))
    return []


def _comes(reach: dict[int, int], k: int, edits: int) -> bool:
    """Whether the last edit on this diagonal is a word that came, not one that went."""
    return k == -edits or (k != edits and reach[k - 1] < reach[k + 1])


def _way_back(rounds: Sequence[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs = []
    for edits in range(len(rounds) - 1, -1, -1):
        k = x - y
        before = k + 1 if _comes(rounds[edits], k, edits) else k - 1
        start = rounds[edits][before]
        while x > start and y > start - before:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = start, start - before
    return pairs[::-1]


def _words(text: str) -> list[str]:
    """Cut a text into words, each with the white space after it."""
    words: list[str] = []
    for character in text:
        if words and (character.isspace() or not words[-1][-1].isspace()):
            words[-1] += character
        else:
            words.append(character)
    return words
