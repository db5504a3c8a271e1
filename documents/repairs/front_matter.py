"""What stands over an essay, lifted to its metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from documents.dates import date_of, is_issue, year_of
from documents.messages import gettext_lazy as _
from documents.names import MARKS, authors_in, is_byline, is_name, is_venue, leading_name
from documents.parsed import AppliedRepair, ParsedBlock, ParsedDocument, applied_repair, shortened
from documents.words import bare, ends_sentence, is_title_case

# A title page holds no more than this before the text begins.
_MOST = 12
LONGEST_LINE = 160
_MOST_VENUE_WORDS = 5
_QUOTES = tuple("\"“„«‹‘'「『")
# Names that stand one below the other.
_MOST_NAMES = 6
# So many full names in the line right below the title head no section.
_SURELY_AUTHORS = 3
# What a line says of the essay, by the name of Metadata's field.
_LABELS = {
    "subtitle": _("subtitle"),
    "authors": _("authors"),
    "venue": _("venue"),
    "issue": _("issue"),
    "published": _("published"),
    "abstract": _("abstract"),
    "author_note": _("author note"),
}
# An emphasised paragraph of this many words under the title is an abstract;
# a shorter one may be a motto.
_FEWEST_ABSTRACT = 25
_ABOUT = re.compile(
    r"(?:about|on|notes? on) the (?:authors?|contributors?)\s*:?|(?:author|"
    r"contributor)(?:['’]?s)?(?: bio\w*| note)?\s*:|"
    r"über (?:den autor|die autorin|die autoren)\s*:?|à propos de l['’]auteur\w*\s*:?",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"(?:abstract|summary|résumé|zusammenfassung|resumen|摘要)\s*[:.—–-]?", re.IGNORECASE
)
_ABSTRACT_LEAD = re.compile(r"(?:abstract|summary|摘要)\s*[:.：—–-]\s+(?=\S)", re.IGNORECASE)
OPENING = re.compile(
    r"(?:introduction|preface|foreword|prologue|contents|abstract|summary)", re.IGNORECASE
)
_IS = r"\s+(?:is|was|are|teaches|works|holds|serves|has been)\s"
# A sentence over the byline is a deck; a longer one may be the text's.
_LONGEST_DECK = 100


@dataclass
class _FrontMatter:
    """What was lifted: values by field, and the lines that gave them."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: list[tuple[str, ParsedBlock]] = field(default_factory=list)

    def take(self, name: str, value: Any, *blocks: ParsedBlock) -> None:
        self.values.setdefault(name, value)
        self.lines.extend((name, block) for block in blocks)

    def add_authors(self, names: tuple[str, ...], block: ParsedBlock) -> None:
        self.values["authors"] = (*self.values["authors"], *names)
        self.lines.append(("authors", block))


def lifted_to_metadata(parsed: ParsedDocument) -> ParsedDocument:
    """Byline, date, venue, issue, abstract and author's note from above the text."""
    start = 1 if parsed.blocks and parsed.blocks[0].title else 0
    if not start:
        return _settled(parsed)
    region = list(parsed.blocks[start : start + _MOST])
    found = _FrontMatter()
    n = 0
    while n < len(region):
        took = _one(region, n, found)
        if not took:
            break
        n += took
    found.lines = [
        (name, block)
        for name, block in found.lines
        if parsed.allows("lifted_to_metadata", block.text)
    ]
    return _settled(_lift(parsed, found))


def _is_next_author(region: list[ParsedBlock], n: int, found: _FrontMatter) -> bool:
    """A name on a line of its own, below the name that was taken before it."""
    above = found.lines[-1] if found.lines else None
    return (
        above is not None
        and n > 0
        and above[0] == "authors"
        and above[1] is region[n - 1]
        and _names(region, n)
    )


def _one(region: list[ParsedBlock], n: int, found: _FrontMatter) -> int:
    """Tries the block at `n`; how many blocks it took, 0 where the text begins."""
    block = region[n]
    text = block.text.strip()
    after = region[n + 1] if n + 1 < len(region) else None
    if (
        block.kind in {"heading", "paragraph"}
        and (label := _ABSTRACT.fullmatch(text))
        and after
        and after.kind in _PROSE
    ):
        found.take("abstract", after.text, block, after)
        return 2
    if block.kind not in {*_PROSE, "heading"} or block.rich.refs:
        return 0
    if _ABOUT.fullmatch(text) and after and after.kind in _PROSE:
        return _about(block, after, found)
    if len(text) <= LONGEST_LINE and (took := _line(region, n, found)):
        return took
    if block.kind == "heading":
        return 0
    label = _ABSTRACT_LEAD.match(text)
    if label:
        found.take("abstract", text[label.end() :], block)
        return 1
    if "abstract" not in found.values and block.rich.wholly("em", "strong") and _many_words(text):
        found.take("abstract", text, block)
        return 1
    if _is_author_note(text, found):
        found.take("author_note", text.lstrip(MARKS + " "), block)
        return 1
    return 0


