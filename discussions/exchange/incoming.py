"""Files of annotations as they come in: our own W3C Web Annotations, and Hypothesis' JSON.

Pure: bytes in, a list of `Incoming` out, or `FileRefused` with what to do. Hypothesis writes two
forms: its API answers `{"total", "rows": […]}`, its client exports `{"export_date",
"annotations": […]}`; what is in the lists is the same.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

MAX_BYTES = 5 * 1024 * 1024  # two thousand annotations with long quotations are half of it
MAX_ANNOTATIONS = 2000
MAX_ORIGIN = 500  # characters of an IRI: what the column holds
_DEEPEST = 5  # a selector refined by a selector

Json = Mapping[str, Any]


class FileRefused(ValueError):
    """The file cannot be taken in; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that an annotation points at, with what its file knows of their place.

    `block` is a block's key, or "" where the file knows nothing of blocks; then `start`
    is of no use. Without `exact`, the whole block is meant.
    """

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    block: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class IncomingEnd:
    """One end of a link: what its file knows of the text, and the words in it."""

    source: str  # an IRI
    title: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def name(self) -> str:
        """What a reader knows the text by."""
        return self.title or self.source


@dataclass(frozen=True, slots=True)
class IncomingLink:
    """What an annotation of two texts has: where it begins, where it leads, and of what kind it
    is. The name is in the words of whoever wrote the file, the code of ours; either may be ""."""

    near: IncomingEnd
    far: IncomingEnd
    kind: str = ""
    code: str = ""

    @property
    def ends(self) -> tuple[IncomingEnd, IncomingEnd]:
        return self.near, self.far


@dataclass(frozen=True, slots=True)
class Incoming:
    """One annotation. `above` are the IRIs of what it replies to, the nearest first."""

    origin: str
    author: str
    place: str  # where it was written: “Hypothesis”, or a host's name
    written: datetime | None
    text: str = ""
    tags: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    is_question: bool = False
    link: IncomingLink | None = None


def read_annotations(data: bytes) -> list[Incoming]:
    """Return the annotations of a file in their order; raise FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileRefused(_("This file is larger than 5 MB. Export fewer annotations at a time."))
    rows, read = _annotation_rows(_json(data))
    if not rows:
        raise FileRefused(_("There are no annotations in this file."))
    if len(rows) > MAX_ANNOTATIONS:
        raise FileRefused(
            _(
                "There are %(count)d annotations in this file, and at most %(most)d can be "
                "taken in at once. Export fewer at a time."
            )
            % {"count": len(rows), "most": MAX_ANNOTATIONS}
        )
    found: dict[str, Incoming] = {}
    for number, row in enumerate(rows, 1):
        try:
            one = read(row)
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise FileRefused(_not_read(number, error)) from error
        found.setdefault(one.origin, one)
    return list(found.values())


class _Wrong(ValueError):
    """What is wrong with one annotation, in words."""


