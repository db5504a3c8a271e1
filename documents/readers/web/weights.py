"""How many letters stand in each element of a page, and how many of them are links: in one walk."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from documents.readers.web.tree import Element

# What holds words of a text, and what may hold them without.
_WORDS = frozenset(
    ("p", "blockquote", "li", "pre", "dd", "h1", "h2", "h3", "h4", "td", "figcaption")
)
_LOOSE = frozenset(("div", "section", "body", "article", "td", "center", "font"))


@dataclass(slots=True)
class Weight:
    """Letters of an element, those in links, and those in paragraphs that are no links."""

    letters: int = 0
    linked: int = 0
    score: int = 0

    @property
    def share(self) -> float:
        """The share of the letters that are links."""
        return min(self.linked / self.letters, 1.0) if self.letters else 0.0


def weights_of(root: Element) -> dict[Element, Weight]:
    """The weight of each element in it. They hold until the page is changed."""
    found: dict[Element, Weight] = {}
    for _event, element in etree.iterwalk(root, events=("end",)):
        direct = _length(element.text)
        weight = Weight()
        for child in element:
            inner = found.get(child)
            direct += _length(child.tail)
            if inner is not None:
                weight.letters += inner.letters
                weight.linked += inner.linked
                weight.score += inner.score
        weight.letters += direct
        if element.tag == "a" and element.get("href"):
            weight.linked = weight.letters
        if element.tag in _WORDS:
            weight.score = weight.letters - weight.linked
        elif element.tag in _LOOSE:
            weight.score += direct
        found[element] = weight
    return found


def _length(text: str | None) -> int:
    return len(" ".join(text.split())) + 1 if text and not text.isspace() else 0
