"""A paragraph cut into sentences, for choosing words without selecting them. Pure functions."""

import re
from dataclasses import dataclass

# After these a full stop ends no sentence.
_ABBREVIATIONS = (
    r"Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Sen|Rep|Gov|Jr|Sr|vs|cf|ibid|op|pp?|vol|nos?|ed|eds|fig|ch"
    r"|e\.g|i\.e|al|etc|viz|ca|approx|[A-Z]|U\.S|U\.K|U\.N|E\.U"
)
_END = re.compile(
    r"(?:[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[^\W_a-z]))|(?:[。！？]+[」』”’）]*)|\n+", re.UNICODE
)
_ABBREVIATED = re.compile(rf"(?:^|[\s(\[“‘\"'])(?:{_ABBREVIATIONS})\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a block; `start` and `end` are code points of its text."""

    start: int
    end: int
    text: str

    @property
    def value(self) -> str:
        return f"{self.start}-{self.end}"


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order, without the white space between them."""
    found: list[Sentence] = []
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        if end < len(text) and _ABBREVIATED.search(text[max(0, end - 12) : end]):
            continue
        words = text[start:end]
        begin = start + len(words) - len(words.lstrip())
        stripped = words.strip()
        if stripped:
            found.append(Sentence(begin, begin + len(stripped), stripped))
        start = end
    return found
