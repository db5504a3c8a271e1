"""What a long thread says of the comments that it does not show, and the way to them."""

from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext, ngettext

from discussions.threads.thread_outline import Fold, ThreadPage, ThreadPart
from rendering.kept_html import html, kept_html, name_slot, number_slot, word_slot, words
from rendering.slots import Values


def fold_words(fold: Fold | None, *, is_deep: bool) -> str:
    """Name the way to what is folded below a comment: further replies, or all below it."""
    if fold is None:
        return ""
    said = {"count": fold.count, "new": fold.new}
    if is_deep and fold.new:
        return gettext("Continue this thread (%(count)d more, %(new)d new)") % said
    if is_deep:
        return gettext("Continue this thread (%(count)d more)") % said
    if fold.new:
        return (
            ngettext(
                "%(count)d more reply (%(new)d new)",
                "%(count)d more replies (%(new)d new)",
                fold.count,
            )
            % said
        )
    return ngettext("%(count)d more reply", "%(count)d more replies", fold.count) % said


def left_words(left: Fold) -> str:
    """Name the way to the next page; "" where there is none."""
    said = {"count": left.count, "new": left.new}
    if not left.count:
        return ""
    if left.new:
        return (
            ngettext(
                "Show more (%(count)d comment, %(new)d new)",
                "Show more (%(count)d comments, %(new)d new)",
                left.count,
            )
            % said
        )
    return (
        ngettext("Show more (%(count)d comment)", "Show more (%(count)d comments)", left.count)
        % said
    )


def unseen_words(page: ThreadPage) -> str:
    """Name the way to what is new and not on this page."""
    if not page.unseen:
        return ""
    return ngettext(
        "To %(count)d new comment", "To the first of %(count)d new comments", page.unseen
    ) % {"count": page.unseen}


def more_comments(values: Values, part: ThreadPart, left: Fold, own: bytes) -> bytes:
    """Return what stands after a page of a thread; `values` name the thread."""
    kept = kept_html(
        "discussions/_more_comments.html",
        (bool(left.count), part.start > 0),
        lambda: _context(has_left=bool(left.count), in_part=part.start > 0),
    )
    return kept.fill(
        {
            **values,
            "part": html(str(part)),
            "after": html(str(part.until)),
            "start": html(str(part.start)),
            "left": words(left_words(left)),
            "own": lambda: own,
        }
    )


def _context(*, has_left: bool, in_part: bool) -> dict[str, Any]:
    return {
        "seminar": SimpleNamespace(slug=name_slot("seminar")),
        "reading": SimpleNamespace(slug=name_slot("reading")),
        "thread": SimpleNamespace(pk=number_slot("thread")),
        "part": word_slot("part"),
        "after": number_slot("after"),
        "start": number_slot("start") if in_part else None,
        "left": word_slot("left") if has_left else "",
        "own": word_slot("own"),
    }