_PROSE = {"paragraph", "blockquote"}


def _many_words(text: str) -> bool:
    return len(text.split()) >= _FEWEST_ABSTRACT or (not text.isascii() and len(text) >= 80)


def _about(label: ParsedBlock, note: ParsedBlock, found: _FrontMatter) -> int:
    found.take("author_note", note.text, label, note)
    name = leading_name(note.text)
    if name:
        found.take("authors", (name,))
    return 2


def _line(region: list[ParsedBlock], n: int, found: _FrontMatter) -> int:
    """A short line: date, issue, byline, venue or subtitle."""
    block, text = region[n], region[n].text.strip()
    following = [p.text.strip() for p in region[n + 1 : n + 3] if len(p.text) <= LONGEST_LINE]
    published = date_of(text)
    if (
        published
        and "published" not in found.values
        and not (is_issue(text) and len(published) == 7)
    ):
        found.take("published", published, block)
    elif is_issue(text):
        found.take("issue", text, block)
    elif is_byline(text):
        found.take("authors", authors_in(text), block)
    elif pair := _venue_and_issue(text):
        found.take("venue", pair[0], block)
        found.take("issue", pair[1])
    elif _can_be_venue(block) and _dated(following[:1], found):
        found.take("venue", text, block)
    elif "authors" not in found.values and _names(region, n):
        found.take("authors", authors_in(text), block)
    elif _is_next_author(region, n, found):
        found.add_authors(authors_in(text), block)
    elif "subtitle" not in found.values and _is_subtitle(region, n, following):
        found.take("subtitle", text, block)
    else:
        return 0
    return 1


def _can_be_venue(block: ParsedBlock) -> bool:
    """A journal by its words, or as the names of journals are set: in italics, with “The”."""
    text = block.text.strip()
    if is_venue(text):
        return True
    short = len(text.split()) <= _MOST_VENUE_WORDS and is_title_case(text)
    return short and (block.rich.wholly("em") or text.startswith("The "))


def _dated(following: list[str], found: _FrontMatter) -> bool:
    return (
        "issue" in found.values
        or "published" in found.values
        or any(is_issue(t) or date_of(t) for t in following)
    )


def _venue_and_issue(text: str) -> tuple[str, str] | None:
    """ "Foreign Review, Summer 2020" as its two parts."""
    for cut in re.finditer(
        r"\s*[,|·•—–]\s*|\s+(?=(?:Spring|Summer|Autumn|Fall|Winter|Vol)\b)", text
    ):
        venue, issue = text[: cut.start()].strip(), text[cut.end() :].strip()
        if venue and (is_issue(issue) or date_of(issue)) and is_venue(venue):
            return venue, issue
    return None


def _names(region: list[ParsedBlock], n: int) -> bool:
    """Whether a line that is names and no more is the byline.

    A section's heading can look like a name (Early Modern Europe), so a line
    alone is not enough: another line of a title page must follow it.
    """
    block = region[n]
    if n == 0 and len(authors_in(block.text)) >= _SURELY_AUTHORS:
        return True
    if not authors_in(block.text) or (block.kind == "heading" and n):
        return False
    # Names one below the other: what follows the last of them tells.
    last = n + 1
    while last < len(region) and last < n + _MOST_NAMES and is_name(region[last].text.strip()):
        last += 1
    after = region[last] if last < len(region) else None
    if after is None:
        return False
    text = after.text.strip()
    more = (
        date_of(text)
        or is_issue(text)
        or is_venue(text)
        or _ABOUT.fullmatch(text)
        or _ABSTRACT.fullmatch(text)
    )
    if more or text.startswith((*MARKS, authors_in(block.text)[0])):
        return True
    # One line between the title and what cannot be anything but the text.
    return (n == 0 and after.kind == "heading") or (
        block.rich.wholly("em", "strong") and not after.rich.wholly("em", "strong")
    )


def _is_subtitle(region: list[ParsedBlock], n: int, following: list[str]) -> bool:
    """A line under the title that a byline, a date or a journal follows, or one in italics.

    A sentence in italics, with the text below it, may be a motto, and stays.
    """
    block = region[n]
    text = block.text.strip()
    sentence = ends_sentence(text) and not bare(text).endswith(("?", "!"))
    if OPENING.fullmatch(text) or text.endswith((":", ",")) or text[:1] in _QUOTES:
        return False
    if not sentence and _is_deck(region, n):
        return True
    likely = not sentence or block.rich.wholly("em") or len(text) <= _LONGEST_DECK
    return n == 0 and likely and _follows_title(region, following, sentence=sentence)


