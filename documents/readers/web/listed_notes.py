"""Notes that are paragraphs in a row, under a heading of their own."""

from __future__ import annotations

import re

from documents.readers.web.tree import HEADS, Element, drop, text_of

HEADING = re.compile(
    r"(?:end|foot)?notes?(?: and references)?|references|anmerkungen|fußnoten|notas|註釋|注释|注|"
    r"הערות|هوامش|الهوامش|примечания|dipnotlar|notlar|脚注|註",
    re.IGNORECASE,
)
# Paragraphs that one note of a list may go on in.
_MOST_MORE = 3


def heading_over(bodies: dict[str, Element]) -> Element | None:
    """The line “Notes” right above the first of the notes that are paragraphs."""
    for body in bodies.values():
        above_it = body.getprevious()
        lined = above_it is not None and above_it.tag in HEADS | {"p", "div"}
        if lined and HEADING.fullmatch(text_of(above_it).rstrip(":")):
            return above_it
    return None


def going_on_between(
    bodies: dict[str, Element], heading: Element | None
) -> dict[str, list[Element]]:
    """Paragraphs between two notes of a list under a heading: the rest of the upper one."""
    if heading is None:
        return {}
    names = {id(body): name for name, body in bodies.items()}
    found: dict[str, list[Element]] = {}
    name, between = "", list[Element]()
    for one in heading.itersiblings():
        if id(one) in names:
            if name and len(between) <= _MOST_MORE:
                found[name] = between
            name, between = names[id(one)], []
        elif one.tag not in {"p", "blockquote", "ul", "ol"} or one.get("id"):
            break
        else:
            between.append(one)
    return found


def drop_idle(heading: Element | None) -> None:
    """The heading, once nothing stands below it that it is over."""
    if heading is None or heading.getparent() is None:
        return
    following = heading.getnext()
    if following is None or following.tag in HEADS or following.get("data-note-body"):
        drop(heading)
