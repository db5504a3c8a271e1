"""A thread's card as HTML, with slots for what is the viewer's own.

Written by plain formatting: a page has hundreds of them, and the list of threads as many.
"""

import functools
from collections.abc import Callable, Mapping

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from discussions.models import QuestionState
from discussions.threads.link_html import other_end_html, way_html
from discussions.threads.linked import ShownLink
from discussions.threads.thread_summaries import ThreadCard
from readings.models import Reading
from readings.page import if_own, if_unread, unread_comments
from rendering.slots import escape

MINE = "mine group all"


def thread_urls(reading: Reading) -> Callable[[int], str]:
    """Return what gives the address of each thread of the reading, escaped."""
    address = reverse("thread_detail", args=[reading.seminar.slug, reading.slug, 0])
    before, after = escape(address).rsplit("0", 1)
    return lambda pk: f"{before}{pk}{after}"


class _Words:
    """The words that all cards have, in the language of now."""

    def __init__(self) -> None:
        self.opens = escape(gettext("Open the thread"))
        self.opens_highlight = escape(gettext("About this highlight"))
        self.hidden = escape(gettext("Hidden comment"))
        self.own_highlight = escape(gettext("Your highlight"))
        self.muted = escape(gettext("A thread by somebody you muted"))
        self.muted_highlight = escape(gettext("A highlight by somebody you muted"))
        self.highlighted = gettext("%(who)s highlighted")
        unread = escape(gettext("Unread."))
        self.unread = f'<span class="dot"></span><span class="vh">{unread} </span>'
        self.prompt = f'<span class="tag guide">{escape(gettext("Prompt"))}</span> '
        self.questions = {
            QuestionState.OPEN.value: _tag(gettext("Question · open"), "warn"),
            QuestionState.ANSWERED.value: _tag(gettext("Question · answered"), "answered"),
            QuestionState.RESOLVED.value: _tag(gettext("Question · resolved"), "ok"),
        }
        self.locked = _tag(gettext("Locked"))
        self.archived = _tag(gettext("Archived"))
        self.slow = _tag(gettext("Slow"))
        self.pinned = _tag(gettext("Pinned"), "answered")
        self.own_held = _tag(gettext("Your comment is not public"), "warn")
        self.held = _tag(gettext("Waits for staff"), "warn")


@functools.lru_cache(maxsize=50)
def _words_in(language: str | None) -> _Words:  # noqa: ARG001 - it is the language of now
    return _Words()


class CardWriter:
    """Writes the cards of one reading."""

    def __init__(self, reading: Reading, links: Mapping[int, ShownLink] | None = None) -> None:
        self.reading = reading
        self.links = links or {}  # those among them, by their threads
        self.url_of = thread_urls(reading)
        self.words = _words_in(get_language())

    def card(self, card: ThreadCard) -> str:
        """Return the card, which opens to its thread."""
        is_bare = card.is_highlight and not card.is_link
        opens = self.words.opens_highlight if is_bare else self.words.opens
        return (
            f'<details class="thread" name="thread" id="t{card.pk}"{_shown(card)}'
            f"{if_unread([card.pk], ' data-unread')}{_kind(card)}>"
            f"<summary>{self.summary(card)}</summary>{self._way(card)}"
            f'<a class="body" href="{self.url_of(card.pk)}">{opens}</a></details>'
        )

    def summary(self, card: ThreadCard, *, linked: bool = False) -> str:
        """Return the line of a card or of the list: who, how many replies, to whom, which words,
        how it begins. With `linked`, the name leads to the thread."""
        name = self._who(card)
        if linked:
            name = f'<a href="{self.url_of(card.pk)}">{name}</a>'
        quoted, beginning = card.quote, card.first  # each is made when it is asked for
        prompt = self.words.prompt if card.is_prompt else ""
        quote = f" <q>{escape(quoted)}</q>" if quoted else ""
        first = f' <span class="first">{escape(beginning)}</span>' if beginning else ""
        link = self.links.get(card.pk)
        other = f" {other_end_html(link, self.reading, leads=linked)}" if link else ""
        return (
            f"{if_unread([card.pk], self.words.unread)}{prompt}"
            f'<b class="who">{name}</b> {_numbers(card)}{self._tags(card)}{quote}{other}{first}'
        )

    def _way(self, card: ThreadCard) -> str:
        link = self.links.get(card.pk)
        return way_html(link, self.reading) if link else ""

    def _who(self, card: ThreadCard) -> str:
        is_bare = card.is_highlight and not card.is_link
        if card.is_muted:
            return self.words.muted_highlight if is_bare else self.words.muted
        if not is_bare:
            who = escape(card.who) if card.who else self.words.hidden
            return f"<i>{who}</i>" if card.is_alias else who
        others = escape(self.words.highlighted % {"who": card.who})
        return if_own([card.author_id], self.words.own_highlight, others)

    def _tags(self, card: ThreadCard) -> str:
        words, change = self.words, card.change
        return (
            (words.pinned if card.is_pinned else "")
            + words.questions.get(card.question_state, "")
            + (_tag(card.audience) if card.audience else "")
            + (words.archived if card.is_archived else words.locked if card.is_locked else "")
            + (words.slow if card.is_slow else "")
            + "".join(map(_tag, card.tags))
            + (words.held if card.is_held else words.own_held if card.has_own_held else "")
            + (_change_tag(is_gone=change.is_gone) if change else "")
        )


def _tag(words: str, look: str = "") -> str:
    kind = f"tag {look}" if look else "tag"
    return f' <span class="{kind}">{escape(words)}</span>'


def _change_tag(*, is_gone: bool) -> str:
    words = gettext("Its words are gone") if is_gone else gettext("This passage changed")
    return _tag(words, "warn")


def _shown(card: ThreadCard) -> str:
    """Under which filter it shows: to its author, and to others."""
    return if_own(
        [card.author_id], f' data-show="{MINE}" data-own', f' data-show="{card.shown_under}"'
    )


def _kind(card: ThreadCard) -> str:
    kind = "question" if card.is_question else "prompt" if card.is_prompt else ""
    kind = "link" if card.is_link else kind
    locked = ' data-state="locked"' if card.is_locked else ""
    return f' data-kind="{kind}"{locked}' if kind else locked


def _numbers(card: ThreadCard) -> str:
    replies = ""
    if card.replies:
        replies = ngettext("%d reply", "%d replies", card.replies) % card.replies
    only = f"<small>{replies}</small>" if replies else ""
    before = f"{only} <small data-new>· " if replies else "<small data-new>"
    return unread_comments([card.pk], before, "</small>", only)
