"""What of a text a reader can see.

Unicode has dozens of characters that show nothing: spaces of every width, joiners, marks
of direction, fillers. A text of them alone is empty to whoever reads it; in a name they hide
that two names differ, or turn the words beside it around.
"""

import re
import unicodedata

# Shown as nothing, though Unicode files them under letters, signs or marks.
_BLANKS = frozenset(
    [
        *"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U00016fe4\U0001d159",
        *map(chr, range(0x180B, 0x1810)),  # variation selectors, Mongolian
        *map(chr, range(0xFE00, 0xFE10)),  # and of emoji
        *map(chr, range(0xE0000, 0xE1000)),
        *map(chr, range(0xFFF0, 0xFFF9)),
    ]
)
# Filed under controls, though they are drawn: signs that stand around Arabic, Syriac and
# Kaithi numbers.
_DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd")
_INVISIBLE_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})
# Persian and the scripts of India need these inside words, and so do many emoji.
_JOINERS = "\u200c\u200d"
_STRAY_JOINERS = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)")


def is_visible(character: str) -> bool:
    """Whether one character is drawn. An unassigned one is: it may be younger than we are."""
    if character in _BLANKS:
        return False
    if unicodedata.category(character) in _INVISIBLE_CATEGORIES:
        return character in _DRAWN
    return True


def has_visible(text: str) -> bool:
    """Whether a reader sees anything of this plain text."""
    return any(map(is_visible, text))


def cleaned_name(text: str) -> str:
    """Return a name on one line, without what changes its direction or shows nothing.

    Variation selectors and joiners between letters stay: they shape what is seen. Empty
    where nothing of the name can be seen.
    """
    if not has_visible(text):
        return ""
    kept = "".join(character for character in text if _may_stand_in_name(character))
    return " ".join(_STRAY_JOINERS.sub("", " ".join(kept.split())).split())


def _may_stand_in_name(character: str) -> bool:
    if is_visible(character) or character.isspace():
        return True
    # Zs that `isspace` does not know does not exist; what is left are controls and blanks.
    return character in _JOINERS or "\ufe00" <= character <= "\ufe0f"


# --- Direction -----------------------------------------------------------------------------------
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
_ISOLATE, _POP = "\u2068", "\u2069"  # FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE


def turns_words(text: str) -> bool:
    """Whether a text has letters or marks of a script that is written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def isolated(text: str) -> str:
    """Return a text so that it can stand among words of another direction.

    As `<bdi>` does it, but in attributes, titles and sentences too. What turns nothing stays
    as it is.
    """
    if text.startswith(_ISOLATE) or not turns_words(text):
        return text
    return f"{_ISOLATE}{text}{_POP}"
