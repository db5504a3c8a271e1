"""The bibliography that a LaTeX text holds itself, with the numbers that its citations print."""

from __future__ import annotations

import re

_LIST = re.compile(
    r"\\begin\s*\{thebibliography\}\s*(?:\{[^{}]*\})?(?P<items>.*?)\\end\s*\{thebibliography\}",
    re.DOTALL,
)
_ITEM = re.compile(
    r"\\bibitem\s*(?:\[(?P<label>(?:[^\[\]{}]|\{[^{}]*\})*)\])?\s*\{(?P<key>[^{}]*)\}"
)
_CITATION = re.compile(r"\\cite\s*(?:\[(?P<where>[^\[\]]*)\])?\s*\{(?P<keys>[^{}]*)\}")


def with_bibliography(text: str) -> str:
    """The list under a heading, each work with its number, and `\\cite` as that number."""
    found = _LIST.search(text)
    if found is None:
        return text
    labels: dict[str, str] = {}
    out: list[str] = []
    items = found["items"]
    matches = list(_ITEM.finditer(items))
    for n, match in enumerate(matches, 1):
        label = labels[match["key"].strip()] = (match["label"] or str(n)).strip()
        end = matches[n].start() if n < len(matches) else len(items)
        out.append(f"\n\n{{[}}{label}{{]}} {items[match.end() : end].strip()}")
    heading = "\n\n\\section*{References}"
    whole = f"{text[: found.start()]}{heading}{''.join(out)}\n\n{text[found.end() :]}"

    def numbered(match: re.Match[str]) -> str:
        keys = [key.strip() for key in match["keys"].split(",")]
        if not all(key in labels for key in keys):
            return match.group()
        words = ", ".join(labels[key] for key in keys)
        words += f", {match['where']}" if match["where"] else ""
        return f"{{[}}{words}{{]}}"

    return _CITATION.sub(numbered, whole)
