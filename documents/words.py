"""Small questions about words, asked by several repairs."""

from __future__ import annotations

import re

TERMINAL = ".!?…。！？؟۔।"
_CLOSERS = "\"'”’»)]›*†‡」』）】"
_OPENERS = "\"'“‘«([‹„「『（【¿¡—–-"

# Words that no sentence ends with, in the languages most likely met.
_LINKS = frozenset(
    """
    a an the of and or but nor to in on at by for with from as that which who whose is are was
    were be been has have had its their his her our your this these those than into between
    through under over de du des la le les et ou un une à au aux en dans par pour que qui der
    die das den dem des und oder ein eine einer mit von zu im am el los las y o del por para
    con il lo gli e di da nel della
    """.split()  # noqa: SIM905 - read as words
)
# The words that a title leaves small.
_SMALL = frozenset(
    """
    a an the of and or but nor to in on at by for with from as is vs via into onto upon over
    than that between toward towards through under without within its de du des la le les et
    der die das und von el los y del il di da
    """.split()  # noqa: SIM905 - read as words
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def bare(text: str) -> str:
    """A text without the quotation marks and brackets at its end."""
    return text.rstrip(_CLOSERS + " ")


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence, clause or heading may end."""
    core = bare(text)
    return not core or core[-1] in TERMINAL + ":;：；"


def starts_small(text: str) -> bool:
    """Whether a text goes on in small letters."""
    core = text.lstrip(_OPENERS + " ")
    return bool(core) and core[0].islower()


def ends_open(text: str) -> bool:
    """Whether a text ends where a sentence cannot."""
    core = text.rstrip()
    if core.endswith((",", "-", "‐", "،", "，", "、")):
        return True
    words = _WORD.findall(core[-40:])
    return bool(words) and core.endswith(words[-1]) and words[-1] in _LINKS


def is_title_case(text: str) -> bool:
    """Whether every word that a title sets large is large. Needs letters with case."""
    words = [w for w in _WORD.findall(text) if w[0].isupper() or w[0].islower()]
    large = [w for w in words if w[0].isupper()]
    small = [w for w in words if w[0].islower()]
    return (
        len(large) >= 1
        and bool(words)
        and words[0][0].isupper()
        and all(w in _SMALL for w in small)
    )


def is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and all(c.isupper() for c in letters)


def has_case(text: str) -> bool:
    return any(c.islower() or c.isupper() for c in text)


def comparable(text: str) -> str:
    """Letters and digits alone, folded: for finding the same words again."""
    return "".join(re.findall(r"[^\W_]+", text.casefold()))


def is_wide(c: str) -> bool:
    """Whether a letter is Chinese or Japanese, which are written without spaces."""
    return "\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\uff00" <= c <= "\uff64"
