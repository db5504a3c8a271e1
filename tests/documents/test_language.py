"""The language of a text, told or found."""

from __future__ import annotations

import pytest

from documents import import_document
from documents.language import direction_of, known_language, language_of

SAID = {
    "en": "The harbour was older than the town, and the town had long forgotten which of its",
    "fr": "Le port était plus vieux que la ville, et la ville avait oublié depuis longtemps les",
    "de": "Der Hafen war älter als die Stadt, und die Stadt hatte längst vergessen, was er mit ihr",
    "es": "El puerto era más viejo que la ciudad, y la ciudad había olvidado cuáles de las calles",
    "it": "Il porto era più vecchio della città, e la città non sapeva più quali delle strade sono",
    "pt": "O porto era mais velho do que a cidade, e a cidade não sabia quais das ruas um dia",
    "nl": "De haven was ouder dan de stad, en de stad was al lang vergeten welke van haar straten",
    "pl": "Port był starszy niż miasto i miasto nie wiedziało już, że na tych ulicach się statki",
    "tr": "Liman şehirden daha eskiydi ve şehir bu sokakların bir zamanlar rıhtım olduğunu çok",
    "sv": "Hamnen var äldre än staden, och staden hade för länge sedan glömt att det var en hamn",
    "ru": "Гавань была старше города, и город давно забыл, какие из его улиц были набережными",
    "uk": "Гавань була старша за місто, і місто давно забуло, які з його вулиць були набережними",
    "el": "Το λιμάνι ήταν παλαιότερο από την πόλη",
    "he": "הנמל היה עתיק מן העיר והעיר שכחה מזמן",
    "ar": "كان الميناء أقدم من المدينة، وكانت المدينة قد نسيت",
    "fa": "بندر از شهر پیرتر بود و شهر گذشته را از یاد برده بود",
    "zh": "港口比城镇更古老，城镇早已忘记哪些街道曾经是码头",
    "ja": "港は町よりも古く、町はどの通りがかつて波止場だったかを忘れていた",
    "ko": "항구는 마을보다 오래되었고 마을은 그것을 잊었다",
}


@pytest.mark.parametrize("code", SAID)
def test_found_in_the_words(code: str) -> None:
    assert language_of(SAID[code]) == code


@pytest.mark.parametrize("text", ["", "12 34 56", "lorem ipsum dolor sit amet consectetur", "OK"])
def test_honest_when_it_is_not_known(text: str) -> None:
    assert language_of(text) == ""


def test_what_is_declared_and_what_is_written() -> None:
    assert known_language("en_gb", SAID["en"]) == "en-GB"
    assert known_language("en-US", SAID["tr"]) == "tr"
    assert known_language("zh-Hant", SAID["zh"]) == "zh-Hant"
    assert known_language("la", "lorem ipsum dolor sit amet consectetur") == "la"
    assert known_language("English", SAID["en"]) == "en"


def test_the_direction_follows() -> None:
    rightwards = {code for code in SAID if direction_of(code) == "ltr"}
    assert set(SAID) - rightwards == {"he", "ar", "fa"}
    document = import_document(f"# הנמל\n\n{SAID['he']}\n".encode(), "e.md")
    assert (document.metadata.language, document.metadata.direction) == ("he", "rtl")
