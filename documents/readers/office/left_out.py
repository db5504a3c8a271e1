"""What a word processor's file holds beside its text, and that it was left out."""

from __future__ import annotations

from documents.messages import ngettext_lazy
from documents.parsed import ParseWarning


def comments_left_out(count: int) -> tuple[ParseWarning, ...]:
    """A warning that comments in the margin are no text; none where there were none."""
    if not count:
        return ()
    message = ngettext_lazy(
        "%(count)s comment in the margin was left out.",
        "%(count)s comments in the margin were left out.",
        count,
    )
    return (ParseWarning("left_out_comments", None, message),)


def hidden_left_out(count: int) -> tuple[ParseWarning, ...]:
    """A warning that words which the file hides are no text; none where there were none."""
    if not count:
        return ()
    message = ngettext_lazy(
        "%(count)s hidden piece of text was left out.",
        "%(count)s hidden pieces of text were left out.",
        count,
    )
    return (ParseWarning("left_out_hidden", None, message),)
