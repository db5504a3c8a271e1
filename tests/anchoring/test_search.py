"""Finding words: what a person pastes is found where it stands, and nowhere else."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from anchoring.folding import folded_text
from anchoring.search import (
    QuotationMatch,
    Searchable,
    context,
    find,
    find_typed,
    find_words,
    fold,
    nearest,
)

TEXT = "The “rise” of China – and of NATO’s doubts – has changed both; the rise is not over."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('"rise" of China', "“rise” of China"),
        ("NATO's doubts - has", "NATO’s doubts – has"),
        ("of\nChina   –  and", "of China – and"),
        ("the rise", "the rise"),
        ("  changed both;  ", "changed both;"),
    ],
)
def test_finds_what_was_pasted(words: str, found: str) -> None:
    assert [TEXT[start:end] for start, end in find_words(TEXT, words)] == [found]


@pytest.mark.parametrize("words", ["", "   ", "\u00ad", "the fall", "RISE"])
def test_finds_nothing_where_nothing_is(words: str) -> None:
    assert find_words(TEXT, words) == []


def test_finds_every_place() -> None:
    assert find_words("aXa a a", "a") == [(0, 1), (2, 3), (4, 5), (6, 7)]


def test_soft_hyphens_ligatures_and_normal_forms_do_not_matter() -> None:
    text = "the ﬁnal co\u00adoperation of Geoana\u0306"
    assert text[slice(*find_words(text, "final cooperation")[0])] == "ﬁnal co\u00adoperation"
    assert text[slice(*find_words(text, "Geoană")[0])] == "Geoana\u0306"


def test_a_combining_mark_is_not_cut_off() -> None:
    """“Geoana” is another word than “Geoană”."""
    assert find_words("Geoana\u0306", "Geoana") == []


@pytest.mark.parametrize(("text", "words"), [("01¼", "1"), ("¼", "4"), ("oﬃce", "of")])
def test_a_part_of_a_character_is_not_found(text: str, words: str) -> None:
    assert [text[start:end] for start, end in find_words(text, words)] == [words] * text.count(
        words
    )


words = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40
)


@given(before=words, quoted=words, after=words)
@example(before="0", quoted="\u00a8", after="0")
def test_what_was_cut_out_is_found_again(before: str, quoted: str, after: str) -> None:
    """Any slice at character borders is found, at its own place among others."""
    assume(fold(quoted).text.strip())
    assume(not unicodedata.combining(quoted[0]) and not (after and unicodedata.combining(after[0])))
    text = before + quoted + after
    places = find_words(text, quoted)
    inner = (
        len(before) + (len(quoted) - len(quoted.lstrip())),
        len(before) + len(quoted.rstrip()),
    )
    assert any(start <= inner[1] and end >= inner[0] for start, end in places)
    for start, end in places:
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).text.strip() == fold(quoted).text.strip()


@given(text=words, wanted=words)
def test_a_place_always_holds_the_words(text: str, wanted: str) -> None:
    for start, end in find_words(text, wanted):
        assert fold(text[start:end]).text.strip() == fold(wanted).text.strip()


@pytest.mark.parametrize(
    ("text", "typed", "stands"),
    [
        ("The Margin was made", "the margin", "The Margin"),
        ("In Łódź and Köln", "lodz and koln", "Łódź and Köln"),
        ("A margin is wide", "“a margin”", "A margin"),
        ("the margin, The Margin", "The Margin", "The Margin"),
        ("a 1½ of ١٢", "1 1/2 of 12", "1½ of ١٢"),
        ("sharp \u200eS\u200f: ß", "s: SS", "S\u200f: ß"),
    ],
)
def test_typed_words_are_found_as_people_type(text: str, typed: str, stands: str) -> None:
    assert [text[start:end] for start, end in find_typed(Searchable(text), typed)] == [stands]


@pytest.mark.parametrize(
    ("text", "typed"), [("10² of them", "102"), ("5 ㎡", "5 m2"), ("a ≠ b", "a = b"), ("й", "и")]
)
def test_other_words_are_not_found(text: str, typed: str) -> None:
    assert not find_typed(Searchable(text), typed)


@given(text=words)
@example("1½ and ½")
@example("a\u0301 \u00a0 \u2003 b\u200b\u0301")
@example("İIıi \u0e33 ㎡ ﷺ ½")
@example("".join(map(chr, range(0x3000))))
def test_folding_a_text_alone_is_folding_it_with_places(text: str) -> None:
    assert folded_text(text) == fold(text, letters=True).text


def test_each_character_folds_as_it_does_among_others() -> None:
    for point in [*range(0x700), *range(0x700, 0xD800, 11), *range(0xE000, 0x20000, 11)]:
        text = f"a {chr(point)}b"
        assert folded_text(text) == fold(text, letters=True).text, hex(point)


@given(before=words, quoted=words, after=words)
def test_what_is_typed_in_capitals_is_found(before: str, quoted: str, after: str) -> None:
    assume(fold(quoted, letters=True).text.strip())
    assume(not unicodedata.combining(quoted[0]) and not (after and unicodedata.combining(after[0])))
    for typed in (quoted, quoted.casefold()):
        assert find_typed(Searchable(before + quoted + after), typed)


def test_nearest_place() -> None:
    assert nearest([(0, 3), (40, 43), (90, 93)], 50) == (40, 43)
    assert nearest([], 50) is None


# Quotations in a text that has changed: find.

OLD = (
    "The council met in June. It asked for justice for all who had lost their boats, and it "
    "got a committee. Linus kept the minutes. The committee met in July, and found that the "
    "boats had been old."
)


def placed(text: str, quotation: str, *, inside: str = OLD) -> tuple[str, str | None]:
    """What becomes in `text` of a quotation that was chosen in `inside`: status and words."""
    start = inside.index(quotation)
    prefix, suffix = context(inside, start, start + len(quotation), 32)
    found = find(text, exact=quotation, prefix=prefix, suffix=suffix, start=start)
    if found.start is None:
        assert found.end is None
        return found.status, None
    return found.status, text[found.start : found.end]


@pytest.mark.parametrize("quotation", ["justice", "Linus kept", "met in July", OLD])
def test_an_unchanged_text_is_exact(quotation: str) -> None:
    assert placed(OLD, quotation) == ("exact", quotation)


def test_of_two_places_the_one_whose_neighbours_agree() -> None:
    start = OLD.rindex("met")
    prefix, suffix = context(OLD, start, start + 3, 32)
    new = "They met in May. " + OLD
    found = find(new, exact="met", prefix=prefix, suffix=suffix, start=start)
    assert (found.status, found.start) == ("exact", start + len("They met in May. "))


def test_moved_is_known_by_one_side() -> None:
    new = "Linus kept the minutes. In June the council met, and wanted justice for all who had"
    new += " lost their boats, and it got a committee."
    assert placed(new, "justice for all who had lost") == ("moved", "justice for all who had lost")


def test_changed_is_what_stands_between_its_neighbours() -> None:
    new = OLD.replace("got a committee", "got a small committee")
    assert placed(new, "it got a committee") == ("changed", "it got a small committee")
    new = OLD.replace("Linus kept the minutes", "Linus kept the accounts")
    assert placed(new, "Linus kept the minutes.") == ("changed", "Linus kept the accounts.")


def test_a_sibling_is_not_the_paragraph_that_was_deleted() -> None:
    """The first known wrong answer: a likeness of .81 to the paragraph beside it."""
    first = "The first of the harbours is at Vellin. It was dredged in 1931 and closed in 1948."
    second = "The second of the harbours is at Kerrow. It was dredged in 1934 and closed in 1952."
    before, after = "There are two harbours on the coast.", "The tide is kept by nobody."
    old = "\n".join([before, first, second, after])
    for gone, left in ((first, second), (second, first)):
        new = "\n".join([before, left, after])
        for quotation in (gone, gone.split(". ")[0], gone.split(". ")[1]):
            assert placed(new, quotation, inside=old) == ("unanchored", None)
    # Nor where the deleted one was the last of the text, or the first.
    assert placed(f"{before}\n{first}", second, inside=f"{before}\n{first}\n{second}")[1] is None
    assert placed(f"{second}\n{after}", first, inside=f"{first}\n{second}\n{after}")[1] is None


def test_a_deleted_word_is_not_the_same_word_in_another_sentence() -> None:
    """The second: “justice” (.68)."""
    new = OLD.replace("It asked for justice for all who had lost their boats, and it got", "It got")
    new += " There was no justice in that, said the widow, and went home."
    assert placed(new, "justice") == ("unanchored", None)
    assert placed(OLD.replace("for justice for", "for relief for"), "justice")[1] is None


def test_a_name_is_not_a_word_that_sounds_like_it() -> None:
    """The third: “Linus” and “hines” (.47)."""
    new = OLD.replace("Linus kept the minutes. ", "") + " In the wall were hines and lines."
    assert placed(new, "Linus") == ("unanchored", None)
    assert placed(OLD.replace("Linus", "Hines"), "Linus") == ("unanchored", None)


def test_equal_chances_are_no_answer() -> None:
    """The same words between the same neighbours twice, and nothing to tell which."""
    line = "And still the river ran under the bridge. "
    found = find(line * 4, exact="the river ran", prefix="still ", suffix=" under", start=500)
    assert found == QuotationMatch("unanchored", None, None, 0.0)


def test_a_word_is_not_a_part_of_another() -> None:
    old = "The painted houses of the council stood beside us, and all of them were empty."
    new = old.replace("beside us,", "in the rain,")
    assert placed(old, "us", inside=old) == ("exact", "us")
    start = old.index("us,")
    prefix, suffix = context(old, start, start + 2, 32)
    assert find(new, exact="us", prefix=prefix, suffix=suffix, start=start).start is None


@pytest.mark.parametrize("exact", ["", " ", "\u00ad", "…", "—"])
def test_what_has_no_words_is_not_found_by_itself(exact: str) -> None:
    assert find(OLD, exact=exact).status == "unanchored"


def test_a_mark_is_found_between_its_neighbours() -> None:
    text = "He said … nothing, and she said … less."
    found = find(text, exact="…", prefix="and she said ", suffix=" less")
    assert (found.status, found.start, found.end) == (
        "exact",
        text.rindex("…"),
        text.rindex("…") + 1,
    )


def test_chinese_is_aligned_by_characters() -> None:
    old = "港口在城的东边,每天清晨都有渔船回来。老人们坐在石阶上看海,谁也不说话。"
    new = "港口在城的东边,每天清晨都有小渔船回来。老人们坐在石阶上看海,谁也不说话。"
    assert placed(new, "老人们坐在石阶上", inside=old) == ("exact", "老人们坐在石阶上")
    assert placed(new, "清晨都有渔船回来", inside=old) == ("changed", "清晨都有小渔船回来")


WORD_LIST = [
    "the",
    "of",
    "river",
    "bridge",
    "council",
    "justice",
    "Linus",
    "June",
    "boats",
    "old",
    "met",
    "in",
    "and",
    "got",
    "1931",
    "港",
    "口",
]
sentences = st.lists(st.sampled_from(WORD_LIST), max_size=25).map(" ".join)
anything = st.one_of(words, sentences)


@given(text=anything, exact=anything, prefix=anything, suffix=anything, start=st.integers(0, 200))
def test_never_outside_the_text_and_never_another_word(
    text: str, exact: str, prefix: str, suffix: str, start: int
) -> None:
    found = find(text, exact=exact, prefix=prefix, suffix=suffix, start=start)
    assert 0 <= found.score <= 1
    assert found == find(fold(text), exact=exact, prefix=prefix, suffix=suffix, start=start)
    if found.status == "unanchored":
        assert (found.start, found.end) == (None, None)
        return
    assert found.start is not None
    assert found.end is not None
    assert 0 <= found.start < found.end <= len(text)
    if found.status != "changed":
        there = fold(text[found.start : found.end]).words
        assert there == fold(exact).words


@given(before=sentences, quoted=sentences, after=sentences)
def test_what_is_gone_is_not_found(before: str, quoted: str, after: str) -> None:
    """A word that stands nowhere in the new text is never exchanged for another."""
    text = f"{before} {after}"
    for word in set(quoted.split()) - set(text.split()):
        found = find(text, exact=word, prefix=before[-32:] + " ", suffix=" " + after[:32])
        assert found.status == "unanchored"


DRESSES: dict[str, Callable[[str], str]] = {
    "white space": lambda text: text.replace(" ", "\n \t"),
    "quotation marks": lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    "dashes": lambda text: text.replace("–", "—").replace("-", "‐"),
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": lambda text: text.replace("oper", "op\u00ader"),
    "ligatures": lambda text: text.replace("fi", "ﬁ").replace("ff", "ﬀ"),
}
DRESSED = (
    "The “first” office of the port – a final, well-built affair – had co-operated with Geoană’s "
    "cooperative since 1931. 한국어 도 있다. It had a façade, a café and an official said “fine”."
)


@pytest.mark.parametrize("dress", DRESSES)
@given(data=st.data())
def test_typography_does_not_move_a_quotation(dress: str, data: st.DataObject) -> None:
    """Chosen in one dress of a text, found at the same words of another."""
    tokens = DRESSED.split()
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, min(first + 8, len(tokens) - 1)))
    before = " ".join(tokens[:first]) + " " * bool(first)
    quoted = " ".join(tokens[first : last + 1])
    after = " " * (last < len(tokens) - 1) + " ".join(tokens[last + 1 :])
    assume(fold(quoted).words)
    change = DRESSES[dress]
    new = change(before) + change(quoted) + change(after)
    found = find(new, exact=quoted, prefix=before[-32:], suffix=after[:32], start=len(before))
    assert (found.status, found.start, found.end) == (
        "exact",
        len(change(before)),
        len(change(before)) + len(change(quoted)),
    )
