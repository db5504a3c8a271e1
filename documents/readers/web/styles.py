"""What a page says by its style sheet alone: emphasis, raised letters, headings, rules.

Word processors and book programs write `<span class="c4">` and explain c4 in a
style sheet. Only plain rules are read (.name, tag.name, and style=""), and only
what they say of type; nothing is fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.readers.web.tree import BLOCKS, Element, drop, made, replace, text_of

# A sheet beyond this is a site's, and no program's.
_LONGEST_SHEET = 300_000
_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?\.([\w-]+)", re.IGNORECASE)
_SIZE = re.compile(r"([\d.]+)(pt|px|em|rem|%)")
# In points; a page's letters have 12 where nothing else is said.
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "%": 0.12}
_LENGTH = re.compile(r"([\d.]+)(pt|px|em|rem|in|cm|mm)")
_LENGTHS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "in": 72.0, "cm": 28.3, "mm": 2.83}
_MONO = re.compile(r"courier|mono\b|consolas|menlo|typewriter")
_USUAL = 12.0
# In points.
_INSET = 24.0
# What already says what stands in it.
_HOLDERS = {"aside", "blockquote", "figure", "li", "table"}
_LARGER = 1.14
_LONGEST_HEADING = 120
_BOLD = {"bold", "bolder", "600", "700", "800", "900"}

Style = dict[str, str]


@dataclass(frozen=True, slots=True)
class _ParagraphLook:
    """How a paragraph's letters look, all of them."""

    size: float
    italic: bool
    bold: bool


def apply_styles(root: Element, sheets: Iterable[str]) -> None:
    """Elements for what the classes of spans and paragraphs look like."""
    rules = _rules(sheets)
    paragraphs = [p for p in root.iter("p", "div") if not _holds_blocks(p)]
    looks = {p: look for p in paragraphs if text_of(p) and (look := _look(p, rules))}
    _mark_headings(looks)
    _mark_code(paragraphs, rules)
    _mark_quotations(root, paragraphs, rules)
    for paragraph in paragraphs:
        if not text_of(paragraph) and not len(paragraph) and _is_ruled(_style(paragraph, rules)):
            paragraph.tag = "hr"
    for span in list(root.iter("span", "font")):
        if text_of(span) and _block_of(span) not in _HEADINGS:
            _mark(span, _style(span, rules))


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def _rules(sheets: Iterable[str]) -> dict[str, Style]:
    """Class → what its rules say, the later over the earlier."""
    rules: dict[str, Style] = {}
    for sheet in sheets:
        for selectors, body in _bodies(sheet[:_LONGEST_SHEET]):
            declared = _declarations(body)
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match and declared:
                    rules.setdefault(match.group(1), {}).update(declared)
    return rules


