"""What a word processor's file holds beside its text, and that it was left out."""

from __future__ import annotations

import re

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


# The equation editors of word processors, by the names that their objects have.
_EQUATION = re.compile(rb'(?:ProgID="|\\objclass )(?:Equation|MathType|DSMT)\b')


def formulas_left_out(*parts: bytes | None) -> tuple[ParseWarning, ...]:
    """A warning that formulas which another program keeps were left out; none without any."""
    count = sum(len(_EQUATION.findall(part or b"")) for part in parts)
    if not count:
        return ()
    message = ngettext_lazy(
        "%(count)s formula is kept as an object of another program, and was left out: write it "
        "in its place.",
        "%(count)s formulas are kept as objects of another program, and were left out: write "
        "them in their places.",
        count,
    )
    return (ParseWarning("left_out_formula", None, message),)
