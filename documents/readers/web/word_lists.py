"""Lists of a page that Word has saved: paragraphs whose style names a list and a level."""

from __future__ import annotations

import re

from documents.readers.web.tree import Element, drop, made, text_of

_LIST = re.compile(r"mso-list:\s*l\d+\s+level(?P<level>\d)\s", re.IGNORECASE)
_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:(?P<digits>\d{1,3})|(?P<letter>[a-zA-Z]))[.)]")
_DEEPEST = 6


def word_lists(article: Element) -> None:
    """Such paragraphs as lists, with the numbers that Word has typed for their items."""
    items = [one for one in article.iter("p") if _LIST.search(f"{one.get('style', '')} ")]
    runs: list[list[Element]] = []
    for one in items:
        if runs and one.getprevious() is runs[-1][-1] and not (runs[-1][-1].tail or "").strip():
            runs[-1].append(one)
        else:
            runs.append([one])
    for run in runs:
        _made_list(run)


def _made_list(run: list[Element]) -> None:
    """A run of paragraphs as lists within each other, by their levels."""
    if any(_marker(one) is None for one in run):
        return  # Word types a marker for whatever it shows as an item
    levels, markers = [_level(one) for one in run], [_taken_marker(one) for one in run]
    place = made("div")
    run[0].addprevious(place)
    place.tail, run[-1].tail = run[-1].tail, None
    open_lists: list[tuple[int, Element]] = []
    for item, level, marker in zip(run, levels, markers, strict=True):
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < level or not _goes_on(open_lists[-1][1], marker):
            if open_lists and open_lists[-1][0] == level:
                open_lists.pop()
            outer = open_lists[-1][1] if open_lists else None
            holder = outer[-1] if outer is not None and len(outer) else place
            holder.append(new := _list_of(marker))
            open_lists.append((level, new))
        item.tag, item.tail = "li", None
        item.attrib.clear()
        open_lists[-1][1].append(item)


def _level(item: Element) -> int:
    match = _LIST.search(f"{item.get('style', '')} ")
    return min(int(match["level"]), _DEEPEST) if match else 1


def _marker(item: Element) -> Element | None:
    return next((s for s in item.iter("span") if _MARKER.search(s.get("style", ""))), None)


def _taken_marker(item: Element) -> str:
    """The marker of an item, taken out of its words."""
    span = _marker(item)
    if span is None:
        return ""
    marker = "".join(text_of(span).split())
    drop(span)
    return marker


def _list_of(marker: str) -> Element:
    match = _NUMBER.fullmatch(marker)
    if match is None:
        return made("ul")
    if match["digits"]:
        return made("ol", start=str(int(match["digits"])))
    first = match["letter"]
    kind = "a" if first.islower() else "A"
    return made("ol", type=kind, start=str(ord(first.lower()) - ord("a") + 1))


def _goes_on(one: Element, marker: str) -> bool:
    return bool(one.tag == "ol") == bool(_NUMBER.fullmatch(marker))
