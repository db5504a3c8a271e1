"""The language and direction of a text, from its letters and small words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# Enough of an essay to tell.
_SAMPLE = 20_000
_RTL = {"ar", "he", "fa", "ur", "yi"}
_SMALL_WORDS = {
    "en": "the of and to in is that for it as was with be by on not this are which",
    "fr": "le la les de des du et en un une est que qui dans pour pas sur au par ce",
    "de": "der die das und in den von zu mit ist des sich nicht ein eine auf dem auch für",
    "es": "el la los las de y en que un una es por con no para se del su como",
    "it": "il lo la gli le di e che un una in per è non con del della si sono",
    "pt": "o a os as de e em que um uma é para com não do da no na se por",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als",
    "sv": "och att det i en som är av för på med den inte till ett om har de",
    "da": "og at det i en som er af for på med den ikke til et om har de",
    "pl": "i w na z do że się nie jest to o jak po od za dla przez ale są",
    "tr": "ve bir bu da de için ile olarak olan daha gibi çok ne en ama ya kadar",
    "fi": "ja on ei se että oli hän mutta ovat kun myös niin kuin joka tai",
}
_SCRIPTS = {
    "HEBREW": "he",
    "GREEK": "el",
    "HANGUL": "ko",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
}


def language_of(text: str) -> str:
    """A BCP 47 code, or "" where the text does not tell."""
    sample = text[:_SAMPLE]
    scripts = Counter(unicodedata.name(c, "?").split(" ", 1)[0] for c in sample if c.isalpha())
    if not scripts:
        return ""
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > sum(scripts.values()) * 0.1:
        return "ja"
    script = scripts.most_common(1)[0][0]
    if script == "CJK":
        return "zh"
    if script == "ARABIC":
        return "fa" if re.search("[پچژگ]", sample) else "ar"
    if script == "CYRILLIC":
        return "uk" if re.search("[іїєґ]", sample, re.IGNORECASE) else "ru"
    if script != "LATIN":
        return _SCRIPTS.get(script, "")
    return _latin(sample)


def direction_of(language: str) -> str:
    return "rtl" if language.split("-")[0] in _RTL else "ltr"


def _latin(sample: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    total = sum(words.values())
    scores = {
        code: sum(words[word] for word in small.split()) / total
        for code, small in _SMALL_WORDS.items()
    }
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= 0.08 else ""
