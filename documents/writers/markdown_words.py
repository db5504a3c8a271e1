"""Inline content as Markdown, safe wherever it stands in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from documents.document import NoteRef
from documents.writers.inline import Token, tokens

_SYNTAX = re.compile(r"[\\`*_\[\]<>|~^{]|&(?=#?\w+;)")
_STARTS = re.compile(r"(?=[#>+\-=:%])")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_DELIMITERS = {"em": "*", "strong": "**"}
# An address that needs no angle brackets around it, and nothing in it escaped.
_PLAIN_ADDRESS = re.compile(r"[\w:/.?=%#;,~+@-]+", re.ASCII)
# Between two delimiters that would be read as one.
_NOTHING = "<!-- -->"


def escaped(text: str) -> str:
    """Return `text` with a backslash before whatever Markdown would take for a delimiter."""
    return _SYNTAX.sub(r"\\\g<0>", text)


def safe_start(line: str) -> str:
    """Return `line` with what would make a heading, a list or a quotation of it escaped."""
    return _NUMBER.sub(r"\1\\\2", line, count=1) if line[:1].isdigit() else _escaped_start(line)


def _escaped_start(line: str) -> str:
    return f"\\{line}" if _STARTS.match(line) else line


def div(name: str, words: str) -> str:
    """Return a fenced div of this name: for what Markdown has no delimiter of its own for."""
    return f"::: {name}\n{words}\n:::"


def words_of(html: str, refs: Iterable[NoteRef] = (), *, lines: bool = False) -> str:
    """Return inline HTML as one line of Markdown; with `lines`, a line for each line of verse."""
    return markdown_of(tokens(html, refs), lines=lines)


def markdown_of(found: Sequence[Token], *, lines: bool = False) -> str:
    """The same for tokens already read."""
    frames: list[tuple[Token, list[str]]] = [(Token("open"), [])]
    after_break = False
    for n, token in enumerate(found):
        out = frames[-1][1]
        if token.kind == "text":
            text = token.text.lstrip() if after_break else token.text
            out.append(_text(text, found[n - 1] if n else None, found[n + 1 : n + 2]))
        elif token.kind == "note":
            glue = _NOTHING if _end(frames).endswith("]") else ""
            out.append(f"{glue}[^{label(token.name)}]")
        elif token.kind == "void":
            out.append(_void(token, lines=lines))
        elif token.kind == "open":
            frames.append((token, []))
        elif len(frames) > 1:
            opened, inside = frames.pop()
            frames[-1][1].append(_wrapped(opened, "".join(inside), _end(frames)))
        after_break = (token.kind == "void" and token.name == "br") or (
            after_break and token.kind in {"open", "close", "note"}
        )
    while len(frames) > 1:
        opened, inside = frames.pop()
        frames[-1][1].append(_wrapped(opened, "".join(inside), _end(frames)))
    whole = "".join(frames[0][1])
    return "\n".join(safe_start(line) for line in whole.split("\n")) if lines else whole


def _text(text: str, before: Token | None, after: Sequence[Token]) -> str:
    words = escaped(text)
    if before and before.kind == "note" and words[:1] in {"(", ":"}:
        words = f"\\{words}"
    # An exclamation mark before a bracket begins a picture.
    if words.endswith("!") and after and after[0].kind in {"note", "open"}:
        words = f"{words[:-1]}\\!"
    return words


def label(number: str) -> str:
    """A note's number as it may stand in a label."""
    return re.sub(r"[^\w-]", lambda found: f"-{ord(found.group()):x}", number)


def _end(frames: Sequence[tuple[Token, list[str]]]) -> str:
    """What was written last, for what may not touch it."""
    for _, parts in reversed(frames):
        for part in reversed(parts):
            if part:
                return part
    return ""


def _void(token: Token, *, lines: bool) -> str:
    if token.name == "br":
        return "\\\n" if lines else "<br>"
    return f"![{escaped(token.get('alt'))}]({_address(token.get('src'))})"


def _wrapped(token: Token, inside: str, before: str) -> str:
    if not inside:
        return ""
    delimiter = _DELIMITERS.get(token.name, "")
    # A delimiter beside white space or punctuation may mean nothing, or the other end.
    if delimiter and inside[0].isalnum() and inside[-1].isalnum() and not before.endswith("*"):
        return f"{delimiter}{inside}{delimiter}"
    if token.name == "a" and token.get("href") and inside == inside.strip():
        return f"[{inside}]({_address(token.get('href'))})"
    attrs = "".join(f' {name}="{_attribute(value)}"' for name, value in token.attrs)
    return f"<{token.name}{attrs}>{inside}</{token.name}>"


def _address(address: str) -> str:
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    return "<" + re.sub(r"[\\<>&]", r"\\\g<0>", address) + ">"


def _attribute(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
