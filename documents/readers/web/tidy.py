"""A page's elements as pandoc reads them best: verse, ruby, pictures, language, old line breaks."""

from __future__ import annotations

import itertools
import re

from lxml import etree

from documents.readers.web.tree import (
    BLOCKS,
    HEADS,
    Element,
    drop,
    made,
    names_of,
    replace,
    text_of,
)
from documents.readers.web.word_lists import word_lists

_VERSE = re.compile(r"\b(?:poem|verse|poetry|stanza|lyrics|linegroup|line-block|lg|z3998:verse)\b")
_DROP_CAP = re.compile(r"\b(?:drop-?cap\w*|dropped-?cap\w*|initial|first-?letter|lettrine)\b")
_WORDS_OF_A_LETTER = "AIOÀÓYЯИВА"
_ANCHORS = re.compile(
    r"\b(?:headerlink|anchor(?:-?link)?|permalink|mw-editsection|heading-anchor)\b"
)
_CAPTION = re.compile(r"\b(?:wp-caption|image-caption|caption|figure)\b")
_BREAKING = {"div", "td", "body", "p", "article", "section", "center", "font", "main"}
_LONGEST_LINE = 90


def tidy(article: Element, language: str = "") -> None:
    for change in (
        _ruby,
        _drop_caps,
        word_lists,
        _heading_groups,
        _headings,
        _verse,
        _pictures,
        _broken_lines,
        _pull_quotes,
    ):
        change(article)
    _languages(article, language)


def _ruby(article: Element) -> None:
    """漢字 with its reading above as 漢字（かんじ）: the reading stays, as text."""
    for ruby in list(article.iter("ruby")):
        for one in list(ruby.iter("rp")):
            drop(one)
        for one in list(ruby.iter("rt")):
            words = text_of(one)
            new = made("span", f"（{words}）" if words else "")
            replace(one, new)
        for one in ruby.iter("rb", "rtc", "rbc"):
            one.tag = "span"
        ruby.tag = "span"


def _drop_caps(article: Element) -> None:
    """A large first letter in an element of its own, without the space that only looks like one."""
    words: set[str] = set()
    for cap in list(article.iter("span", "b", "strong", "big")):
        letter = text_of(cap)
        if len(letter) != 1 or not letter.isalpha() or not _DROP_CAP.search(names_of(cap)):
            continue
        words = words or {one.lower() for one in re.findall(r"\w+", text_of(article))}
        cap.text, cap.tag = letter, "span"
        for child in list(cap):
            cap.remove(child)
        holder, part = _after(cap)
        rest = (getattr(holder, part) or "").lstrip()
        word = "".join(itertools.takewhile(str.isalpha, rest)).lower()
        # “A” may be a word itself: then the rest is one too, and both as one are not.
        own = letter in _WORDS_OF_A_LETTER and (letter.lower() + word) not in words
        if word and not (own and _is_word(word, article)):
            cap.tail = (cap.tail or "").strip() or None
            setattr(holder, part, rest)


def _is_word(word: str, article: Element) -> bool:
    """Whether a word stands in the text more than this once, or is too long for a rest."""
    return len(re.findall(rf"\b{re.escape(word)}\b", text_of(article).lower())) > 1 or (
        len(word) > 2
    )


def _after(cap: Element) -> tuple[Element, str]:
    """Where the words right after an element stand: its tail, or the element that follows."""
    following = cap.getnext()
    if not (cap.tail or "").strip() and following is not None and following.tag not in BLOCKS:
        return following, "text"
    return cap, "tail"


def _heading_groups(article: Element) -> None:
    """Lines of one heading (its number, its words) that stand in a group, as one."""
    for group in list(article.iter("hgroup")):
        lines = [one for one in group if one.tag in HEADS or one.tag == "p"]
        head = next((one for one in lines if one.tag in HEADS), None)
        if head is None or len(lines) != len(group):
            group.tag = "div"
            continue
        for one in lines[:-1]:
            one.tail = " "
        for one in lines:
            one.attrib.pop("class", None)
        group.tag = head.tag
        for one in lines:
            one.tag = "span"


def _headings(article: Element) -> None:
    """Links to a heading that stand in it are of the page."""
    for head in article.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        for one in list(head.iter("a", "span")):
            if _ANCHORS.search(names_of(one)) or (
                one.tag == "a" and text_of(one) in {"#", "¶", "§", "🔗"}
            ):
                drop(one)


def _verse(article: Element) -> None:
    """Lines that are elements, or parted by `<br>`, in what is called verse."""
    for element in list(article.iter("div", "p", "section", "blockquote")):
        if not _VERSE.search(names_of(element)) or element.getparent() is None:
            continue
        inner = [one for one in element if one.tag in {"p", "div", "section", "blockquote"}]
        if not inner:
            _as_lines(element)
        elif _are_lines(inner):
            for one in inner[:-1]:
                one.append(made("br"))
            for one in inner:
                one.tag = "span"
            _as_lines(element)
        else:
            for one in inner:
                if not _blocks_in(one) and one.find(".//br") is not None:
                    _as_lines(one)


def _are_lines(inner: list[Element]) -> bool:
    """Whether each of several elements is one line of verse."""
    plain = all(one.find(".//br") is None and not _blocks_in(one) for one in inner)
    return plain and len(inner) > 1 and max(len(text_of(one)) for one in inner) <= _LONGEST_LINE


