"""Words of other programs' questions as the Markdown that guides have, and back as HTML.

Pure functions on strings. What comes in as HTML is cleaned to a closed set of elements, and of
these what a guide cannot hold (pictures, tables, raised letters) is written in words and named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.translation import gettext as _
from lxml import html as lxml_html

from documents.plain_markdown import shows_words
from documents.visible import has_visible
from quizzes.questions import plain
from readings.guides import render_line, render_prose

MAX_CHARACTERS = 100_000  # of one text: a question of fifty pages is some other file

_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "center"}
_BLOCKS |= {"dl", "dt", "dd", "figure", "figcaption", "address", "header", "footer", "caption"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LISTS, _TABLES = {"ul", "ol"}, {"table", "thead", "tbody", "tfoot"}
_EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**", "s": "~~", "del": "~~", "strike": "~~"}
_PARTS = {"li", "tr", "td", "th", "pre", "blockquote", "hr", "br", "img", "a", "code", "tt"}
_INLINE = {"sub", "sup", "u", "span", "q", "cite", "small", "mark", "kbd", "font", "ins"}
_ALL_TAGS = _BLOCKS | _LISTS | _TABLES | set(_EMPHASIS) | _PARTS | _INLINE
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "li": {"value"}, "img": {"alt"}}
_LEADS_OUT = re.compile(r"(?:https?://|mailto:).", re.IGNORECASE)
# An element that people write; “a < b” and “x<y>z” are words.
_ELEMENT = re.compile(rf"</?(?:{'|'.join(sorted(_ALL_TAGS))}|iframe|script|style)\b[^<>]*>", re.I)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

_FORMULA = re.compile(r"</?(?:\w{1,20}:)?math\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>")
_EMBEDDED = re.compile(r"<(?:iframe|object|embed|audio|video|svg|canvas)\b", re.I)

_SYNTAX = re.compile(r"[\\`*_\[\]<>~]|&(?=#?\w+;)")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
# What would begin a list, a heading, a line across or a choice; and “Answer:”, a field.
_LINE_START = re.compile(
    r"[-#(+]|(?P<number>[0-9]{1,9})(?=[.)])|(?P<name>[^\W\d_]\w{0,19}(?: \w{1,19})?)(?= *:)"
)
_BREAK = "\\\n"

_RAISED = dict(zip("0123456789+-=()ni−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ⁻", strict=True))
_LOWERED = dict(zip("0123456789+-=()−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋", strict=True))


@dataclass(slots=True)
class RichText:
    """Paragraphs and lists as Markdown, and what of them a guide cannot hold, in words."""

    blocks: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def prose(self) -> str:
        """All of it, as a feedback has it."""
        return "\n\n".join(self.blocks)

    @property
    def line(self) -> str:
        """All of it on one line, as a choice has it."""
        return as_line(self.blocks)

    @property
    def plain(self) -> str:
        """Its words alone."""
        return words_of_prose(self.prose)

    @property
    def is_empty(self) -> bool:
        return not shows_words(render_prose(self.prose))


def as_line(blocks: Sequence[str]) -> str:
    """Blocks of Markdown on one line; their words alone, where they are more than paragraphs."""
    joined = " ".join(block.replace(_BREAK, " ") for block in blocks)
    if "\n" not in joined and not any(map(_is_structure, blocks)):
        return joined
    words = " ".join(plain(render_prose(block)) for block in blocks)
    return escaped(_SPACE.sub(" ", words).strip())


def _is_structure(block: str) -> bool:
    return not render_prose(block).startswith("<p>") or "\n\n" in block


# --- In ------------------------------------------------------------------------------------------
def read_plain(text: str) -> RichText:
    """Plain text: an empty line begins a paragraph, and a single line end stays one."""
    found = RichText()
    for paragraph in re.split(r"\n[ \t]*\n\s*", clean(text)):
        lines = [_SPACE.sub(" ", line).strip() for line in paragraph.split("\n")]
        block = _BREAK.join(safe_start(escaped(line)) for line in lines if line)
        if has_visible(paragraph):
            found.blocks.append(block)
    return found


def read_markdown(text: str) -> RichText:
    """Markdown as another program had it; by our rules, so that nothing in it can be unsafe."""
    return read_html(render_prose(clean(text)))


def read_either(text: str) -> RichText:
    """What may be HTML, as people write it into text files, or plain text."""
    if not looks_like_html(text):
        return read_plain(text)
    return read_html(text if re.search(r"<(?:p|br|div|li)\b", text, re.I) else _lined(text))


def looks_like_html(text: str) -> bool:
    return bool(_ELEMENT.search(text) or _ENTITY.search(text))


def _lined(text: str) -> str:
    paragraphs = re.split(r"\n[ \t]*\n\s*", text)
    return "".join(f"<p>{one.replace(chr(10), '<br>')}</p>" for one in paragraphs)


def read_html(html: str) -> RichText:
    """HTML of any kind; scripts, frames, forms and the like are gone with what is in them."""
    found = RichText()
    cleaned = nh3.clean(
        _spelled_out(clean(html)[:MAX_CHARACTERS]),
        tags=_ALL_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        clean_content_tags={"script", "style", "iframe", "object", "select", "textarea"},
    )
    root = lxml_html.fragment_fromstring(cleaned, create_parent="div")
    _join_emphasis(root)
    if _FORMULA.search(html):
        found.left.append(_("a formula: its signs stand in a row"))
    if len(html) > MAX_CHARACTERS:
        found.left.append(_("its end: it is longer than a question can be"))
    if _EMBEDDED.search(html):
        found.left.append(_("what is embedded in it"))
    found.blocks = [one for one in _Blocks(found).of(root) if has_visible(one)]
    found.left = list(dict.fromkeys(found.left))
    return found


def _spelled_out(html: str) -> str:
    """HTML whose formulas are their signs: with their elements, they would be gone as a whole."""
    parts, depth, at = list[str](), 0, 0
    for found in _FORMULA.finditer(html):
        words = html[at : found.start()]
        parts.append(_TAG.sub(" ", words) if depth else words)
        depth = max(0, depth + (-1 if found[0].startswith("</") else 1))
        at = found.end()
    return "".join([*parts, html[at:]])


def _join_emphasis(root: Any) -> None:
    """Two that stand side by side are one: their signs would be read as others."""
    for element in list(root.iter(*_EMPHASIS)):
        following = element.getnext()
        while (
            following is not None
            and not element.tail
            and _EMPHASIS.get(following.tag) == _EMPHASIS[element.tag]
            and element.getparent() is not None
        ):
            last = element[-1] if len(element) else None
            if last is None:
                element.text = (element.text or "") + (following.text or "")
            else:
                last.tail = (last.tail or "") + (following.text or "")
            element.extend(list(following))
            element.tail = following.tail
            following.getparent().remove(following)
            following = element.getnext()


def clean(text: str) -> str:
    """Line ends of one kind, and a space for each character that no line has."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """Plain words as Markdown in which every sign is itself."""
    return _SYNTAX.sub(r"\\\g<0>", text)


def safe_start(line: str) -> str:
    """Let a line be a paragraph: no list, and no field or choice of a question."""
    found = _LINE_START.match(line)
    if not found:
        return line
    # A backslash before a space would be a sign to read.
    at = line.index(":") if found["name"] else found.end("number") if found["number"] else 0
    return f"{line[:at]}\\{line[at:]}"


class _Blocks:
    """Reads the blocks of an element; what cannot be held goes to `found.left`."""

    def __init__(self, found: RichText) -> None:
        self.left = found.left.append
        self.words: list[str] = []  # of the paragraph that is being read, as they are

    def of(self, element: Any) -> Iterator[str]:
        """Paragraphs, lists and quotations; words between them are paragraphs of their own."""
        run: list[str] = [self._text(element.text)]
        for child in element:
            if child.tag in _BLOCKS | _LISTS | _TABLES | {"pre", "blockquote", "hr", "tr", "li"}:
                yield from self._paragraph(run)
                run = []
                yield from self._block(child)
            else:
                run.append(self._inline(child))
            run.append(self._text(child.tail))
        yield from self._paragraph(run)

    def _block(self, element: Any) -> Iterator[str]:
        tag = element.tag
        if tag in _LISTS:
            yield from self._list(element)
        elif tag == "blockquote":
            inside = "\n\n".join(self.of(element))
            if inside:
                yield "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
        elif tag == "pre":
            yield _fenced("".join(element.itertext()))
        elif tag == "hr":
            yield "***"
        elif tag in _TABLES:
            self.left(_("a table, whose rows are lines now"))
            yield from self.of(element)
        elif tag == "tr":
            cells = [as_line(list(self.of(cell))) for cell in element]
            yield safe_start(" · ".join(cell for cell in cells if cell))
        elif tag in _HEADINGS:
            words = as_line(list(self.of(element)))
            yield f"**{words}**" if "**" not in words and has_visible(words) else words
        else:
            yield from self.of(element)

    def _list(self, element: Any) -> Iterator[str]:
        start = element.get("start", "1")
        number = int(start) if re.fullmatch("[0-9]{1,3}", start) else 1
        lines: list[str] = []
        for item in element:
            blocks = list(self.of(item))
            if not blocks:
                continue
            value = item.get("value", "")
            number = int(value) if re.fullmatch("[0-9]{1,3}", value) else number
            mark = f"{number}. " if element.tag == "ol" else "- "
            number += 1
            indent = " " * len(mark)
            is_loose = any(child.tag == "p" for child in item)
            first, *rest = ("\n\n" if is_loose else "\n").join(blocks).split("\n")
            lines += [""] if lines and is_loose else []
            lines.append(mark + first.replace("→", "&rarr;"))
            lines += [(indent + line).rstrip() for line in rest]
        if lines:
            yield "\n".join(lines)

    def _paragraph(self, run: Sequence[str]) -> Iterator[str]:
        """One paragraph; without its emphasis where it would not be read as it was meant."""
        words, self.words = "".join(self.words), []
        text = re.sub(r" ?\\\n ?", lambda _found: _BREAK, _SPACE.sub(_one_space, "".join(run)))
        text = text.strip(" ").removeprefix(_BREAK).removesuffix(_BREAK).strip(" ")
        if not has_visible(words):
            return
        if _letters(plain(render_line(text))) != _letters(words):
            text = escaped(_SPACE.sub(" ", words).strip(" "))
            self.left(_("emphasis that could not be kept"))
        yield _BREAK.join(map(safe_start, text.split(_BREAK)))

    # --- In a line ------------------------------------------------------------------------------
    def _text(self, text: str | None) -> str:
        self.words.append(text or "")
        return escaped(_SPACE.sub(" ", text or ""))

    def _inside(self, element: Any) -> str:
        parts = [self._text(element.text)]
        for child in element:
            parts += [self._inline(child), self._text(child.tail)]
        return "".join(parts)

    def _inline(self, element: Any) -> str:
        tag = element.tag
        if tag == "br":
            self.words.append(" ")
            return _BREAK
        if tag == "img":
            return self._picture(element)
        if tag in {"code", "tt", "kbd"}:
            return self._code(element)
        if tag in {"sup", "sub"}:
            return self._raised(element, tag)
        inside = self._inside(element)
        if tag in _EMPHASIS:
            return _wrapped(inside, _EMPHASIS[tag])
        if tag == "a":
            return self._link(element, inside)
        return inside

    def _code(self, element: Any) -> str:
        text = _SPACE.sub(" ", "".join(element.itertext()))
        self.words.append(text)
        if not text.strip():
            return text
        fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        pad = " " if text[0] in " `" or text[-1] in " `" else ""
        return f"{fence}{pad}{text}{pad}{fence}"

    def _picture(self, element: Any) -> str:
        self.left(_("a picture"))
        return self._text(f"[{element.get('alt', '').strip() or _('picture')}]")

    def _raised(self, element: Any, tag: str) -> str:
        """Raised and lowered letters have no Markdown: 10² is not 102."""
        letters = _RAISED if tag == "sup" else _LOWERED
        text = _SPACE.sub(" ", "".join(element.itertext())).strip()
        if text and all(letter in letters for letter in text):
            return self._text("".join(letters[letter] for letter in text))
        mark = "^" if tag == "sup" else "_"
        return self._text(f"{mark}({text})" if len(text) > 1 else mark + text if text else "")

    def _link(self, element: Any, inside: str) -> str:
        href = element.get("href", "")
        if not _LEADS_OUT.match(href) or not has_visible(plain(render_line(inside))):
            if has_visible(inside):
                self.left(_("a link that leads nowhere from here"))
            return inside
        address = re.sub(r"[<>\\\s]", lambda found: f"%{ord(found[0]):02X}", href)
        address = re.sub(r"&(?=#?\w+;)", "&amp;", address)
        title = _SPACE.sub(" ", element.get("title", "")).strip()
        named = ' "' + re.sub(r'["\\]|&(?=#?\w+;)', r"\\\g<0>", title) + '"' if title else ""
        return _wrapped(inside, "[", f"](<{address}>{named})")


def _one_space(found: re.Match[str]) -> str:
    # The line end of a break is no white space between words.
    return (
        "\n" if found[0].startswith("\n") and found.string[: found.start()].endswith("\\") else " "
    )


def _wrapped(inside: str, opening: str, closing: str = "") -> str:
    """Put signs around words, and the white space at their ends outside."""
    core = inside.strip(" ").removeprefix(_BREAK).removesuffix(_BREAK).strip(" ")
    if not has_visible(core):
        return inside
    before, after = inside.split(core, 1)
    return f"{before}{opening}{core}{closing or opening}{after}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    lines = "\n".join(map(str.rstrip, text.split("\n"))).strip("\n")
    return f"{fence}\n{lines}\n{fence}"


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- Out -----------------------------------------------------------------------------------------
def has_markup(markdown: str) -> bool:
    """Whether one line of Markdown is more than words."""
    return "<" in render_line(markdown)


def words_of(markdown: str) -> str:
    """The words of one line of Markdown."""
    return plain(render_line(markdown))


def words_of_prose(markdown: str) -> str:
    """The words of paragraphs, with an empty line between them."""
    rendered = re.sub(r"<br ?/?>", "\n", render_prose(markdown))
    blocks = re.split(r"</(?:p|li|pre|blockquote)>", rendered)
    lines = (re.sub(r"[ \t]+", " ", plain(one)).strip() for one in blocks)
    return "\n\n".join(line for line in lines if line)


def question_html(text: str, detail: str) -> str:
    """A question's words as HTML: the line, and the paragraphs below it."""
    return f"<p>{render_line(text)}</p>{render_prose(detail)}"


def plain_html(words: str) -> str:
    """Plain words as HTML."""
    return str(escape(words))
