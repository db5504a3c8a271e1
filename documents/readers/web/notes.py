"""The notes of a web page or a book, found by the links to them and bound to their references.

Whatever a page looks like, a note is what a short raised or bracketed link
leads forward to. Each reference becomes `<span data-note-ref="id">` and each
note `<div data-note-body="id">`, which the tree's reader knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from documents.readers.web.listed_notes import (
    HEADING,
    drop_idle,
    going_on_between,
    heading_over,
)
from documents.readers.web.side_notes import LABEL, NOTES, bind_side_notes, drop_copies
from documents.readers.web.tree import (
    BLOCKS,
    HEADS,
    Element,
    above,
    drop,
    linked_share,
    made,
    replace,
    roles_of,
    text_of,
)

_REFERS = {"doc-noteref", "noteref", "footnote-ref", "footnote-anchor", "fnref", "footnoteref"}
_RETURNS = {
    "doc-backlink", "backlink", "footnote-backref", "footnote-back", "footnote-return",
    "reversefootnote", "fn-backref", "mw-cite-backlink", "footnote-backlink", "footnotebackref",
}  # fmt: skip
_ARROWS = re.compile(
    r"[\s\u2190-\u21ff\u2b05\u21a9\ufe0e\ufe0f^⏎]*|back|return|\[back\]|zurück|retour", re.I
)
# A block whose words are links for this part is a row of them.
_ROW_OF_LINKS = 0.3


@dataclass(frozen=True, slots=True)
class _NoteLink:
    """A reference: its element, what it leads to, and its label."""

    element: Element
    target: str
    label: str


def bind_notes(root: Element) -> None:
    """Marks references and notes all over the page."""
    bind_side_notes(root)
    _bind_linked(root)
    drop_copies(root)


def _bind_linked(root: Element) -> None:
    places, order = _places(root)
    links = [link for a in root.iter("a") if (link := _link(a, places, order))]
    bodies = _bodies(links, places)
    if not bodies:
        return
    homes = {id(body) for body in bodies.values()}
    # What stands in a note is a note's own cross-reference, unless it leads further on.
    returns = _addresses(link for link in links if link.target in bodies)
    emptied: list[Element] = []
    heading = heading_over(bodies)
    more = going_on_between(bodies, heading)
    for link in links:
        if link.target in bodies and id(bodies[link.target]) in homes:
            _mark(link)
    for name, body in bodies.items():
        labels = {link.label for link in links if link.target == name}
        emptied.append(body.getparent())
        _move(body, name, labels, returns, root, more.get(name, []))
    for parent in emptied:
        _clear(parent)
    drop_idle(heading)


def _places(root: Element) -> tuple[dict[str, Element], dict[Element, int]]:
    """What links can lead to, by name, and where each element stands."""
    places: dict[str, Element] = {}
    order: dict[Element, int] = {}
    for n, element in enumerate(root.iter()):
        order[element] = n
        for name in ("id", "name"):
            if element.get(name) and (name == "id" or element.tag == "a"):
                places.setdefault(element.get(name), element)
    return places, order


def _root_body(root: Element) -> Element:
    body = root.find(".//body")
    return root if body is None else body


def _link(a: Element, places: dict[str, Element], order: dict[Element, int]) -> _NoteLink | None:
    href = a.get("href", "")
    if "#" not in href:
        return None
    name = href.split("#", 1)[1]
    target = places.get(name)
    if target is None:
        name = unquote(name)
        target = places.get(name)
    if target is None or order[target] <= order[a] or target.tag in HEADS:
        return None
    words = text_of(a)
    label = LABEL.fullmatch(words)
    roles = roles_of(a) | {
        r for one in list(above(a))[:2] if one.tag in {"sup", "span"} for r in roles_of(one)
    }
    said = bool(roles & _REFERS)
    if not said and label is None:
        return None
    raised = a.find(".//sup") is not None or any(one.tag == "sup" for one in list(above(a))[:3])
    bracketed = words[:1] in "[({" and bool(words)
    plain = said or raised or bracketed or _is_noted(target) or _leads_back(target, a)
    if not (plain or (label and _opens_with(target, label.group(1)) and _is_in_words(a))):
        return None
    return _NoteLink(a, name, label.group(1) if label else words.strip("[](){}. "))


def _opens_with(target: Element, label: str) -> bool:
    """Whether what a link leads to opens with the link's own words: “1. So the register”."""
    block = _block(target)
    words = "" if block is None else text_of(block)
    return bool(re.match(rf"[\[(]?{re.escape(label)}(?:[\])][.:]?|[.:)]|\s)\s*\S", words))