def _blocks_in(element: Element) -> bool:
    return any(one.tag in BLOCKS for one in element.iterdescendants())


def _as_lines(element: Element) -> None:
    """An element as pandoc's block of lines; line ends in the source mean nothing."""
    element.tag = "div"
    element.attrib.clear()
    element.set("class", "line-block")
    spans = [one for one in element.iter("span") if not one.get("data-note-ref")]
    lines = [one for one in spans if "display" in one.get("style", "") or "line" in names_of(one)]
    if lines and element.find(".//br") is None:
        for one in lines[:-1]:
            one.append(made("br"))
    for one in element.iter():
        for part in ("text", "tail"):
            words = getattr(one, part)
            if words and (part == "text" or one is not element):
                setattr(one, part, re.sub(r"\s*\n\s*", " ", words))
    for br in list(element.iter("br")):
        br.tail = (br.tail or "").lstrip(" ") or None


def _pictures(article: Element) -> None:
    for picture in list(article.iter("svg")):
        inner = next(picture.iter("image"), None)
        if inner is not None and inner.get("href"):
            replace(picture, made("img", src=inner.get("href"), alt=""))
        else:
            drop(picture)
    for image in list(article.iter("img")):
        small = image.get("width") in {"0", "1"} or image.get("height") in {"0", "1"}
        lazy = image.get("data-src") or image.get("data-original") or image.get("data-lazy-src")
        source = image.get("src", "")
        if lazy and (not source or source.startswith(("data:image/gif", "data:image/svg"))):
            image.set("src", lazy)
        if small or not image.get("src"):
            drop(image)
        elif re.search(r"\bemoji\b", names_of(image)) and image.get("alt"):
            replace(image, made("span", image.get("alt")))
    for division in list(article.iter("div")):
        if _CAPTION.search(names_of(division)) and len(list(division.iter("img"))) == 1:
            words = [
                one
                for one in division.iter("p", "div", "span")
                if one is not division and text_of(one)
            ]
            if len(words) == 1 and division.find(".//figure") is None:
                division.tag, words[0].tag = "figure", "figcaption"


def _broken_lines(article: Element) -> None:
    """Paragraphs that are parted by two line breaks, as old pages have them."""
    for element in list(article.iter(*_BREAKING)):
        if element.get("class") == "line-block" or element.find("br") is None:
            continue
        # A Chinese paragraph opens by the space of two letters.
        for br in list(element.iterchildren("br")):
            if (br.tail or "").lstrip("\r\n\t ").startswith("\u3000"):
                br.addprevious(made("br"))
        children = list(element)
        doubles = [
            n
            for n, one in enumerate(children[1:], 1)
            if one.tag == "br"
            and children[n - 1].tag == "br"
            and not (children[n - 1].tail or "").strip()
        ]
        if doubles:
            _parted(element)


def _parted(element: Element) -> None:
    """Direct text and inline elements as paragraphs; blocks stay between them."""
    children = list(element)
    lead, element.text = element.text, None
    for child in children:
        element.remove(child)
    parts = _ParagraphParts(element, lead or "")
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag == "br":
            parts.breaks += 1
            if (tail or "").strip():
                parts.say(tail or "")
        elif child.tag in BLOCKS:
            parts.stand_alone(child)
            parts.say(tail or "")
        else:
            parts.append(child)
            parts.say(tail or "")
    parts.close()
    if element.tag == "p":
        element.tag = "div"


class _ParagraphParts:
    """The paragraphs of an element on their way; `breaks` are those not yet set."""

    def __init__(self, element: Element, lead: str) -> None:
        self.element = element
        self.paragraph = made("p", lead)
        self.breaks = 0

    def close(self) -> None:
        if text_of(self.paragraph) or len(self.paragraph):
            self.element.append(self.paragraph)
        self.paragraph = made("p")
        self.breaks = 0

    def stand_alone(self, block: Element) -> None:
        self.close()
        self.element.append(block)

    def append(self, child: Element) -> None:
        self._settle()
        self.paragraph.append(child)

    def say(self, text: str) -> None:
        if not text:
            return
        self._settle()
        if len(self.paragraph):
            self.paragraph[-1].tail = (self.paragraph[-1].tail or "") + text
        else:
            self.paragraph.text = (self.paragraph.text or "") + text

    def _settle(self) -> None:
        """One break is a line's end, two are a paragraph's."""
        if self.breaks == 1:
            self.paragraph.append(made("br"))
        elif self.breaks:
            self.close()
        self.breaks = 0


def _pull_quotes(article: Element) -> None:
    """An aside in the text is set apart; the repairs tell whether it repeats the text."""
    for aside in list(article.iter("aside")):
        aside.tag = "div"


def _languages(article: Element, language: str) -> None:
    """A block in another language or direction: said on a span, since pandoc drops it."""
    for element in list(
        article.iter("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "div")
    ):
        lang = element.get("lang", "")
        direction = element.get("dir", "")
        other = lang and lang.split("-")[0].lower() != language.split("-")[0].lower()
        if not (other or direction in {"rtl", "ltr"}) or element is article:
            continue
        if not _blocks_in(element):
            span = etree.SubElement(element, "span")
            span.text, element.text = element.text, None
            for child in list(element)[:-1]:
                span.append(child)
            if other:
                span.set("lang", lang)
            if direction in {"rtl", "ltr"}:
                span.set("dir", direction)
