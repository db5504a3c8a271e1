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
    folded_text,
)
from anchoring.index_terms import (
    MAX_TYPED,
    IndexTerm,
    Phrase,
    SearchQuery,
    find_phrases,
    index_terms,
    parse_query,
    terms_of,
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
    "MAX_TYPED",
    "RAISED",
    "Alignment",
    "Folded",
    "IndexTerm",
    "Pair",
    "Phrase",
    "QuotedSegment",
    "Reanchored",
    "SearchQuery",
    "Searchable",
    "Sentence",
    "WordChange",
    "align",
    "context",
    "find",
    "find_phrases",
    "find_typed",
    "find_words",
    "fold",
    "folded_text",
    "index_terms",
    "joined_quotes",
    "nearest",
    "parse_query",
    "reanchor",
    "split_sentences",
    "terms_of",
    "word_diff",
]