def _bodies(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and bodies of the plain rules; what stands in @media is for other pages."""
    first, *rest = sheet.split("/*")
    sheet = first + "".join(part.partition("*/")[2] for part in rest)
    depth = start = 0
    selectors = ""
    for brace in _BRACE.finditer(sheet):
        if brace.group() == "{":
            selectors = selectors if depth else sheet[start : brace.start()]
            depth += 1
        else:
            if depth == 1 and "@" not in selectors.rpartition(";")[2]:
                yield selectors.rpartition(";")[2], sheet[start : brace.start()]
            depth = max(0, depth - 1)
        start = brace.end()


def _declarations(body: str) -> Style:
    pairs = (one.partition(":") for one in body.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs if value}


def _style(element: Element, rules: dict[str, Style]) -> Style:
    style: Style = {}
    for name in (element.get("class") or "").split():
        style |= rules.get(name, {})
    return style | _declarations(element.get("style") or "")


def _mark(span: Element, style: Style) -> None:
    """The span as the elements that its look stands for, one inside the other."""
    tags = [
        tag
        for tag, is_so in (
            ("em", style.get("font-style") in {"italic", "oblique"}),
            ("strong", style.get("font-weight") in _BOLD),
            ("sup", _is_raised(style)),
        )
        if is_so and not any(one.tag == tag for one in span.iterancestors())
    ]
    if not tags:
        return
    span.tag = tags[0]
    for tag in tags[1:]:
        inner = made(tag, span.text or "")
        inner.extend(list(span))
        span.text = None
        span.append(inner)


def _is_raised(style: Style) -> bool:
    small = "font-size" in style and _points(style, _USUAL) < _USUAL
    lifted = style.get("position") == "relative" and style.get("top", "").startswith("-")
    return style.get("vertical-align") == "super" or (small and lifted)


def _points(style: Style, otherwise: float) -> float:
    match = _SIZE.fullmatch(style.get("font-size", ""))
    return float(match[1]) * _POINTS[match[2]] if match else otherwise


def _look(paragraph: Element, rules: dict[str, Style]) -> _ParagraphLook | None:
    """One look for the whole paragraph; None where its letters differ."""
    own = _style(paragraph, rules)
    inner = [one for one in paragraph if one.tag in {"span", "font", "b", "strong", "i", "em"}]
    whole = (
        inner[0]
        if len(paragraph) == len(inner) == 1
        and not (paragraph.text or "").strip()
        and not (inner[0].tail or "").strip()
        else None
    )
    if whole is None and inner:
        return _ParagraphLook(_points(own, _USUAL), italic=False, bold=False)
    style = own if whole is None else own | _style(whole, rules)
    return _ParagraphLook(
        _points(style, _USUAL),
        italic=style.get("font-style") == "italic",
        bold=style.get("font-weight") in _BOLD,
    )


def _mark_headings(looks: dict[Element, _ParagraphLook]) -> None:
    """Short paragraphs in larger type than most of the text are headings.

    The largest come first; of one size, the look that is met first.
    """
    if not looks or any(p.getroottree().find(".//h2") is not None for p in list(looks)[:1]):
        return
    sizes: Counter[float] = Counter()
    for paragraph, look in looks.items():
        sizes[look.size] += len(text_of(paragraph))
    usual = sizes.most_common(1)[0][0]
    heads = [
        (paragraph, look)
        for paragraph, look in looks.items()
        if look.size >= usual * _LARGER and len(text_of(paragraph)) <= _LONGEST_HEADING
    ]
    if len(heads) * 2 > len(looks):
        return
    order = list(dict.fromkeys(look for _, look in heads))
    ranks = sorted(order, key=lambda look: (-look.size, order.index(look)))
    for paragraph, look in heads:
        paragraph.tag = f"h{min(ranks.index(look) + 1, 6)}"


def _mark_code(paragraphs: list[Element], rules: dict[str, Style]) -> None:
    """Paragraphs set in a typewriter's letters, one below the other, are lines of code."""
    run: list[Element] = []
    for paragraph in [*paragraphs, None]:
        if run and (paragraph is None or run[-1].getnext() is not paragraph):
            _as_code(run)
            run = []
        if paragraph is not None and paragraph.tag == "p" and _is_typed(paragraph, rules):
            run.append(paragraph)
        elif run:
            _as_code(run)
            run = []


def _as_code(run: list[Element]) -> None:
    code = run[0]
    text = "\n".join("".join(one.itertext()).replace("\u00a0", " ") for one in run)
    for one in list(code):
        code.remove(one)
    code.tag, code.text = "pre", text
    for one in run[1:]:
        drop(one)


def _is_typed(paragraph: Element, rules: dict[str, Style]) -> bool:
    """Whether every letter of a paragraph is as wide as the others."""
    if not text_of(paragraph) or paragraph.find(".//img") is not None:
        return False
    if _is_mono(_style(paragraph, rules)):
        return True
    spans = list(paragraph)
    loose = (paragraph.text or "") + "".join(one.tail or "" for one in spans)
    return (
        bool(spans)
        and not loose.strip()
        and all(one.tag in {"span", "font"} and _is_mono(_style(one, rules)) for one in spans)
    )


def _is_mono(style: Style) -> bool:
    return bool(_MONO.search(style.get("font-family", "")))


def _mark_quotations(root: Element, paragraphs: list[Element], rules: dict[str, Style]) -> None:
    """Paragraphs set in, where most of the text is not."""
    inset = [p for p in paragraphs if p.tag == "p" and text_of(p) and _is_inset(_style(p, rules))]
    if not inset or len(inset) * 3 > len(paragraphs) or root.find(".//blockquote") is not None:
        return
    for paragraph in inset:
        if any(one.tag in _HOLDERS for one in paragraph.iterancestors()):
            continue
        quotation = made("blockquote")
        replace(paragraph, quotation)
        quotation.append(paragraph)


def _is_inset(style: Style) -> bool:
    """By a third of an inch at least, and its first line no less (that is a list's)."""
    if style.get("text-indent", "0").startswith("-") or style.get("text-align") == "center":
        return False
    sides = style.get("margin", "").split()
    left = style.get("margin-left") or (
        sides[{1: 0, 2: 1, 3: 1, 4: 3}[len(sides)]] if sides else ""
    )
    match = _LENGTH.fullmatch(left)
    return match is not None and float(match[1]) * _LENGTHS[match[2]] >= _INSET


def _is_ruled(style: Style) -> bool:
    """A line below and nowhere else: how word processors draw a rule."""
    line = style.get("border-bottom", "none")
    return line not in {"none", "0", "0px", ""} and style.get("border-top", "none") == "none"


def _holds_blocks(element: Element) -> bool:
    return any(one.tag in BLOCKS for one in element.iterdescendants())


def _block_of(span: Element) -> str:
    return next((str(one.tag) for one in span.iterancestors() if one.tag in BLOCKS), "")
