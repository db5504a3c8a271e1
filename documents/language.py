"""The language and direction of a text, from its letters and small words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# Enough of an essay to tell.
_SAMPLE = 20_000
_RTL = {"ar", "he", "fa", "ur", "yi", "ps", "sd", "ckb", "dv", "syr", "iw"}
# A text of fewer words than this tells nothing by its small words.
_FEWEST_WORDS = 8
_SMALL_WORDS = {
    "en": "the of and to in is that for it as was with be by on not this are which from",
    "fr": "le la les de des du et en un une est que qui dans pour pas sur au par ce",
    "de": "der die das und in den von zu mit ist des sich nicht ein eine auf dem auch für im",
    "es": "el la los las de y en que un una es por con no para se del su como al",
    "it": "il lo la gli le di e che un una in per è non con del della si sono nel",
    "pt": "o a os as de e em que um uma é para com não do da no na se por",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als was dan maar",
    "sv": "och att det i en som är av för på med den inte till ett om har de var från",
    "da": "og at det i en som er af for på med den ikke til et om har de var fra",
    "nb": "og at det i en som er av for på med den ikke til et om har de var fra",
    "pl": "i w na z do że się nie jest to o jak po od za dla przez ale są ich",
    "cs": "a v na se je že to z do s o i k pro jako ale za by není jsou který",
    "sk": "a v na sa je že to z do s o i k pre ako ale za by nie sú ktorý",
    "hu": "a az és hogy nem is egy volt ez de meg csak mint már ha még vagy el ki van",
    "ro": "și de a în la cu nu că o un pe se este din care mai pentru dar sau ca",
    "hr": "i je u na se da za su od s ne o kao ali što iz koji to bio po",
    "tr": "ve bir bu da de için ile olarak olan daha gibi çok ne en ama ya kadar değil her",
    "fi": "ja on ei se että oli hän mutta ovat kun myös niin kuin joka tai jo sen vain ole",
    "ca": "el la els les de i en que un una és per amb no del al com dels més va",
    "id": "yang dan di dari untuk dengan pada ini itu dalam tidak adalah ke oleh akan juga",
    "vi": "của và là có không được cho trong một những các người với để này đã khi từ",
}
_SCRIPTS = {
    "HEBREW": "he",
    "GREEK": "el",
    "HANGUL": "ko",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
}
# The share of a text that its small words are: below, it is some other language.
_ENOUGH = 0.08
# Between the best and the second: the small words of Norwegian and Danish are the same.
_CLOSE = {frozenset({"da", "nb"}), frozenset({"cs", "sk"})}
_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def is_language(code: str) -> bool:
    """Whether a text can be a BCP 47 code."""
    return bool(_CODE.fullmatch(code)) and code.lower() not in {"und", "mul", "zxx"}


def known_language(declared: str, text: str) -> str:
    """The language that a file declares, unless its text is plainly in another.

    Programs write the language of whoever bought them; so a text that speaks
    for itself is believed first.
    """
    code = normal_code(declared)
    found = language_of(text)
    if not found or (code and _same(code, found)):
        return code or found
    if not code or _script_of(code) != _script_of(found):
        return found
    return code if code.split("-")[0] not in _SMALL_WORDS else found


def normal_code(code: str) -> str:
    """en_us as en-US; "" for what is no code."""
    code = code.strip().replace("_", "-")
    if not is_language(code):
        return ""
    first, *rest = code.split("-")
    parts = [p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p.lower() for p in rest]
    return "-".join([first.lower(), *parts])


def language_of(text: str) -> str:
    """A BCP 47 code, or "" where the text does not tell."""
    sample = text[:_SAMPLE]
    scripts = Counter(unicodedata.name(c, "?").split(" ", 1)[0] for c in sample if c.isalpha())
    if not scripts:
        return ""
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > sum(scripts.values()) * 0.1:
        return "ja"
    if scripts["HANGUL"] > sum(scripts.values()) * 0.3:
        return "ko"
    script = scripts.most_common(1)[0][0]
    if script == "CJK":
        return "zh"
    if script == "ARABIC":
        return _arabic(sample)
    if script == "CYRILLIC":
        return _cyrillic(sample)
    if script != "LATIN":
        return _SCRIPTS.get(script, "")
    return _latin(sample)


def direction_of(language: str) -> str:
    return "rtl" if language.split("-")[0].lower() in _RTL else "ltr"


def _arabic(sample: str) -> str:
    if re.search("[ٹڈڑےں]", sample):
        return "ur"
    return "fa" if re.search("[پچژگ]", sample) else "ar"


def _cyrillic(sample: str) -> str:
    for letters, code in (("[іїєґ]", "uk"), ("[ўі]", "be"), ("[јљњћђџ]", "sr"), ("[ыэё]", "ru")):
        if re.search(letters, sample, re.IGNORECASE):
            return code
    return "bg" if re.search(r"\b(?:се|във?|със?|че|като)\b", sample) else "ru"


def _latin(sample: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    total = sum(words.values())
    if total < _FEWEST_WORDS:
        return ""
    scores = {
        code: sum(words[word] for word in small.split()) / total
        for code, small in _SMALL_WORDS.items()
    }
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    if scores[best] < _ENOUGH:
        return ""
    if frozenset({best, second}) in _CLOSE and scores[best] < scores[second] * 1.5:
        return _told_apart(best, second, words)
    return best


def _told_apart(best: str, second: str, words: Counter[str]) -> str:
    """Neighbours by the words that only one of them has."""
    own = {
        "nb": "av ble være mot etter noe også hva hvordan ut nå",
        "da": "af blev være imod efter noget også hvad hvordan ud nu",
        "cs": "že ve jsem které není být také",
        "sk": "že vo som ktoré nie byť tiež",
    }
    counts = {code: sum(words[word] for word in own[code].split()) for code in (best, second)}
    return max(counts, key=lambda code: counts[code])


def _same(one: str, other: str) -> bool:
    return one.split("-")[0] == other.split("-")[0]


def _script_of(code: str) -> str:
    """A rough name of the script that a language is written in."""
    base = code.split("-")[0]
    if base in {"zh", "ja", "ko", "he", "el", "th", "hi", "bn", "ta", "hy", "ka", "yi"}:
        return base
    if base in {"ar", "fa", "ur", "ps"}:
        return "arabic"
    if base in {"ru", "uk", "be", "bg", "sr", "mk", "kk"}:
        return "cyrillic"
    return "latin"
