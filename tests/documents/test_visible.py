"""What a reader can see of a text, and names that nobody could tell apart."""

import pytest

from documents.visible import cleaned_name, has_visible

RLO, RLM, LRI, PDI = "\u202e", "\u200f", "\u2066", "\u2069"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n\t\r\x0b\x00\x1f\x7f", "\u00a0\u2003\u3000\u205f",
        "\u200b\u200c\u200d\u2060\ufeff", "\u00ad", RLO + RLM + LRI + PDI,
        "\u3164\u115f\u1160\uffa0", "\u2800", "\u034f\u180e\ufe0f",
        "\U000e0041\U000e007f\U0001d159\U000e0100",
    ],
)  # fmt: skip
def test_nothing_is_seen(text: str) -> None:
    assert not has_visible(text)
    assert cleaned_name(text) == ""


@pytest.mark.parametrize(
    "text", ["a", ".", "—", "世", "ع", "क्", "\u0301", "🙂", "\U0001fae8", "\ue000", "\u0600"]
)
def test_something_is_seen(text: str) -> None:
    assert has_visible(text)
    assert cleaned_name(f" {text}\u200b ") == text


def test_a_name_loses_what_turns_or_hides() -> None:
    assert cleaned_name(f"Al{RLO}ice{PDI} \u200b\u00a0 Wu\x00\u00ad\ufeff") == "Alice Wu"
    assert cleaned_name(f"\u200d{RLM}Dan\u200c") == "Dan"


def test_a_name_keeps_what_shapes_letters() -> None:
    for name in ("علی\u200cرضا", "श्री\u200dमती", "👩\u200d🏫 Eva", "❤\ufe0f"):
        assert cleaned_name(name) == name
