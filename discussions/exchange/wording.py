"""What a comment that came from elsewhere says: who wrote it, where and when, and the words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from anchoring import joined_quotes
from discussions.exchange.incoming import Incoming, IncomingEnd
from discussions.threads import link_sentence
from documents.writers import escaped


def credit(one: Incoming) -> str:
    """Say who wrote it: “Written by Jane in Hypothesis, 3 May 2022”."""
    wordless = _("Linked") if one.link else _("Highlighted")
    said = _("Written") if one.text.strip() or one.tags else wordless
    if one.author.strip():
        said = _("%(said)s by %(author)s") % {"said": said, "author": _line(one.author)}
    if one.place:
        said = _("%(said)s in %(place)s") % {"said": said, "place": _line(one.place)}
    if one.written:
        said = _("%(said)s, %(date)s") % {"said": said, "date": date_format(one.written, "j F Y")}
    return said


def body_of(one: Incoming, *, quote: str = "", other: IncomingEnd | None = None) -> str:
    """Return the comment as Markdown; `quote` are words whose place was not found, `other` is the
    end of a link to which nothing leads from here."""
    parts = [f"*{credit(one)}*", _quoted(quote)]
    if one.link and other:
        near, far = (_line(end.name) for end in one.link.ends)
        parts.append(link_sentence(near, _line(one.link.kind) or "→", far))
        parts.append(_quoted(joined_quotes(quote.exact for quote in other.quotes)))
    parts.append(one.text.strip())
    tags = ", ".join(_line(tag) for tag in one.tags if tag.strip())
    parts.append(_("Tags: %(tags)s") % {"tags": tags} if tags else "")
    return "\n\n".join(part for part in parts if part)


def _quoted(words: str) -> str:
    lines = escaped(words.strip()).split("\n") if words.strip() else []
    return "\n".join(f"> {line}" for line in lines)


def _line(words: str) -> str:
    """A name as it may stand in a line of Markdown."""
    return escaped(" ".join(words.split())[:200])
