"""A block's words as people edit them: plain text with a few delimiters.

`*emphasis*`, `**strong**`, `[words](address)`, `![description](picture:1.png)`,
`[^7]` for the reference to note 7, a new line for a line break. Whatever else
of the closed set stands in the text is written as its tag (`<sup>th</sup>`), and
so are emphasis and links where the short form could be read in two ways. A delimiter
that is meant as itself has a backslash before it. What cannot be read as markup
is text: nothing that a person has typed goes away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from html.parser import HTMLParser

from documents.document import NoteRef
from documents.rich import VOID, InlineMark, Rich
from documents.sanitise import is_address

_STARS = {"em": "*", "strong": "**"}
_TAGS = "em|strong|sup|sub|code|a|q|cite|abbr|span"
_PICTURE = re.compile(r"!\[(?P<alt>(?:\\.|[^\]\\])*)\]\((?P<picture>(?:picture:[^()\s]+)?)\)")
_TOKEN = re.compile(
    r"(?P<escaped>\\[\\*!\[\]<])"
    r"|\[\^(?P<ref>(?:\\.|[^\]\\\n])+)\]"
    rf"|{_PICTURE.pattern}"
    r"|(?P<open>\[)"
    r"|\]\((?P<href>[^()\s]+)\)"
    r"|(?P<close>\])"
    rf"|(?P<tag></?(?:{_TAGS})(?:\s+[a-z]+=\"[^\"<>]*\")*\s*>)"
    r"|(?P<stars>\*+)"
    r"|(?P<line>[ \t]*\n\s*)"
)
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


# --- From HTML -----------------------------------------------------------------------------------
def rich_of_html(html: str, refs: tuple[NoteRef, ...] = ()) -> Rich:
    """Sanitised HTML of a block as rich text; of a table, its words without rows and cells."""
    reader = _BlockHtmlReader()
    reader.feed(html)
    reader.close()
    marks = tuple(mark for mark in reader.marks if mark.end > mark.start or mark.tag in VOID)
    return Rich("".join(reader.parts), marks, refs)


class _BlockHtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.size = 0
        self.marks: list[InlineMark] = []
        self.open: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and tag not in _TAGS.split("|"):
            return
        given = tuple((name, value or "") for name, value in attrs)
        if tag not in VOID:
            self.open.append(len(self.marks))
        self.marks.append(InlineMark(self.size, self.size, tag, given))

    def handle_endtag(self, tag: str) -> None:
        if any(self.marks[slot].tag == tag for slot in self.open):
            while self.open:
                slot = self.open.pop()
                self.marks[slot] = replace(self.marks[slot], end=self.size)
                if self.marks[slot].tag == tag:
                    break

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        self.size += len(data)


# --- To the plain form ---------------------------------------------------------------------------
def plain_of(rich: Rich) -> str:
    """The plain form; `rich_of_plain` reads it back."""
    marks = rich.marks
    tokens = {mark: _tokens(mark, rich) for mark in marks if mark.tag not in VOID}
    refs = sorted(rich.refs, key=lambda ref: ref.offset)
    cuts = sorted(
        {0, len(rich.text)}
        | {at for mark in marks for at in (mark.start, mark.end)}
        | {min(ref.offset, len(rich.text)) for ref in refs}
    )
    out: list[str] = []
    stack: list[InlineMark] = []
    waiting = sorted(marks, key=lambda mark: mark.start)
    for index, at in enumerate(cuts):
        while stack and stack[-1].end <= at:
            out.append(tokens[stack.pop()][1])
        while refs and refs[0].offset <= at:
            out.append(f"[^{_bracketed(refs.pop(0).number)}]")
        skip = 0
        while waiting and waiting[0].start == at:
            mark = waiting.pop(0)
            if mark.tag == "br":
                # The white space that follows a line break is the plain form's new line.
                out.append("\n")
                skip = int(rich.text[at : at + 1].isspace())
            elif mark.tag == "img":
                attrs = dict(mark.attrs)
                out.append(f"![{_bracketed(attrs.get('alt', ''))}]({attrs.get('src', '')})")
            else:
                out.append(tokens[mark][0])
                stack.append(mark)
        following = cuts[index + 1] if index + 1 < len(cuts) else len(rich.text)
        out.append(_escaped(rich.text[at + skip : following]))
    return "".join(_apart(out))


def _apart(pieces: list[str]) -> Iterator[str]:
    """The same, with an exclamation mark kept from making a picture of the bracket after it."""
    for at, piece in enumerate(pieces):
        if piece.endswith("!") and _PICTURE.match("!" + "".join(pieces[at + 1 :])):
            yield f"{piece[:-1]}\\!"
        else:
            yield piece


def _bracketed(text: str) -> str:
    """A text that stands in brackets."""
    return re.sub(r"[\\\]]", r"\\\g<0>", text)


def _escaped(text: str) -> str:
    text = re.sub(r"[\\*]", r"\\\g<0>", text)
    return re.sub(r"(?<=!)\[|\[(?=\^)|\](?=\()|<(?=[a-z/])", r"\\\g<0>", text)


def _tokens(mark: InlineMark, rich: Rich) -> tuple[str, str]:
    """What stands around the words of a mark: delimiters where they are clear, else tags."""
    attrs = dict(mark.attrs)
    inside = rich.text[mark.start : mark.end]
    if mark.tag in _STARS and _is_clear(mark, rich):
        return _STARS[mark.tag], _STARS[mark.tag]
    href = attrs.get("href", "")
    plain_link = re.fullmatch(r"[^()\s]+", href) and not re.search(r"[\[\]]", inside)
    if mark.tag == "a" and plain_link and is_address(href) and not _ends_in_bracket(mark, rich):
        return "[", f"]({href})"
    written = "".join(f' {name}="{escape(value)}"' for name, value in mark.attrs)
    return f"<{mark.tag}{written}>", f"</{mark.tag}>"


def _is_clear(mark: InlineMark, rich: Rich) -> bool:
    """Whether no other delimiter, line break or space touches the ends of the mark."""
    inside = rich.text[mark.start : mark.end]
    if inside != inside.strip():
        return False
    ends = {mark.start, mark.end}
    touching = [m for m in rich.marks if m is not mark and ends & {m.start, m.end}]
    return not any(m.tag in {"em", "strong", "br"} for m in touching)


def _ends_in_bracket(mark: InlineMark, rich: Rich) -> bool:
    """Whether a reference or picture, which have brackets of their own, is in the link."""
    places = [r.offset for r in rich.refs] + [m.start for m in rich.marks if m.tag == "img"]
    return any(mark.start <= at <= mark.end for at in places)


# --- From the plain form -------------------------------------------------------------------------
@dataclass(slots=True)
class _PlainToken:
    """A part of the result: text, or what a delimiter stands for once its partner is found."""

    text: str = ""
    opens: int | None = None
    closes: int | None = None
    ref: str = ""
    void: InlineMark | None = None


def rich_of_plain(words: str, *, lines: bool = False, refs: bool = True) -> Rich:
    """What a person has typed as rich text.

    `lines` where line ends are the text's own (verse); without `refs`, what looks
    like a reference is text (in a note).
    """
    return _PlainFormReader(clean(words).strip(), "\n" if lines else " ", refs=refs).rich()


def clean(words: str) -> str:
    """What was typed without the characters that no HTML can hold, each line end one character."""
    return _CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


class _PlainFormReader:
    def __init__(self, words: str, line_end: str, *, refs: bool) -> None:
        self.words = words
        self.refs = refs
        self.line_end = line_end
        self.tokens: list[_PlainToken] = []
        self.marks: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        # (what was opened, its attributes, the item that says so), innermost last
        self.stack: list[tuple[str, tuple[tuple[str, str], ...], int]] = []
        self.read()

    def read(self) -> None:
        at = 0
        for found in _TOKEN.finditer(self.words):
            self.tokens.append(_PlainToken(self.words[at : found.start()]))
            at = found.end()
            name = found.lastgroup or ""
            getattr(self, f"on_{name}")(found)
        self.tokens.append(_PlainToken(self.words[at:]))

    def on_escaped(self, found: re.Match[str]) -> None:
        self.tokens.append(_PlainToken(found.group()[1:]))

    def on_ref(self, found: re.Match[str]) -> None:
        number = re.sub(r"\\(.)", r"\1", found["ref"]) if self.refs else ""
        self.tokens.append(_PlainToken(found.group(), ref=number))

    def on_picture(self, found: re.Match[str]) -> None:
        alt = re.sub(r"\\(.)", r"\1", found["alt"])
        mark = InlineMark(0, 0, "img", (("src", found["picture"]), ("alt", alt)))
        self.tokens.append(_PlainToken(void=mark))

    def on_line(self, found: re.Match[str]) -> None:  # noqa: ARG002 - all of these are called alike
        self.tokens.append(_PlainToken(void=InlineMark(0, 0, "br")))
        self.tokens.append(_PlainToken(self.line_end))

    def on_open(self, found: re.Match[str]) -> None:
        self.push("a", (), found.group())

    def on_close(self, found: re.Match[str]) -> None:
        slot = self.place_of("a")
        if slot is not None and self.stack[slot][1] == ():
            del self.stack[slot]  # a pair of plain brackets
        self.tokens.append(_PlainToken(found.group()))

    def on_href(self, found: re.Match[str]) -> None:
        slot = self.place_of("a")
        if slot is None or self.stack[slot][1] or not is_address(found["href"]):
            self.tokens.append(_PlainToken(found.group()))
        else:
            self.pair(slot, (("href", found["href"]),))

    def on_tag(self, found: re.Match[str]) -> None:
        tag = found.group()
        name = re.sub(r"\W.*", "", tag.lstrip("</"), flags=re.S)
        if not tag.startswith("</"):
            attrs = tuple((key, unescape(value)) for key, value in _ATTRIBUTE.findall(tag))
            self.push(name, (*attrs, ("", "tag")), tag)
            return
        slot = next(
            (n for n, one in reversed([*enumerate(self.stack)]) if one[0] == name and one[1]), None
        )
        if slot is None:
            self.tokens.append(_PlainToken(tag))
        else:
            self.pair(slot, self.stack[slot][1][:-1])

    def on_stars(self, found: re.Match[str]) -> None:
        stars = found.group()
        before, after = self.words[: found.start()][-1:], self.words[found.end() :][:1]
        closes, opens = bool(before.strip()), bool(after.strip())
        for one in {1: ["*"], 2: ["**"], 3: ["**", "*"]}.get(len(stars), []):
            self.star(one, closes=closes, opens=opens, both=len(stars) == 3)
        if len(stars) > 3:
            self.tokens.append(_PlainToken(stars))

    def star(self, delimiter: str, *, closes: bool, opens: bool, both: bool) -> None:
        if both and closes and self.stack and self.stack[-1][0] in _STARS:
            delimiter = _STARS[self.stack[-1][0]]  # “***” closes what was opened last first
        name = "em" if delimiter == "*" else "strong"
        slot = self.place_of(name)
        if closes and slot is not None and self.stack[slot][1] == ():
            self.pair(slot, ())
        elif opens:
            self.push(name, (), delimiter)
        else:
            self.tokens.append(_PlainToken(delimiter))

    def place_of(self, name: str) -> int | None:
        """Where in the stack the delimiter stands that this one closes: in the same tag as it."""
        for slot in range(len(self.stack) - 1, -1, -1):
            if self.stack[slot][0] == name:
                return slot
            if self.stack[slot][1]:
                return None
        return None

    def push(self, name: str, attrs: tuple[tuple[str, str], ...], text: str) -> None:
        self.stack.append((name, attrs, len(self.tokens)))
        self.tokens.append(_PlainToken(text))

    def pair(self, slot: int, attrs: tuple[tuple[str, str], ...]) -> None:
        name, _, index = self.stack[slot]
        del self.stack[slot:]
        self.marks.append((name, attrs))
        self.tokens[index] = _PlainToken(opens=len(self.marks) - 1)
        self.tokens.append(_PlainToken(closes=len(self.marks) - 1))

    def rich(self) -> Rich:
        text: list[str] = []
        size = 0
        begun: dict[int, int] = {}
        marks: list[InlineMark] = []
        refs: list[NoteRef] = []
        for item in self.tokens:
            if item.opens is not None:
                begun[item.opens] = len(marks)
                marks.append(InlineMark(size, size, *self.marks[item.opens]))
            elif item.closes is not None:
                slot = begun[item.closes]
                marks[slot] = replace(marks[slot], end=size)
            elif item.void is not None:
                marks.append(replace(item.void, start=size, end=size))
            elif item.ref:
                refs.append(NoteRef(item.ref, size))
            else:
                text.append(item.text)
                size += len(item.text)
        kept = tuple(mark for mark in marks if mark.end > mark.start or mark.tag in VOID)
        return Rich("".join(text), kept, tuple(refs))
