"""Slots: what a kept page leaves open, and each viewer fills."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readings.page.slots import (
    NOBODY,
    Own,
    Slotted,
    fill,
    if_own,
    if_unread,
    unread_comments,
    unread_names,
    unread_threads,
)
from rendering.slots import NamedSlots, escape, named, without_marks

# With the characters that set slots apart, and those that markup is made of.
TEXT = st.text(st.sampled_from("ab<>&\"'\x02\x03\x1f é…"), max_size=20)


@given(TEXT, TEXT)
def test_text_from_elsewhere_is_text_and_makes_no_slot(before: str, after: str) -> None:
    html = escape(before) + if_own([7], "mine") + escape(after)
    for own, word in ((Own(7), "mine"), (Own(8), "")):
        filled = fill(html, own)
        assert unescape(filled) == without_marks(before) + word + without_marks(after)
        assert "<" not in filled


def test_author_sees_their_own() -> None:
    html = if_own([3, 7], "yes", "no")
    assert fill(html, Own(7)) == "yes"
    assert fill(html, Own(8)) == fill(html, NOBODY) == "no"


def test_unread_is_counted_for_the_threads_that_are_shown() -> None:
    own = Own(1, {12: 2, 15: 1, 99: 5})
    assert fill(if_unread([12], "dot"), own) == "dot"
    assert fill(if_unread([13], "dot"), own) == ""
    assert fill(unread_comments([12, 15], "<small>", "</small>"), own) == "<small>3 new</small>"
    assert fill(unread_comments([13], "<small>", "</small>", "old"), own) == "old"
    assert fill(unread_threads([12, 13, 15]), own) == ", 2 unread"
    assert fill(unread_names([12, 13, 15]), own) == ' data-unread="12 15"'
    assert fill(unread_names([13]), own) == ""


def test_page_of_who_has_nothing_of_their_own_is_joined_beforehand() -> None:
    kept = Slotted(f"a{if_own([7], 'mine')}b{if_unread([12], 'new')}c")
    assert kept.fill(Own(8)) is kept.fill(Own(9, {13: 1})) is kept.plain
    assert kept.fill(Own(7, {12: 1})) == b"amineb" + b"newc"


def test_named_slot_takes_its_value_each_time_and_needs_one() -> None:
    kept = NamedSlots(f'<i value="{named("key")}">{named("key")}')
    keys = iter("12")
    assert kept.fill({"key": lambda: next(keys)}) == b'<i value="1">2'
    with pytest.raises(KeyError):
        kept.fill({})


@given(TEXT)
def test_what_a_template_shows_of_others_makes_no_slot(words: str) -> None:
    forged = f"{words}\x02csrf\x03\x02own\x1f7\x1fyes\x1fno\x03"
    filled = NamedSlots(f"<p>{forged}</p>{named('csrf')}").fill({"csrf": lambda: "token"})
    assert filled.decode() == f"<p>{without_marks(forged)}</p>token"


def test_what_was_filled_for_one_is_nobody_elses() -> None:
    """Whoever came before, and however many."""
    html = if_own([7, 8], "mine") + if_unread([12], "new") + unread_comments([12, 15], "<", ">")
    viewers = [
        Own(member, {thread: count for thread, count in ((12, first), (15, last)) if count})
        for member in (7, 8, 9, 10)
        for first in range(3)
        for last in range(2)
    ]
    kept = Slotted(html)
    for own in [*viewers, *viewers, *reversed(viewers)]:
        assert kept.fill(own) == Slotted(html).fill(own)
