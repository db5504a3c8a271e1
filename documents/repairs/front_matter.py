"""What stands over an essay, lifted to its metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from documents.dates import date_of, is_issue, year_of
from documents.draft import Draft, Fix, Piece, fix, shortened
from documents.names import MARKS, authors_in, is_byline, is_name, is_venue, leading_name
from documents.words import bare, ends_sentence

# A title page holds no more than this before the text begins.
_MOST = 12
_LONGEST_TITLE = 250
_LONGEST_LINE = 160
# Names that stand one below the other.
_MOST_NAMES = 6
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
_OPENING = re.compile(
    r"(?:introduction|preface|foreword|prologue|contents|abstract|summary)", re.IGNORECASE
)
_IS = r"\s+(?:is|was|are|teaches|works|holds|serves|has been)\s"


def found_title(draft: Draft) -> Draft:
    """The title: the first heading, or the first line where none is marked."""
    pieces = list(draft.pieces)
    for n, piece in enumerate(pieces[:5]):
        if piece.kind == "heading":
            later = [p for p in pieces[n + 1 :] if p.kind == "heading"]
            top = all((p.level or 6) >= (piece.level or 6) for p in later)
            if (
                not top
                or _OPENING.fullmatch(piece.text.strip(" .:"))
                or (n and not _is_line(pieces[:n]))
            ):
                break
            return _titled(draft, pieces, n)
        if piece.kind != "paragraph" or len(piece.text) > _LONGEST_LINE:
            break
    else:
        n = 0
    first = pieces[0] if pieces else None
    if first is None or len(pieces) < 2 or first.kind != "paragraph":
        return draft
    if not _can_be_title(first) or not draft.allows("found_title", first.text):
        return draft
    made = fix("found_title", first, f"The first line: {shortened(first.text)}")
    draft = replace(draft, fixes=(*draft.fixes, made))
    return _titled(draft, pieces, 0)


def _can_be_title(piece: Piece) -> bool:
    """Short, and not a sentence, unless it asks, calls or is set large."""
    text = piece.text.rstrip()
    if len(text) > _LONGEST_TITLE or piece.rich.refs or text.endswith((",", "،", "，")):
        return False
    if not ends_sentence(text) or piece.rich.wholly("strong") or text.isupper():
        return True
    return len(text) <= 100 and bare(text).endswith(("?", "!"))


def _is_line(pieces: list[Piece]) -> bool:
    return all(
        date_of(p.text) or is_issue(p.text) or is_venue(p.text) or is_byline(p.text) for p in pieces
    )


def _titled(draft: Draft, pieces: list[Piece], n: int) -> Draft:
    title = replace(pieces[n], kind="heading", level=1, title=True)
    rest = pieces[:n] + pieces[n + 1 :]
    metadata = draft.metadata
    if not metadata.title:
        metadata = replace(metadata, title=title.text)
    return replace(draft, pieces=(title, *rest), metadata=metadata)


@dataclass
class _Found:
    """What was lifted: values by field, and the lines that gave them."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: list[tuple[str, Piece]] = field(default_factory=list)

    def take(self, name: str, value: Any, *pieces: Piece) -> None:
        self.values.setdefault(name, value)
        self.lines.extend((name, piece) for piece in pieces)

    def add_authors(self, names: tuple[str, ...], piece: Piece) -> None:
        self.values["authors"] = (*self.values["authors"], *names)
        self.lines.append(("authors", piece))


def lifted_to_metadata(draft: Draft) -> Draft:
    """Byline, date, venue, issue, abstract and author's note from above the text."""
    start = 1 if draft.pieces and draft.pieces[0].title else 0
    if not start:
        return _settled(draft)
    region = list(draft.pieces[start : start + _MOST])
    found = _Found()
    n = 0
    while n < len(region):
        took = _one(region, n, found)
        if not took:
            break
        n += took
    found.lines = [
        (name, piece)
        for name, piece in found.lines
        if draft.allows("lifted_to_metadata", piece.text)
    ]
    return _settled(_lift(draft, found))


def _is_next_author(region: list[Piece], n: int, found: _Found) -> bool:
    """A name on a line of its own, below the name that was taken before it."""
    above = found.lines[-1] if found.lines else None
    return (
        above is not None
        and n > 0
        and above[0] == "authors"
        and above[1] is region[n - 1]
        and _names(region, n)
    )


def _one(region: list[Piece], n: int, found: _Found) -> int:
    """Tries the piece at `n`; how many pieces it took, 0 where the text begins."""
    piece = region[n]
    text = piece.text.strip()
    after = region[n + 1] if n + 1 < len(region) else None
    if (
        piece.kind in {"heading", "paragraph"}
        and (label := _ABSTRACT.fullmatch(text))
        and after
        and after.kind in _PROSE
    ):
        found.take("abstract", after.text, piece, after)
        return 2
    if piece.kind not in {*_PROSE, "heading"} or piece.rich.refs:
        return 0
    if _ABOUT.fullmatch(text) and after and after.kind in _PROSE:
        return _about(piece, after, found)
    if len(text) <= _LONGEST_LINE and (took := _line(region, n, found)):
        return took
    if piece.kind == "heading":
        return 0
    label = _ABSTRACT_LEAD.match(text)
    if label:
        found.take("abstract", text[label.end() :], piece)
        return 1
    if "abstract" not in found.values and piece.rich.wholly("em", "strong") and _many_words(text):
        found.take("abstract", text, piece)
        return 1
    if _is_author_note(text, found):
        found.take("author_note", text.lstrip(MARKS + " "), piece)
        return 1
    return 0


_PROSE = {"paragraph", "blockquote"}


def _many_words(text: str) -> bool:
    return len(text.split()) >= _FEWEST_ABSTRACT or (not text.isascii() and len(text) >= 80)


