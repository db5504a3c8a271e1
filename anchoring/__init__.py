"""Finding words in a text again when it changes: pure functions on strings."""

from anchoring.alignment import (
    ALIGNMENT_VERSION,
    Alignment,
    Pair,
    align,
)
from anchoring.diff import (
    WordChange,
    word_diff,
)
from anchoring.folding import (
    RAISED,
    fold,
)
from anchoring.quotation import joined_quotes
from anchoring.search import (
    Folded,
    Searchable,
    context,
    find,
    find_typed,
    find_words,
    nearest,
)
from anchoring.sentences import (
    Sentence,
    split_sentences,
)
from anchoring.transfer import (
    QuotedSegment,
    Reanchored,
    reanchor,
)

__all__ = [
    "ALIGNMENT_VERSION",
    "RAISED",
    "Alignment",
    "Folded",
    "Pair",
    "QuotedSegment",
    "Reanchored",
    "Searchable",
    "Sentence",
    "WordChange",
    "align",
    "context",
    "find",
    "find_typed",
    "find_words",
    "fold",
    "joined_quotes",
    "nearest",
    "reanchor",
    "split_sentences",
    "word_diff",
]