def _is_in_words(a: Element) -> bool:
    """Whether a link stands in or behind words of the text, and not in a row of links."""
    block = next((one for one in above(a) if one.tag in BLOCKS), None)
    return block is not None and linked_share(block) < _ROW_OF_LINKS


def _is_noted(target: Element) -> bool:
    return any(roles_of(one) & NOTES for one in [target, *list(above(target))[:3]])


def _leads_back(target: Element, a: Element) -> bool:
    """Whether a link near the target leads to the reference."""
    own = {f"#{name}" for name in _ids(a)}
    block = _block(target)
    return block is not None and any(one.get("href", "") in own for one in block.iter("a"))


def _ids(a: Element) -> set[str]:
    near = [a, *list(above(a))[:2], *a.iter()]
    return {one.get(n) for one in near for n in ("id", "name") if one.get(n)}


def _addresses(links: Iterable[_NoteLink]) -> set[str]:
    return {f"#{name}" for link in links for name in _ids(link.element)}


def _block(target: Element) -> Element | None:
    """The block that holds a note: the target itself, or what stands around an anchor."""
    for one in [target, *above(target)]:
        if one.tag in {"body", "html", "article", "main", "section", "ol", "ul", "table"}:
            # An anchor alone before the paragraph it means.
            following = target.getnext()
            return following if following is not None and following.tag in {"p", "li"} else None
        if one.tag == "dt":
            following = one.getnext()
            return following if following is not None and following.tag == "dd" else one
        if one.tag in {"td", "th"}:
            return one.getparent()
        if one.tag in BLOCKS or (one.tag == "span" and one is target and text_of(one)):
            return _wider(one)
    return None


def _wider(block: Element) -> Element:
    """The item, or the division, of which the block is all (`<li><p id=…>`, `<div><p>`)."""
    parent = block.getparent()
    while (
        parent is not None
        and (
            parent.tag in {"li", "aside", "dd"}
            or (parent.tag == "div" and roles_of(parent) & NOTES)
        )
        and text_of(parent).startswith(text_of(block)[:40])
        and parent.tag != "body"
        and not (parent.tag == "div" and len(parent.findall("p")) > 1 and _many_targets(parent))
    ):
        block, parent = parent, parent.getparent()
    return block


def _many_targets(division: Element) -> bool:
    return (
        sum(1 for p in division.findall("p") if p.get("id") or p.find(".//a[@id]") is not None) > 1
    )


def _bodies(links: list[_NoteLink], places: dict[str, Element]) -> dict[str, Element]:
    """The block of each note; a block that two notes claim is neither's."""
    found: dict[str, Element] = {}
    claimed: dict[int, set[str]] = {}
    for link in links:
        block = _block(places[link.target])
        if block is None or block.tag in {"body", "html", "article", "main"}:
            continue
        found[link.target] = block
        claimed.setdefault(id(block), set()).add(link.target)
    own = {name: block for name, block in found.items() if len(claimed[id(block)]) == 1}
    outer = {id(block) for block in own.values()}
    # A note inside another's block belongs to no one.
    return {
        name: block
        for name, block in own.items()
        if not any(id(one) in outer for one in above(block))
    }


def _mark(link: _NoteLink) -> None:
    """The reference as a mark, without the brackets and the `<sup>` it was set in."""
    element = link.element
    place = element
    for one in above(element):
        if one.tag not in {"sup", "span", "small", "b", "strong", "em", "i"}:
            break
        if text_of(one).strip("[]() ") != text_of(element).strip("[]() "):
            break
        place = one
    ref = made("span", data_note_ref=link.target)
    if place is element and place.getparent() is not None and place.getparent().tag == "sup":
        # <sup><a>1</a>, <a>2</a></sup>: only the commas would stay raised.
        sup = place.getparent()
        replace(place, ref)
        if not re.sub(r"[\s,;–-]|\[|\]", "", text_of(sup)):
            sup.tag = "span"
            sup.text = None
            for child in sup:
                child.tail = None
    else:
        replace(place, ref)