def _about(label: Piece, note: Piece, found: _Found) -> int:
    found.take("author_note", note.text, label, note)
    name = leading_name(note.text)
    if name:
        found.take("authors", (name,))
    return 2


def _line(region: list[Piece], n: int, found: _Found) -> int:
    """A short line: date, issue, byline, venue or subtitle."""
    piece, text = region[n], region[n].text.strip()
    following = [p.text.strip() for p in region[n + 1 : n + 3] if len(p.text) <= _LONGEST_LINE]
    published = date_of(text)
    if (
        published
        and "published" not in found.values
        and not (is_issue(text) and len(published) == 7)
    ):
        found.take("published", published, piece)
    elif is_issue(text):
        found.take("issue", text, piece)
    elif is_byline(text):
        found.take("authors", authors_in(text), piece)
    elif pair := _venue_and_issue(text):
        found.take("venue", pair[0], piece)
        found.take("issue", pair[1])
    elif is_venue(text) and _dated(following[:1], found):
        found.take("venue", text, piece)
    elif "authors" not in found.values and _names(region, n):
        found.take("authors", authors_in(text), piece)
    elif _is_next_author(region, n, found):
        found.add_authors(authors_in(text), piece)
    elif n == 0 and _is_subtitle(region, following):
        found.take("subtitle", text, piece)
    else:
        return 0
    return 1


def _dated(following: list[str], found: _Found) -> bool:
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


def _names(region: list[Piece], n: int) -> bool:
    """Whether a line that is names and no more is the byline.

    A section's heading can look like a name (Early Modern Europe), so a line
    alone is not enough: another line of a title page must follow it.
    """
    piece = region[n]
    if not authors_in(piece.text) or (piece.kind == "heading" and n):
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
    if more or text.startswith((*MARKS, authors_in(piece.text)[0])):
        return True
    # One line between the title and what cannot be anything but the text.
    return (n == 0 and after.kind == "heading") or (
        piece.rich.wholly("em", "strong") and not after.rich.wholly("em", "strong")
    )


def _is_subtitle(region: list[Piece], following: list[str]) -> bool:
    """A line under the title that a byline or a date follows."""
    piece = region[0]
    if ends_sentence(piece.text) and not bare(piece.text).endswith(("?", "!")):
        return False
    if not following or _OPENING.fullmatch(piece.text):
        return False
    text = following[0]
    return bool(
        date_of(text)
        or is_issue(text)
        or is_byline(text)
        or (len(following) > 1 and authors_in(text))
    )


def _is_author_note(text: str, found: _Found) -> bool:
    if "author_note" in found.values:
        return False
    if text.startswith(tuple(MARKS)):
        return True
    return any(re.match(re.escape(name) + _IS, text) for name in found.values.get("authors", ()))


def _lift(draft: Draft, found: _Found) -> Draft:
    names = (
        {name for name, _ in found.lines}
        | {"authors"}
        | ({"issue"} if "venue" in found.values else set())
    )
    values = {
        name: value
        for name, value in found.values.items()
        if name in names and not getattr(draft.metadata, name)
    }
    if not found.lines:
        return draft
    title = draft.pieces[0]
    gone = {piece.uid for _, piece in found.lines}
    fixes: list[Fix] = [
        fix(
            "lifted_to_metadata",
            title,
            f"{name.replace('_', ' ')}: {shortened(piece.text, 400)}",
            text=piece.text,
        )
        for name, piece in found.lines
    ]
    kept = [p for p in draft.pieces if p.uid not in gone]
    return replace(
        draft.repaired(kept, fixes, moved=dict.fromkeys(gone, title.uid)),
        metadata=replace(draft.metadata, **values),
    )


def _settled(draft: Draft) -> Draft:
    """Dates as ISO; the year from the issue where no date is known."""
    data = draft.metadata
    published = data.published
    if published:
        published = date_of(published) or published
    if not published and data.issue:
        published = date_of(data.issue) or year_of(data.issue)
    return replace(draft, metadata=replace(data, published=published))


def lifted_author_note(draft: Draft) -> Draft:
    """A note about the author at the end of the essay."""
    pieces = list(draft.pieces)
    authors = draft.metadata.authors
    end = len(pieces)
    while end and pieces[end - 1].kind == "boilerplate":
        end -= 1
    if end < 3 or draft.metadata.author_note:
        return draft
    last, label = pieces[end - 1], pieces[end - 2]
    named = any(re.match(re.escape(name) + _IS, last.text) for name in authors)
    labelled = bool(_ABOUT.fullmatch(label.text.strip()))
    if (
        last.kind not in _PROSE
        or len(last.text) > 900
        or not (labelled or (named and _apart(last, pieces, end)))
    ):
        return draft
    if last.rich.refs or not draft.allows("lifted_to_metadata", last.text):
        return draft
    gone = pieces[end - 2 : end] if labelled else [last]
    name = leading_name(last.text)
    metadata = replace(
        draft.metadata, author_note=last.text, authors=authors or ((name,) if name else ())
    )
    before = pieces[end - len(gone) - 1]
    fixes = [
        fix("lifted_to_metadata", before, f"author note: {shortened(p.text, 900)}", text=p.text)
        for p in gone
    ]
    kept = [p for p in pieces if p not in gone]
    moved = {p.uid: before.uid for p in gone}
    return replace(draft.repaired(kept, fixes, moved=moved), metadata=metadata)


def _apart(last: Piece, pieces: list[Piece], end: int) -> bool:
    """Set apart from the text: emphasised, under a rule, or before boilerplate."""
    return last.rich.wholly("em") or pieces[end - 2].kind == "rule" or end < len(pieces)