def _json(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FileRefused(_("This is no JSON file: it is not UTF-8 text.")) from error
    except json.JSONDecodeError as error:
        raise FileRefused(
            _(
                "This file is broken JSON: line %(line)d, column %(column)d: %(problem)s. "
                "Export it again; it may have been cut off."
            )
            % {"line": error.lineno, "column": error.colno, "problem": error.msg}
        ) from error
    except (RecursionError, ValueError) as error:
        raise FileRefused(_("This JSON file is not one of annotations.")) from error


def _not_read(number: int, error: Exception) -> str:
    """Say which annotation of a file cannot be read, and why where that can be told."""
    if isinstance(error, _Wrong):
        return _(
            "Annotation %(number)d of this file is not written as it should be: %(problem)s. "
            "Export the file again."
        ) % {"number": number, "problem": error}
    return _(
        "Annotation %(number)d of this file is not written as it should be. Export the file again."
    ) % {"number": number}


def _annotation_rows(whole: Any) -> tuple[list[Any], Any]:
    """Return the annotations of a file as they stand in it, and who reads one."""
    if isinstance(whole, dict):
        for name in ("rows", "annotations"):
            if isinstance(whole.get(name), list):
                return whole[name], _hypothesis
        first = whole.get("first")
        if isinstance(first, dict) and isinstance(first.get("items"), list):
            return first["items"], _web_annotation
        if isinstance(whole.get("items"), list):
            return whole["items"], _web_annotation
        if isinstance(first, str):
            raise FileRefused(
                _("This file is only the cover of a collection. Take the one with all annotations.")
            )
        if "target" in whole:
            return [whole], _hypothesis if "uri" in whole else _web_annotation
    if isinstance(whole, list):
        if not whole or not isinstance(whole[0], dict):
            return [], _hypothesis
        return whole, _hypothesis if "uri" in whole[0] else _web_annotation
    raise FileRefused(
        _(
            "This JSON file holds no annotations that can be read: it must be a Hypothesis "
            "export, or the file of Web Annotations that a reading gives."
        )
    )


# Hypothesis


def _hypothesis(row: Json) -> Incoming:
    references = [_text(one) for one in _list(row.get("references"))]
    user = _text(row.get("user"))
    known = row.get("user_info") or {}
    targets = [] if references else _list(row.get("target"))
    return Incoming(
        origin=_origin(f"https://hypothes.is/a/{_required(row, 'id')}"),
        author=_text(known.get("display_name")) or _account(user),
        place="Hypothesis",
        written=_time(row.get("created")),
        text=_text(row.get("text")),
        tags=tuple(_text(tag) for tag in _list(row.get("tags"))),
        above=tuple(f"https://hypothes.is/a/{one}" for one in reversed(references)),
        quotes=tuple(quote for target in targets for quote in _quotes(target, blocks=False)),
    )


def _account(user: str) -> str:
    """`acct:jane@hypothes.is` is Jane's account, not her address: the name alone is kept."""
    return user.removeprefix("acct:").partition("@")[0]


# Web Annotations


def _web_annotation(row: Json) -> Incoming:
    origin = _origin(_required(row, "id"))
    targets = _list(row.get("target"))
    if not targets:
        raise _Wrong(_("it has no target"))
    motives = {_text(one) for one in _list(row.get("motivation"))}
    creator = next(iter(_list(row.get("creator"))), "")
    bodies = [body for body in _list(row.get("body")) if isinstance(body, dict)]
    tags = [body for body in bodies if "tagging" in _list(body.get("purpose"))]
    parent = _address(targets[0]) if "replying" in motives else ""
    kinds = [body for body in bodies if "classifying" in _list(body.get("purpose"))]
    link = None if parent else _link(targets, kinds)
    silent = [*tags, *kinds] if link else tags
    return Incoming(
        origin=origin,
        author=_text(creator.get("name")) if isinstance(creator, dict) else "",
        place=_host(origin),
        written=_time(row.get("created")),
        text="\n\n".join(_words(body) for body in bodies if body not in silent)
        or _text(row.get("bodyValue")),
        tags=tuple(_text(tag.get("value")) for tag in tags),
        above=(parent,) if parent else (),
        quotes=()
        if parent
        else tuple(quote for target in targets for quote in _quotes(target, blocks=True)),
        is_question="questioning" in motives,
        link=link,
    )


def _link(targets: Sequence[Any], kinds: Sequence[Json]) -> IncomingLink | None:
    """Return what joins two texts, where the targets are in two; the first is where it begins,
    if nothing says otherwise."""
    ends: dict[str, list[Any]] = {}
    for target in targets:
        ends.setdefault(_source(target), []).append(target)
    if len(ends) != 2 or "" in ends:
        return None
    near, far = (
        IncomingEnd(
            source,
            next(filter(None, map(_title, there)), ""),
            tuple(quote for target in there for quote in _quotes(target, blocks=True)),
        )
        for source, there in ends.items()
    )
    kind = kinds[0] if kinds else {}
    if _address(kind.get("rdf:subject")) == far.source:
        near, far = far, near
    return IncomingLink(near, far, _words(kind), _text(kind.get("schema:identifier")).strip())


def _source(target: Any) -> str:
    """The IRI of the text that a target is in."""
    source = target.get("source") if isinstance(target, dict) else None
    return _address(source or target)


def _title(target: Any) -> str:
    """What a target says that its text is called."""
    if not isinstance(target, dict):
        return ""
    for described in (target.get("schema:isPartOf"), target.get("source"), target):
        if isinstance(described, dict) and (name := _text(described.get("schema:name"))):
            return " ".join(name.split())
    return ""


def _address(target: Any) -> str:
    if isinstance(target, dict):
        return _text(target.get("id") or target.get("source"))
    return _text(target)


def _words(body: Json) -> str:
    """A body's words; of HTML, what is left without its tags."""
    words = _text(body.get("value"))
    if _text(body.get("format")).startswith("text/html"):
        words = unescape(re.sub(r"<[^>]*>", "", re.sub(r"</p>|<br[^>]*>", "\n", words)))
    return words.strip()


def _host(iri: str) -> str:
    found = re.match(r"https?://([^/:?#]+)", iri)
    return found[1] if found else ""


# Places


def _quotes(target: Any, *, blocks: bool) -> Iterator[Quote]:
    """Yield the words that a target names, or its block; nothing for a whole page."""
    if not isinstance(target, dict):
        return
    found: dict[str, Any] = {}
    for selector in _selectors(target.get("selector"), 0):
        found.setdefault(_text(selector.get("type")), selector)
    quote = found.get("TextQuoteSelector", {})
    fragment = _text(found.get("FragmentSelector", {}).get("value")) if blocks else ""
    block = fragment.removeprefix("b-") if fragment.startswith("b-") else ""
    if not quote and not block:
        return
    start = found.get("TextPositionSelector", {}).get("start")
    yield Quote(
        exact=_text(quote.get("exact")),
        prefix=_text(quote.get("prefix")),
        suffix=_text(quote.get("suffix")),
        block=block,
        start=start if isinstance(start, int) and 0 <= start < 2**31 else 0,
    )


def _selectors(value: Any, depth: int) -> Iterator[Json]:
    for selector in _list(value):
        if isinstance(selector, dict) and depth < _DEEPEST:
            yield selector
            yield from _selectors(selector.get("refinedBy"), depth + 1)


# Values


def _list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    """A string that a database takes; anything else than a string is none."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode().replace("\r\n", "\n")


def _required(row: Json, name: str) -> str:
    if not isinstance(row, dict):
        raise _Wrong(_("it is no object"))
    value = _text(row.get(name)).strip()
    if not value:
        raise _Wrong(_("it has no %(name)s") % {"name": name})
    return value


def _origin(iri: str) -> str:
    if len(iri) > MAX_ORIGIN:
        raise _Wrong(_("its id is longer than %(most)d characters") % {"most": MAX_ORIGIN})
    return iri


def _time(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(_text(value))
    except ValueError:
        return None
