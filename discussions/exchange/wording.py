"""What a comment that came from elsewhere says: who wrote it, where and when, and the words."""

from django.utils.formats import date_format

from discussions.exchange.incoming import Incoming
from documents.writers import escaped


def credit(one: Incoming) -> str:
    """Say who wrote it: “Written by Jane in Hypothesis, 3 May 2022”."""
    did = "Written" if one.text.strip() or one.tags else "Highlighted"
    who = f" by {_line(one.author)}" if one.author.strip() else ""
    where = f" in {_line(one.place)}" if one.place else ""
    when = f", {date_format(one.written, 'j F Y')}" if one.written else ""
    return f"{did}{who}{where}{when}"


def body_of(one: Incoming, *, quote: str = "") -> str:
    """Return the comment as Markdown; `quote` are words whose place was not found."""
    parts = [f"*{credit(one)}*"]
    if quote.strip():
        parts.append("\n".join(f"> {line}" for line in escaped(quote.strip()).split("\n")))
    parts.append(one.text.strip())
    tags = ", ".join(_line(tag) for tag in one.tags if tag.strip())
    parts.append(f"Tags: {tags}" if tags else "")
    return "\n\n".join(part for part in parts if part)


def _line(words: str) -> str:
    """A name as it may stand in a line of Markdown."""
    return escaped(" ".join(words.split())[:200])