def _move(
    body: Element,
    name: str,
    labels: set[str],
    returns: set[str],
    root: Element,
    more: list[Element],
) -> None:
    """Takes a note out of the page and puts it, without label and links back, at the end."""
    for one in list(body.iter()):
        if one is not body and (roles_of(one) & _RETURNS or _returns(one, returns)):
            drop(one)
    _strip_label(body, labels)
    new = made("div", data_note_body=name)
    tail = more or list(_going_on(body))
    drop(body)
    body.tail = None
    if body.tag in {"li", "dd", "aside", "td", "tr", "span", "dt"}:
        for inner in list(body.iter("td", "th", "tr")):
            inner.tag = "div"
        body.tag = "div"
    body.attrib.clear()
    new.append(body)
    for one in tail:
        drop(one)
        new.append(one)
    _root_body(root).append(new)


def _going_on(body: Element) -> Iterable[Element]:
    """Paragraphs that go on with a note that is a paragraph, in a place for notes."""
    if body.tag != "p" or not any(roles_of(one) & NOTES for one in list(above(body))[:2]):
        return
    for one in body.itersiblings():
        if one.tag not in {"p", "blockquote", "ul", "ol"} or one.get("id"):
            return
        if one.find(".//a[@id]") is not None or LABEL.match(text_of(one)):
            return
        yield one


def _returns(element: Element, returns: set[str]) -> bool:
    """A link back to a reference, or the brackets about one."""
    if element.tag != "a":
        return False
    href = element.get("href", "")
    return f"#{href.split('#', 1)[-1]}" in returns or (
        bool(href) and bool(_ARROWS.fullmatch(text_of(element))) and "#" in href
    )


def _strip_label(body: Element, labels: set[str]) -> None:
    """The label at a note's beginning, with what stands about it."""
    names = "|".join(sorted((re.escape(one) for one in labels if one), key=len, reverse=True))
    own = rf"[\[({{]?\s*(?:{names or '(?!)'})\s*[\])}}]?[.:)]?(?=\s|$|[^\w])"
    label = re.compile(rf"\s*(?:{own}|[\[(]?\s*[\])][.:]?)\s*[|.:]?\s*")
    for element in body.iter():
        for part in ("text", "tail"):
            if part == "tail" and element is body:
                continue
            words = getattr(element, part)
            if not words or not words.strip():
                continue
            match = label.match(words)
            if match and match.end():
                setattr(element, part, words[match.end() :])
                if not words[match.end() :].strip() and element.tag == "sup" and part == "text":
                    continue
            elif re.fullmatch(r"\s*[\[(\])^.:|]+\s*", words):
                setattr(element, part, "")
                continue
            if (getattr(element, part) or "").strip():
                return


def _clear(parent: Element | None) -> None:
    """The list or section that held the notes, its heading and its rule, if nothing is left."""
    while parent is not None and parent.tag not in {"body", "html", "article", "main"}:
        left = [text_of(one) for one in parent if one.tag not in {"hr", "br"}]
        words = text_of(parent).strip("[]()^.:| ")
        outer = parent.getparent()
        if words and not HEADING.fullmatch(words):
            return
        if any(left) and not words:
            return
        before = parent.getprevious()
        if outer is None:
            return
        drop(parent)
        while before is not None and before.getparent() is outer:
            heading = before.tag in HEADS | {"p", "div"} and HEADING.fullmatch(
                text_of(before).rstrip(":")
            )
            if not (heading or before.tag == "hr") or (before.tail or "").strip():
                break
            gone, before = before, before.getprevious()
            drop(gone)
            if heading is None or gone.tag in HEADS:
                if before is not None and before.tag == "hr":
                    drop(before)
                break
        parent = outer
