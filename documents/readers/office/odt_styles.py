"""The styles of an OpenDocument text: what a name stands for, through all it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from documents.whole_number import whole_number

_LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt|pc|px)")
_IN_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0353, "pc": 0.4233, "px": 0.0265}
_LONGEST_CHAIN = 20
_ENCODED = re.compile(r"_([0-9a-f]{2,4})_")


@dataclass(slots=True)
class _OdtStyle:
    name: str
    parent: str
    values: dict[str, str] = field(default_factory=dict)
    level: int = 0


@dataclass(slots=True)
class _ListLevelStyle:
    """How the items of one depth of a list are marked; no `form` where they have a bullet."""

    form: str
    before: str
    after: str
    start: int


class Styles:
    def __init__(self, *roots: Any) -> None:
        self._styles: dict[tuple[str, str], _OdtStyle] = {}
        self._lists: dict[str, dict[int, _ListLevelStyle]] = {}
        self.language = ""
        for root in roots:
            if root is not None:
                self._read(root)

    def _read(self, root: Any) -> None:
        for element in root.iter("{*}style"):
            style = _OdtStyle(
                _decoded(get(element, "display-name") or get(element, "name")),
                get(element, "parent-style-name"),
                level=whole_number(get(element, "default-outline-level")) or 0,
            )
            for properties in element:
                style.values |= {local(name): value for name, value in properties.attrib.items()}
            self._styles[get(element, "family"), get(element, "name")] = style
        for element in root.iter("{*}list-style"):
            levels = self._lists.setdefault(get(element, "name"), {})
            for one in element:
                number = local(one.tag) == "list-level-style-number"
                levels[whole_number(get(one, "level")) or 1] = _ListLevelStyle(
                    get(one, "num-format") if number else "",
                    get(one, "num-prefix"),
                    get(one, "num-suffix"),
                    whole_number(get(one, "start-value")) or 1,
                )
        for element in root.iter("{*}default-style"):
            if get(element, "family") == "paragraph":
                for properties in element:
                    language, country = get(properties, "language"), get(properties, "country")
                    if language and language != "none":
                        self.language = f"{language}-{country}" if country.isalpha() else language

    def chain(self, family: str, name: str) -> Iterator[_OdtStyle]:
        """A style and those it is based on, nearest first."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent

    def value(self, family: str, name: str, of: str) -> str:
        return next((s.values[of] for s in self.chain(family, name) if of in s.values), "")

    def names(self, name: str) -> list[str]:
        return [style.name for style in self.chain("paragraph", name)] or [_decoded(name)]

    def outline(self, name: str) -> int:
        return next((s.level for s in self.chain("paragraph", name) if s.level), 0)

    def indent(self, name: str) -> float:
        """The left margin of a paragraph style, in centimetres."""
        match = _LENGTH.match(self.value("paragraph", name, "margin-left"))
        return float(match.group(1)) * _IN_CM[match.group(2)] if match else 0.0

    def marks(self, name: str) -> list[str]:
        """What a character style does: pandoc's names."""
        found = []
        if self.value("text", name, "font-weight") in {"bold", "600", "700", "800", "900"}:
            found.append("Strong")
        if self.value("text", name, "font-style") in {"italic", "oblique"}:
            found.append("Emph")
        position = self.value("text", name, "text-position")
        if position.startswith("super") or re.match(r"[1-9]", position):
            found.append("Superscript")
        elif position.startswith(("sub", "-")):
            found.append("Subscript")
        return found

    def is_hidden(self, name: str) -> bool:
        return self.value("text", name, "display") == "none"

    def marker(self, name: str, level: int) -> _ListLevelStyle:
        return self._lists.get(name, {}).get(level) or _ListLevelStyle("", "", "", 1)


def local(name: Any) -> str:
    return etree.QName(name).localname if isinstance(name, str) else ""


def get(element: Any, name: str) -> str:
    """An attribute by its local name; "" where there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def _decoded(name: str) -> str:
    return _ENCODED.sub(lambda m: chr(int(m.group(1), 16)), name)
