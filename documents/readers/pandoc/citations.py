"""Citations of a bibliography as a reader sees them, where pandoc keeps only their source."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]


def cited(content: Any, *, in_brackets: bool = False) -> list[Node]:
    """The inlines of a Cite: what is printed, or what its source says, in brackets.

    `\\cite[p. 3]{mill1859}` is [mill1859, p. 3]; the journal's own “1” stays. `in_brackets`
    says that the author has opened some.
    """
    citations, inlines = content
    if not _is_source(inlines):
        return list(inlines)
    if citations and citations[0]["citationMode"]["t"] == "AuthorInText":
        first, *others = citations
        suffix = _spaced("", first["citationSuffix"])
        words = [_word(first["citationId"])]
        if suffix or others:
            inner = [*suffix, *_several(others, "; " if suffix else "")]
            words += [_word(" ["), *inner, _word("]")]
        return words
    words = _several(citations, "")
    return words if in_brackets else [_word("["), *words, _word("]")]


def _is_source(inlines: list[Node]) -> bool:
    if not inlines:
        return True
    if all(one.get("t") == "RawInline" for one in inlines):
        return True
    first = inlines[0]
    return first.get("t") == "Str" and str(first["c"]).startswith(("[cite:", "[cite/", "[@", "@"))


def _several(citations: list[Node], glue: str) -> list[Node]:
    out: list[Node] = []
    for one in citations:
        if glue:
            out.append(_word(glue))
        glue = "; "
        if one["citationPrefix"]:
            out += [*one["citationPrefix"], _word(" ")]
        out.append(_word(one["citationId"]))
        out += _spaced(", ", one["citationSuffix"])
    return out


def _spaced(lead: str, suffix: list[Node]) -> list[Node]:
    """The words behind a citation, after a comma where they bring none."""
    words = [one for n, one in enumerate(suffix) if n or one.get("t") != "Space"]
    if not words:
        return []
    own = words[0].get("t") == "Str" and str(words[0]["c"])[:1] in ",;:"
    return [*([_word(lead)] if lead and not own else []), *words]


def _word(text: str) -> Node:
    return {"t": "Str", "c": text}
