"""Notes that a page sets beside its text, or hides until they are asked for."""

from __future__ import annotations

import re

from documents.readers.web.surroundings import is_hidden
from documents.readers.web.tree import (
    Element,
    drop,
    made,
    replace,
    text_of,
)

LABEL = re.compile(
    r"[\[({]?\s*(\d{1,4}|[*†‡§¶‖#]{1,4}|[a-zA-Z]|[ivxlc]{1,7}|note\s\d+|n\.?\s?\d+)\s*[\])}]?\.?"
)
# What a place for notes is called.
NOTES = {
    "doc-endnotes", "doc-endnote", "doc-footnote", "footnotes", "footnote", "endnotes", "endnote",
    "rearnotes", "rearnote", "notes", "references",
}  # fmt: skip
_ASIDE = re.compile(r"\b(?:sidenote|marginnote|margin-note)\b")
_NUMBERED = re.compile(r"\s*[\[(]?(?P<label>\d{1,3}|[*†‡§])[\])]?[.:]?\s+(?=\S)")
_LEADING = ("aria-describedby", "aria-controls", "aria-owns", "for", "rel")


def bind_side_notes(root: Element) -> None:
    """Marks such notes and where they belong; a second copy of one is taken out."""
    _bind_hidden(root)
    found = [e for e in root.iter("span", "small", "aside") if _is_side_note(e)]
    for n, element in enumerate(found):
        for before in list(element.itersiblings(preceding=True))[:2]:
            if before.tag in {"label", "input"} and not (before.tail or "").strip():
                drop(before)
        name = f"sidenote-{n}"
        if element.tag == "aside":
            _bind_aside(element, name, root)
        else:
            replace(element, _mark(name))
            element.tail = None
            _keep(element, name, root)


def drop_copies(root: Element) -> None:
    """Of a note that stands below the text and beside it too, the one beside it."""
    bodies = {
        one.get("data-note-body"): one for one in root.iter("div") if one.get("data-note-body")
    }
    words = {name: text_of(one) for name, one in bodies.items()}
    linked = {text for name, text in words.items() if not name.startswith("sidenote-")}
    for ref in [one for one in root.iter("span") if one.get("data-note-ref", "") in bodies]:
        name, before = ref.get("data-note-ref"), ref.getprevious()
        if not name.startswith("sidenote-") or words[name] not in linked:
            continue
        while before is not None and not before.get("data-note-ref") and len(before) == 1:
            before = before[0]
        other = "" if before is None else before.get("data-note-ref", "")
        if other and words.get(other) == words[name]:
            drop(bodies[name])
            drop(ref)
    for one in list(root.iter("div", "aside", "li")):
        if _ASIDE.search(one.get("class", "")) and text_of(one) in linked:
            drop(one)


def _is_side_note(element: Element) -> bool:
    if _ASIDE.search(element.get("class", "")):
        return True
    return element.tag == "aside" and _raised(element) is not None


def _bind_aside(aside: Element, name: str, root: Element) -> None:
    """An aside with a number belongs to the same number, raised in the block before it."""
    raised = _raised(aside)
    if raised is not None:
        replace(raised, _mark(name))
        _strip_number(aside)
        drop(aside)
    elif (before := aside.getprevious()) is not None and before.tag == "p":
        before.append(_mark(name))
        drop(aside)
    else:
        replace(aside, _mark(name))
    aside.tail = None
    _keep(aside, name, root)


def _raised(aside: Element) -> Element | None:
    """The raised number before an aside that has the same, and leads nowhere itself."""
    number = _NUMBERED.match(text_of(aside))
    if number is None:
        return None
    for before in list(aside.itersiblings(preceding=True))[:2]:
        for one in reversed(list(before.iter("sup"))):
            if text_of(one).strip("[]()") == number["label"] and one.find(".//a") is None:
                return one
    return None


def _strip_number(aside: Element) -> None:
    number = _NUMBERED.match(text_of(aside))
    if number is None:
        return
    label = re.compile(rf"^\s*[\[(]?{re.escape(number['label'])}[\])]?[.:]?\s*")
    for element in aside.iter():
        for part in ("text", "tail"):
            words = getattr(element, part) or ""
            if words.strip() and not (part == "tail" and element is aside):
                setattr(element, part, label.sub("", words))
                return


def _bind_hidden(root: Element) -> None:
    """A number that names what is hidden elsewhere, which a program shows when it is asked."""
    places = {one.get("id"): one for one in root.iter() if one.get("id")}
    for one in list(root.iter("sup", "span", "a", "button", "label")):
        words = text_of(one)
        if not words or LABEL.fullmatch(words) is None:
            continue
        named = [
            value.lstrip("#")
            for name, value in one.attrib.items()
            if name.startswith("data-") or name in _LEADING or (name == "href" and value[:1] == "#")
        ]
        note = next((places[name] for name in named if name in places), None)
        if note is None or not is_hidden(note) or not _is_apart(note, one):
            continue
        name = f"hidden-{note.get('id')}"
        replace(one, _mark(name))
        drop(note)
        note.tail = None
        for attribute in ("hidden", "style", "class", "aria-hidden"):
            note.attrib.pop(attribute, None)
        _keep(note, name, root)
        del places[note.get("id")]


def _is_apart(note: Element, ref: Element) -> bool:
    return bool(text_of(note)) and not any(one is ref for one in note.iter())


def _mark(name: str) -> Element:
    return made("span", data_note_ref=name)


def _keep(note: Element, name: str, root: Element) -> None:
    """A note's words at the end of the page, where the notes are."""
    note.tag = "div"
    body = made("div", data_note_body=name)
    body.append(note)
    whole = root.find(".//body")
    (root if whole is None else whole).append(body)
