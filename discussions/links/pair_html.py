"""A text of the two as HTML: its blocks with the words of links marked, and each end told below.

Written by plain formatting, as a reading's own page is (readings.page.block_html): a text has
hundreds of blocks. What stands below a block is how those read links who have a narrow screen or
no JavaScript.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.links.pair import OTHER, PairEnd, PairLink, PairText
from readings.models import Block
from readings.page import (
    Mark,
    Own,
    block_element,
    block_opening,
    fill,
    group_kind,
    group_opening,
    icon_html,
    name_of,
    of_interface,
    words_of,
)
from rendering.slots import escape
from seminars.models import Membership


class PairWriter:
    """Writes one of the two texts for one member."""

    def __init__(self, text: PairText, links: Sequence[PairLink], member: Membership) -> None:
        self._text, self._own = text, Own(member.pk)
        self._talk = icon_html("message-square")
        self._reading_url = escape(text.reading.get_absolute_url())
        self._marks: defaultdict[str, list[Mark]] = defaultdict(list)
        self._ends: defaultdict[str, list[PairLink]] = defaultdict(list)
        self._gone: list[PairLink] = []
        for link in links:
            self._place(link, link.ends[text.side])

    def _place(self, link: PairLink, end: PairEnd) -> None:
        if not end.is_shown:
            self._gone.append(link)
            return
        self._ends[end.end.block_key].append(link)
        author = link.shown.card.author_id
        # Under every choice of the annotation filter: they are what this page is for.
        for mark in Mark.of_passage(end.end.rows, f"l{link.pk}", author=author, audience="guide"):
            self._marks[mark.block_key].append(mark)

    def blocks(self) -> SafeString:
        """The text, in its groups."""
        return mark_safe("".join(self._pieces()))  # noqa: S308 - written here, words escaped

    def gone(self) -> SafeString:
        """The links whose paragraph is gone from this text; nothing where there are none."""
        if not self._gone:
            return SafeString("")
        told = _("Links that have lost their place in this text")
        inside = f"<h2>{escape(told)}</h2>{self._told(self._gone)}"
        opening = f'<section class="lost-ends" id="{self._text.side}-gone"{of_interface()}>'
        return mark_safe(f"{opening}{inside}</section>")  # noqa: S308 - written here

    def _pieces(self) -> Iterator[str]:
        open_kind = ""
        for block in self._text.text.shown:
            kind = group_kind(block)
            if open_kind and kind != open_kind:
                yield "</div>\n"
            if kind and kind != open_kind:
                yield group_opening(block)
            open_kind = kind
            yield self._block(block)
        if open_kind:
            yield "</div>\n"

    def _block(self, block: Block) -> str:
        text, within = self._text.text, self._text.within
        referred = text.references.get(block.key, ())
        references = [replace(one, within=within) for one in referred]
        words = words_of(block, text.pictures, references, self._marks.get(block.key, ()))
        links = self._ends.get(block.key, ())
        parts = (
            block_opening(block, within=within),
            fill(block_element(block, words), self._own),
            self._count(block),
            self._told(links) if links else "",
            "</div>\n",
        )
        return "".join(parts)

    def _count(self, block: Block) -> str:
        """How many threads there are at a block, and the way to them in the reading's own page."""
        count = self._text.counts.get(block.key, 0)
        if not count:
            return ""
        label = name_of(block) + ngettext(", %d thread", ", %d threads", count) % count
        return (
            f'<a class="talk" href="{self._reading_url}#{escape(block.anchor)}"'
            f' aria-label="{escape(label)}">'
            f'{self._talk}<span aria-hidden="true">{count}</span></a>'
        )

    # --- The other ends, told here ---------------------------------------------------------------
    def _told(self, links: Sequence[PairLink]) -> str:
        return f'<div class="ends"{of_interface()}>{"".join(map(self._end, links))}</div>'

    def _end(self, link: PairLink) -> str:
        here, there = link.ends[self._text.side], link.ends[OTHER[self._text.side]]
        card = link.shown.card
        own = ' data-own=""' if card.is_own else ""
        way = (
            f'<a class="end-way" href="#{escape(there.anchor)}">'
            f'<span class="end-kind">{escape(link.words_at(self._text.side))}</span>'
            f' <span class="end-where">{escape(there.name)}</span></a>'
        )
        audience = f' <span class="tag">{escape(card.audience)}</span>' if card.audience else ""
        parts = (way, audience, self._comments(link), _lost_words(here), _quote(there))
        return f'<div class="end" data-link="{link.pk}"{own}>{"".join(parts)}</div>'

    def _comments(self, link: PairLink) -> str:
        return (
            f'<a class="count" href="{escape(link.shown.thread_url)}"'
            f' aria-label="{escape(link.comments_label)}">'
            f'{unread_dot(link)}{self._talk}<span aria-hidden="true">'
            f"{link.shown.card.comments}</span></a>"
        )


def unread_dot(link: PairLink) -> str:
    return '<span class="dot"></span>' if link.unread else ""


def _quote(end: PairEnd) -> str:
    """The words of the other end; struck where they are gone, with that said."""
    if not end.end.quote:
        return ""
    essay = end.end.reading.essay
    words, of_essay = escape(end.end.quote), f' lang="{escape(essay.language)}" dir="auto"'
    if not end.end.is_lost:
        return f"<q{of_essay}>{words}</q>"
    told = _("Words gone from %(place)s") % {"place": end.name}
    return f'<span class="lost-words">{escape(told)}</span><q{of_essay}><del>{words}</del></q>'


def _lost_words(end: PairEnd) -> str:
    """That the words of this end are gone from this text, and which they were."""
    if not end.end.is_lost:
        return ""
    told = _("Its words here are gone from the text:")
    words = escape(end.end.quote)
    return f'<span class="lost-words">{escape(told)} <del>{words}</del></span>'


def written(text: PairText, links: Sequence[PairLink], member: Membership) -> SafeString:
    """The text as HTML."""
    writer = PairWriter(text, links, member)
    return mark_safe("".join(chain((writer.blocks(), writer.gone()))))  # noqa: S308 - both written above
