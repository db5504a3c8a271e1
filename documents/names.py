"""People's names and the names of journals, as they stand over an essay."""

from __future__ import annotations

import re
import unicodedata

MARKS = "*†‡§"
_BY = re.compile(
    r"(?:written |words )?(?:by|von|par|por|di|door|av|بقلم|تأليف|מאת)\s*:?\s+", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:the )?(?:authors?|auteurs?|autor(?:en|es)?|autori?|yazar(?:lar)?|автор(?:ы)?|"
    r"الكاتبة?|作者|文|著者)\s*[:：]\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:;|&|\||·|、|，|،|,\s+and\b|,(?!\s*(?:Jr|Sr|I{2,3}|Ph\.?D|M\.?D)\b)|\b(?:and|und|et|y|e|with)\b)\s*"
)
_PART = re.compile(r"(?:[^\W\d_][\w.’'-]*)")
_PARTICLES = {
    "von",
    "van",
    "der",
    "den",
    "de",
    "da",
    "di",
    "del",
    "la",
    "le",
    "du",
    "dos",
    "das",
    "al",
    "el",
    "bin",
    "ibn",
    "ben",
    "ter",
    "ten",
    "zu",
    "af",
    "y",
}
# Words that institutions and journals have, and people do not.
_PLACES = re.compile(
    r"\b(?:universit\w+|college|institut\w*|cent(?:er|re)|school|department|faculty|academy|journal|review|"
    r"quarterly|magazine|press|papers?|studies|times|observer|post|news\w*|bulletin|policy|society|association|"
    r"council|foundation|forum|editors?|editorial|report|gazette|tribune|herald|weekly|monthly|annual|notes?|"
    r"introduction|abstract|summary|conclusions?|preface|contents|chapter|part|section|essay|article)\b",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"\b(?:journal|review|quarterly|magazine|press|papers|studies|times|observer|post|news\w*|bulletin|policy|"
    r"gazette|tribune|herald|weekly|monthly|annals|proceedings|letters|affairs)\b",
    re.IGNORECASE,
)
# Chinese names have two to four letters; a longer run of them is a phrase.
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_HAN = 4
_ACRONYM = re.compile(r"[A-Z][A-Z&-]{1,9}")


def authors_in(line: str) -> tuple[str, ...]:
    """The names that a byline is; () where it is not wholly names."""
    rest = _BY.sub("", _LABEL.sub("", line.strip(), count=1), count=1)
    parts = [
        re.sub(rf"[{MARKS}\d¹²³⁴⁵⁶⁷⁸⁹⁰]+$|\([^)]*\)", "", part).strip(f" ,{MARKS}")
        for part in _BETWEEN.split(rest)
    ]
    names = tuple(part for part in parts if part)
    return names if names and all(is_name(name) for name in names) else ()


def is_byline(line: str) -> bool:
    """Whether a line says itself that names follow, or marks a name."""
    stripped = line.strip()
    said = _BY.match(stripped) or _LABEL.match(stripped)
    return bool(said or stripped.endswith(tuple(MARKS))) and bool(authors_in(line))


def is_name(text: str) -> bool:
    """Whether a text can be one person's name."""
    if not 2 <= len(text) <= 60 or _PLACES.search(text) or text.startswith(("The ", "THE ")):
        return False
    if _HAN.fullmatch(text):
        return len(text) <= _LONGEST_HAN
    if not any(c.islower() or c.isupper() for c in text):
        # Chinese, Japanese, Arabic, Hebrew and the like: short, and words alone.
        return (
            len(text) <= 30
            and len(text.split()) <= 5
            and all(c.isalpha() or unicodedata.combining(c) or c in " ·.’'-" for c in text)
        )
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 6:
        return False
    for word in words:
        if not _PART.fullmatch(word):
            return False
        if not word[0].isupper() and word.lower() not in _PARTICLES:
            return False
    return words[-1][0].isupper()


def leading_name(text: str) -> str:
    """The name that a note about an author opens with."""
    head = re.split(
        r",|;|\(|\s(?:is|was|are|teaches|works|holds|serves|has|currently|ist|est|es)\s",
        text,
        maxsplit=1,
    )[0]
    head = head.strip(f" {MARKS}")
    return head if is_name(head) else ""


def is_venue(line: str) -> bool:
    """Whether a short line can be the name of a journal."""
    text = line.strip()
    if len(text) > 80 or text.endswith((".", "!", "?", ":")):
        return False
    return bool(_ACRONYM.fullmatch(text) or (_VENUE.search(text) and text[0].isupper()))
