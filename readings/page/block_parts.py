"""Blocks of a page that is open already, as they show to one member now: with every card."""

from collections.abc import Collection, Mapping
from datetime import datetime

from readings.models import Reading, Visit
from readings.page.beside import BesideWriter
from readings.page.block_html import block_element
from readings.page.fragments import END, content_of, render
from readings.page.layers import Unread, registered_layers
from readings.page.layout import by_block, hung, name_of, words_of
from readings.page.revision_text import revision_text
from readings.page.slots import Own, fill
from seminars.models import Membership


def blocks_now(
    *, reading: Reading, membership: Membership, keys: Collection[str]
) -> list[tuple[str, str]]:
    """Return the HTML id and the HTML of these blocks, in the order of the text; those alone are
    loaded. The key "" is the end of the page; keys that are not in the text are left out."""
    text = revision_text(reading, member=membership)
    order = [block.key for block in text.shown if block.key in keys]
    if END in keys:
        order.append(END)
    own = Own(membership.pk, _unread(reading, membership))
    made = render(reading=reading, text=text, membership=membership, keys=order, folded=False)
    return [(f"b-{key or 'end'}", made[key][0].fill(own).decode()) for key in order]


def cards_now(
    *, reading: Reading, membership: Membership, keys: Collection[str], with_words: bool = False
) -> list[tuple[str, str]]:
    """Return the key, and the button with all the cards beside each of these blocks, as HTML;
    `with_words`, its words with their marks before them, in a [data-words]."""
    text = revision_text(reading, member=membership)
    keys = [key for key in keys if text.serves(key)]
    content = content_of(reading, membership, keys)
    blocks, marks = text.by_key, by_block(content.marks)
    beside = hung([*content.beside, *content.at_end])
    writer = BesideWriter(reading, membership, folded=False)
    own = Own(membership.pk, _unread(reading, membership))
    made = []
    for key in keys:
        block, talk = blocks.get(key), [one for one in content.talk if one.block_key == key]
        can_hold = block is not None and block.kind != "rule"
        handle = writer.handle(key, name_of(block), talk, can_hold=can_hold) if block else ""
        words = ""
        if with_words and block is not None and marks[key]:
            marked = words_of(block, text.pictures, text.references.get(key, ()), marks[key])
            words = f"<div data-words>{block_element(block, marked)}</div>"
        made.append((key, fill(words + handle + writer.cards(key, beside[key]), own)))
    return made


def unread_by_thread(reading: Reading, membership: Membership, begun_at: datetime) -> Unread:
    """Return what every layer says is new to a member whose first visit began then."""
    counts: dict[int, int] = {}
    latest: dict[int, datetime] = {}
    for layer in registered_layers():
        found = layer.unread(reading=reading, membership=membership, begun_at=begun_at)
        counts |= found.counts
        latest |= found.latest
    return Unread(counts, latest)


def _unread(reading: Reading, membership: Membership) -> Mapping[int, int]:
    visit = Visit.objects.filter(reading=reading, membership=membership).first()
    return unread_by_thread(reading, membership, visit.begun_at).counts if visit else {}
