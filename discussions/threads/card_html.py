"""A thread's card as HTML, with slots for what is the viewer's own.

Written by plain formatting: a page has hundreds of them, and the list of threads as many.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.threads.thread_summaries import ThreadCard
from readings.page import escape, if_own, if_unread, unread_comments

MINE = "mine group all"
_DOT = '<span class="dot"></span>'


def card_html(card: ThreadCard, url: str) -> str:
    """Return the card, which opens to the thread at `url`."""
    opens = _("About this highlight") if card.is_highlight else _("Open the thread")
    return (
        f'<details class="thread" name="thread" id="t{card.pk}"{_shown(card)}'
        f"{if_unread([card.pk], ' data-unread')}{_kind(card)}>"
        f"<summary>{summary_html(card)}</summary>"
        f'<a class="body" href="{escape(url)}">{escape(opens)}</a></details>'
    )


def summary_html(card: ThreadCard, url: str = "") -> str:
    """Return the line of a card or of the list: who, how many replies, to whom, which words, how
    it begins. With `url`, the name leads there."""
    who = _who(card)
    name = f'<a href="{escape(url)}">{who}</a>' if url else who
    unread = f'{_DOT}<span class="vh">{escape(_("Unread."))} </span>'
    prompt = f'<span class="tag guide">{escape(_("Prompt"))}</span> ' if card.is_prompt else ""
    return (
        f'{if_unread([card.pk], unread)}{prompt}<b class="who">{name}</b> '
        f"{_numbers(card)}{_tags(card)}"
        + (f" <q>{escape(card.quote)}</q>" if card.quote else "")
        + (f' <span class="first">{escape(card.first)}</span>' if card.first else "")
    )


def _shown(card: ThreadCard) -> str:
    """Under which filter it shows: to its author, and to others."""
    return if_own(
        [card.author_id], f' data-show="{MINE}" data-own', f' data-show="{card.shown_under}"'
    )


def _kind(card: ThreadCard) -> str:
    kind = "question" if card.is_question else "prompt" if card.is_prompt else ""
    locked = ' data-state="locked"' if card.is_locked else ""
    return f' data-kind="{kind}"{locked}' if kind else locked


def _who(card: ThreadCard) -> str:
    if not card.is_highlight:
        return escape(card.who or _("Hidden comment"))
    others = _("%(who)s highlighted") % {"who": card.who}
    return if_own([card.author_id], escape(_("Your highlight")), escape(others))


def _numbers(card: ThreadCard) -> str:
    replies = (
        ngettext("%d reply", "%d replies", card.replies) % card.replies if card.replies else ""
    )
    only = f"<small>{replies}</small>" if replies else ""
    before = f"<small>{replies} · " if replies else "<small>"
    return unread_comments([card.pk], before, "</small>", only)


def _tags(card: ThreadCard) -> str:
    change = card.change
    tags = [
        (_("Question") if card.is_question else "", "tag"),
        (card.audience, "tag"),
        (_("Locked") if card.is_locked else "", "tag"),
        (
            (_("Its words are gone") if change.is_gone else _("This passage changed"))
            if change
            else "",
            "tag warn",
        ),
    ]
    return "".join(f' <span class="{kind}">{escape(words)}</span>' for words, kind in tags if words)
