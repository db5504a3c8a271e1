"""An EPUB's package: which files make the book, in which order, and what it says of itself."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from documents.containers import Container
from documents.dates import date_of
from documents.document import Metadata
from documents.language import normal_code
from documents.messages import gettext_lazy as _
from documents.messages import ngettext_lazy
from documents.names import authors_in, is_name
from documents.parsed import ParseWarning, shortened
from documents.readers.office.properties import parse_xml
from documents.readers.web.tree import Element, text_of
from documents.refusal import ImportRefused

_MOST_CHAPTERS = 1000


@dataclass
class Book:
    """A book's package: where it is, what it holds, and in which order.

    `apart` says what a whole file is (contents, cover); `contents` at which
    places in a file its list of contents begins.
    """

    folder: str
    root: Element
    files: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)
    apart: dict[str, set[str]] = field(default_factory=dict)
    contents: dict[str, set[str]] = field(default_factory=dict)
    warnings: list[ParseWarning] = field(default_factory=list)


def book_in(container: Container) -> Book:
    """The package of a book; what it names and does not hold is said.

    Raises ImportRefused where there is no order to read it in.
    """
    broken = ImportRefused(
        "damaged",
        _("This EPUB has no table of its own contents, so its text cannot be put in order."),
        _("Open it in the program that made it, save it again, and try that one."),
    )
    book = _package(container)
    if book is None:
        raise broken
    missing = []
    for one in book.root.iter("{*}itemref"):
        given = book.files.get(one.get("idref", ""), "")
        name = _held(given, container)
        if name and name not in book.spine:
            book.spine.append(name)
        elif not name:
            missing.append(given or one.get("idref", "") or "?")
    for one in book.root.iter("{*}reference"):
        path, _hash, place = one.get("href", "").partition("#")
        name, kind = path_in(book.folder, path), one.get("type", "").lower()
        if place and kind == "toc":
            book.contents.setdefault(name, set()).add(unquote(place))
        elif not place:
            book.apart.setdefault(name, set()).add(kind)
    if not book.spine:
        raise broken
    _warn(book, missing)
    return book


def _package(container: Container) -> Book | None:
    root = (
        parse_xml(container.markup("META-INF/container.xml"))
        if "META-INF/container.xml" in container
        else None
    )
    path = (
        next((one.get("full-path", "") for one in root.iter("{*}rootfile")), "")
        if root is not None
        else ""
    )
    path = path or next((name for name in container.names if name.endswith(".opf")), "")
    package = parse_xml(container.markup(path)) if path in container else None
    if package is None:
        return None
    book = Book(posixpath.dirname(path), package)
    for item in package.iter("{*}manifest"):
        for one in item.iter("{*}item"):
            name = path_in(book.folder, one.get("href", ""))
            book.files[one.get("id", "")] = name
            book.properties[_held(name, container) or name] = one.get("properties", "")
    return book


def _held(name: str, container: Container) -> str:
    """The name under which a file is there: programs write case and %20 as they like."""
    if not name or name in container:
        return name
    plain = unquote(name).casefold()
    alike = [one for one in container.names if unquote(one).casefold() == plain]
    last = posixpath.basename(plain)
    alike = alike or [
        one for one in container.names if posixpath.basename(unquote(one)).casefold() == last
    ]
    return alike[0] if len(alike) == 1 else ""


def _warn(book: Book, missing: list[str]) -> None:
    for name in missing:
        message = _(
            "A chapter of the book is not in the file (%(name)s): compare the book.",
            name=shortened(name, 60),
        )
        book.warnings.append(ParseWarning("missing_chapter", None, message))
    more = len(book.spine) - _MOST_CHAPTERS
    if more > 0:
        del book.spine[_MOST_CHAPTERS:]
        message = ngettext_lazy(
            "The book has too many files: %(count)s at its end was left out.",
            "The book has too many files: %(count)s at its end were left out.",
            more,
        )
        book.warnings.append(ParseWarning("missing_chapter", None, message))


def path_in(folder: str, href: str) -> str:
    """Where a link of a file in that folder leads."""
    return posixpath.normpath(posixpath.join(folder, unquote(href)))


def book_metadata(package: Element) -> Metadata:
    """Dublin Core: title, creators, date, publisher, language, rights."""
    found: dict[str, list[Element]] = {}
    refined: dict[str, dict[str, list[str]]] = {}
    for element in package.iter("{http://purl.org/dc/elements/1.1/}*"):
        if isinstance(element.tag, str) and text_of(element):
            found.setdefault(etree.QName(element).localname, []).append(element)
    for element in package.iter("{*}meta"):
        if element.get("refines"):
            target = refined.setdefault(element.get("refines", "").lstrip("#"), {})
            target.setdefault(element.get("property", ""), []).append(text_of(element))

    def refinements(element: Element, name: str) -> list[str]:
        return refined.get(element.get("id") or "", {}).get(name, [])

    def is_author(element: Element) -> bool:
        own = element.get("{http://www.idpf.org/2007/opf}role")
        roles = refinements(element, "role") or ([own] if own else [])
        # One who also drew the pictures is the author still.
        return not roles or "aut" in roles

    titles = found.get("title", [])
    kinds = {
        kind: text_of(one)
        for one in reversed(titles)
        for kind in refinements(one, "title-type") or [""]
    }
    main = kinds.get("main") or (text_of(titles[0]) if titles else "")
    people = tuple(
        name for one in found.get("creator", []) if is_author(one) for name in _people(text_of(one))
    )
    dates = [text_of(one) for one in found.get("date", [])]
    published = next(
        (d for one in dates if (d := date_of(one[:10]) or date_of(one[:7]) or date_of(one[:4]))), ""
    )
    language = next(
        (code for one in found.get("language", []) if (code := normal_code(text_of(one)))), ""
    )
    return Metadata(
        title="" if main.lower() in {"untitled", "unknown"} else main,
        subtitle=kinds.get("subtitle", ""),
        authors=people,
        venue=next((text_of(one) for one in found.get("publisher", [])), ""),
        published=published,
        language=language,
        licence=next((text_of(one) for one in found.get("rights", [])), ""),
    )


def _people(value: str) -> tuple[str, ...]:
    if value.lower() in {"unknown", "anonymous", "calibre"}:
        return ()
    if value.count(",") == 1:
        last, first = (part.strip() for part in value.split(","))
        if is_name(f"{first} {last}") and not is_name(last):
            return (f"{first} {last}",)
    return authors_in(value) or (value,)
