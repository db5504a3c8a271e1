"""When two short answers are the same answer: what quizzes add to the folding of words.

Pure functions on strings. To what `anchoring.fold` and `fold_letters` do, this adds how
people end, quote and number what they write: a closing full stop, quotation marks around
it, the white space and dashes between words, `U.S.` for `US`; and numbers, `1,000` for
1000, `50 %` for 50%, `½` for 1/2, `1,5` for 1.5. What is raised is a power: 10² is 10^2.
"""

import re

from anchoring import RAISED, fold

# The languages that write 1,5 where others write 1.5 (CLDR 44), by their primary subtag.
DECIMAL_COMMA = re.compile(
    "af|az|be|bg|bs|ca|cs|da|de|el|es|et|eu|fi|fo|fr|gl|hr|hu|hy|id|is|it|ka|kk|ky|lb|lt|lv|mk|mn"
    "|nb|nl|nn|no|pl|pt|rm|ro|ru|sk|sl|sq|sr|sv|tg|tk|tr|uk|uz|vi"
)
# The decimal sign of Arabic, which is never anything else: numbers are written with it here.
DECIMAL = "٫"
# What one rule leaves, another may take up (a full stop, the quotation mark before it); nothing
# that people write needs a third pass.
MOST_PASSES = 5

_RAISED = re.compile(f"[{RAISED}]+")
_FRENCH_SPACE = re.compile(r"(?<=[«‹])\s+|\s+(?=[»›])")
_DASH = re.compile(r"(?<=\w) ?-+ ?(?=\w)")
_SLASH = re.compile(r"(?<=\w) ?/ ?(?=\w)")
_SPACE_BEFORE = re.compile(r"(?<=\w) (?=[;:!?,.])")
_INITIALS = re.compile(r"(?<![\w.])[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_FULL_STOPS = ".。।։።۔"

_NOT_BEFORE, _NOT_AFTER = rf"(?<![\d.,'/:{DECIMAL}])", rf"(?!\d|[.,'/:{DECIMAL}]\d)"
# 1,000 and 1 000 000 and 1'000.50; and 1,00,000, as India groups.
_GROUPED = re.compile(
    rf"{_NOT_BEFORE}(?P<first>\d{{1,3}})(?P<apart>[ ',.])"
    rf"(?:(?:\d{{3}}(?P=apart))*|(?:\d{{2}}(?P=apart))+)\d{{3}}"
    rf"(?:[.,{DECIMAL}](?P<part>\d+))?{_NOT_AFTER}"
)
_ARABIC_GROUP = re.compile(r"(?<=\d)٬(?=\d)")
_DECIMALS = re.compile(
    rf"(?<![\w.,'/:{DECIMAL}])(?P<whole>\d*)[.,{DECIMAL}](?P<part>\d+){_NOT_AFTER}"
)
_PERCENT = re.compile(
    r"(?<=\d) ?(?:%|percent|per cent|prozent|procent|pour cent|por ciento|por cento|per cento)"
    r"(?!\w)",
    re.IGNORECASE,
)
# The space before a unit, and after a sign of money.
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[°‰€$£¥]|[^\W\d_]{1,3}\b)|(?<=[€$£¥]) (?=\d)")


def fold_answer(words: str, *, language: str = "en", case_matters: bool = False) -> str:
    """Make answers that a reader would call the same the same string.

    `language` is that of the essay: what 1,500 is depends on it. Capitals and accents
    count for nothing, unless `case_matters`.
    """
    has_comma = DECIMAL_COMMA.fullmatch(language.lower().partition("-")[0]) is not None
    text = " ".join(words.split())  # a long row of spaces would be tried from each of them
    for _ in range(MOST_PASSES):
        text, earlier = _once(text, has_comma=has_comma, letters=not case_matters), text
        if text == earlier:
            break
    return text


def _once(words: str, *, has_comma: bool, letters: bool) -> str:
    text = fold(_FRENCH_SPACE.sub("", words), letters=letters).text
    text = _RAISED.sub(lambda found: "^" + _lowered(found[0]), text)
    for pattern, put in ((_DASH, "-"), (_SLASH, "/"), (_SPACE_BEFORE, "")):
        text = pattern.sub(put, text)
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    return _numbers(_bare(text.replace("''", '"').strip()), has_comma=has_comma)


def _lowered(raised: str) -> str:
    """The digits and signs of an exponent, as they stand on the line."""
    return raised.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni"))


def _bare(text: str) -> str:
    """Take off the full stop at the end and the quotation marks around, in whatever order.

    What would leave no letter and no digit stays: “.” is an answer where it is asked for.
    """
    while True:
        inner = text.rstrip(_FULL_STOPS).rstrip()
        if _is_quoted(inner):
            inner = inner[1:-1].strip()
        if inner == text or not any(map(str.isalnum, inner)):
            return text
        text = inner


def _is_quoted(text: str) -> bool:
    """Whether it stands in quotation marks as a whole: “a” and “b” does not."""
    if len(text) < 3 or text[0] not in "'\"《" or text[-1] != {"《": "》"}.get(text[0], text[0]):
        return False
    return text[0] not in _APOSTROPHE.sub("", text[1:-1])


def _numbers(text: str, *, has_comma: bool) -> str:
    sign = "," if has_comma else "."
    text = _ARABIC_GROUP.sub("'", text)
    text = _GROUPED.sub(lambda found: _grouped(found, sign), text)
    text = _DECIMALS.sub(lambda found: _decimal(found["whole"], found["part"]), text)
    return _BEFORE_UNIT.sub("", _PERCENT.sub("%", text))


def _grouped(found: re.Match[str], sign: str) -> str:
    """A number in groups of digits without what stands between them; or what it was."""
    apart, part = found["apart"], found["part"]
    written = found[0][: -len(part) - 1] if part else found[0]
    if part and found[0][len(written)] == apart:
        return found[0]  # 1,000,5 is no number
    if apart == sign and not part and written.count(apart) == 1:
        return found[0]  # 1.500 in a language in which that is one and a half
    digits = written.replace(apart, "")
    return _decimal(digits, part) if part else digits


def _decimal(whole: str, part: str) -> str:
    part = part.rstrip("0")
    return f"{whole or '0'}{DECIMAL}{part}" if part else whole or "0"