def _follows_title(region: list[ParsedBlock], following: list[str], *, sentence: bool) -> bool:
    """Whether the line below the first is a title page's: a byline, a date, a dated journal."""
    if not following:
        return False
    line, more = following[0], following[1:]
    if date_of(line) or is_issue(line) or is_byline(line):
        return True
    if region[1].text.strip() == line and _can_be_venue(region[1]):
        return any(date_of(one) or is_issue(one) for one in more)
    return bool(more and not sentence and authors_in(line))


def _is_deck(region: list[ParsedBlock], n: int) -> bool:
    """A line in italics, and upright text below it."""
    after = region[n + 1] if n + 1 < len(region) else None
    return (
        region[n].kind == "paragraph"
        and region[n].rich.wholly("em")
        and after is not None
        and after.kind in _PROSE
        and len(after.text) > LONGEST_LINE // 2
        and not after.rich.wholly("em")
    )


def _is_author_note(text: str, found: _FrontMatter) -> bool:
    if "author_note" in found.values:
        return False
    if text.startswith(tuple(MARKS)):
        return True
    return any(re.match(re.escape(name) + _IS, text) for name in found.values.get("authors", ()))


def _lift(parsed: ParsedDocument, found: _FrontMatter) -> ParsedDocument:
    names = (
        {name for name, _ in found.lines}
        | {"authors"}
        | ({"issue"} if "venue" in found.values else set())
    )
    values = {
        name: value
        for name, value in found.values.items()
        if name in names and not getattr(parsed.metadata, name)
    }
    if not found.lines:
        return parsed
    title = parsed.blocks[0]
    gone = {block.uid for _, block in found.lines}
    repairs: list[AppliedRepair] = [
        applied_repair(
            "lifted_to_metadata",
            title,
            _("%(what)s: %(words)s", what=_LABELS[name], words=shortened(block.text, 400)),
            text=block.text,
        )
        for name, block in found.lines
    ]
    kept = [p for p in parsed.blocks if p.uid not in gone]
    return replace(
        parsed.repaired(kept, repairs, moved=dict.fromkeys(gone, title.uid)),
        metadata=replace(parsed.metadata, **values),
    )


def _settled(parsed: ParsedDocument) -> ParsedDocument:
    """Dates as ISO; the year from the issue where no date is known."""
    data = parsed.metadata
    published = data.published
    if published:
        published = date_of(published) or published
    if not published and data.issue:
        published = date_of(data.issue) or year_of(data.issue)
    return replace(parsed, metadata=replace(data, published=published))


def lifted_author_note(parsed: ParsedDocument) -> ParsedDocument:
    """A note about the author at the end of the essay."""
    blocks = list(parsed.blocks)
    authors = parsed.metadata.authors
    end = len(blocks)
    while end and blocks[end - 1].kind == "boilerplate":
        end -= 1
    if end < 3 or parsed.metadata.author_note:
        return parsed
    last, label = blocks[end - 1], blocks[end - 2]
    named = any(re.match(re.escape(name) + _IS, last.text) for name in authors)
    labelled = bool(_ABOUT.fullmatch(label.text.strip()))
    if (
        last.kind not in _PROSE
        or len(last.text) > 900
        or not (labelled or (named and _apart(last, blocks, end)))
    ):
        return parsed
    if last.rich.refs or not parsed.allows("lifted_to_metadata", last.text):
        return parsed
    gone = blocks[end - 2 : end] if labelled else [last]
    name = leading_name(last.text)
    metadata = replace(
        parsed.metadata, author_note=last.text, authors=authors or ((name,) if name else ())
    )
    before = blocks[end - len(gone) - 1]
    repairs = [
        applied_repair(
            "lifted_to_metadata",
            before,
            _("%(what)s: %(words)s", what=_LABELS["author_note"], words=shortened(p.text, 900)),
            text=p.text,
        )
        for p in gone
    ]
    kept = [p for p in blocks if p not in gone]
    moved = {p.uid: before.uid for p in gone}
    return replace(parsed.repaired(kept, repairs, moved=moved), metadata=metadata)


def _apart(last: ParsedBlock, blocks: list[ParsedBlock], end: int) -> bool:
    """Set apart from the text: emphasised, under a rule, or before boilerplate."""
    return last.rich.wholly("em") or blocks[end - 2].kind == "rule" or end < len(blocks)
