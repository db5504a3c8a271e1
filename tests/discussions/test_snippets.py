"""The words that were found, in their sentence."""

from anchoring import parse_query
from discussions.search.snippets import LONGEST, landed_words, snippet


def test_the_sentence_that_has_most_of_it() -> None:
    text = "Doors are old. A small door is a channel. Nobody <b>shuts</b> it. The prize is dull."
    assert snippet(text, parse_query("door channel")) == (
        'A small <mark class="hit">door</mark> is a <mark class="hit">channel</mark>.'
    )
    assert snippet(text, parse_query("small prize")) == (
        'A <mark class="hit">small</mark> door is a channel. … '
        'The <mark class="hit">prize</mark> is dull.'
    )
    assert "&lt;b&gt;<mark" in snippet(text, parse_query("shuts"))
    assert landed_words(text, parse_query("door")) == ["Doors", "door"]


def test_a_long_sentence_is_cut_around_its_words() -> None:
    text = f"{'word ' * 200}needle {'word ' * 200}end."
    shown = snippet(text, parse_query("needle"))
    assert '<mark class="hit">needle</mark>' in shown
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert len(shown) < LONGEST + 60
