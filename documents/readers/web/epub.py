"""An EPUB as a parsed document: its chapters in the order of the spine, as one page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace as replaced
from urllib.parse import unquote

from lxml import etree

from documents.containers import Container
from documents.dates import date_of
from documents.document import Metadata
from documents.encoding import clean, decode
from documents.messages import gettext_lazy as _
from documents.names import authors_in
from documents.parsed import ParsedDocument
from documents.pictures import PictureBox
from documents.readers.office.properties import parse_xml
from documents.readers.pandoc.placeholders import pandoc_page
from documents.readers.pandoc.tree import TreeReader
from documents.readers.web.epub_package import Book, book_in, book_metadata, path_in
from documents.readers.web.etexts import mark_etext
from documents.readers.web.notes import bind_notes
from documents.readers.web.styles import apply_styles
from documents.readers.web.tidy import tidy
from documents.readers.web.tree import (
    HEADS,
    Element,
    drop,
    linked_share,
    made,
    names_of,
    parse_page,
    parse_xhtml,
    replace,
    roles_of,
    text_of,
    written,
)
from documents.refusal import ImportRefused

# What stands in a book and is not its text.
_APART = {
    "toc",
    "landmarks",
    "page-list",
    "loi",
    "lot",
    "cover",
    "doc-toc",
    "doc-cover",
    "doc-pagelist",
    "index",
}
_PAGES = {"titlepage", "title-page", "halftitlepage", "halftitle"}
_IMPRINT = {"copyright-page", "copyright", "imprint", "colophon", "imprimatur"}
# The lines of a title page by their classes → Word's names for the same.
_STYLES = {"subtitle": "Subtitle", "author": "Author", "date": "Date"}
_GONE = {"script", "style", "template", "iframe", "object", "form", "link"}
_PARTS = {"section", "div", "aside", "ol", "ul"}
_PAGE_BREAKS = {"pagebreak", "doc-pagebreak"}
_FONTS = re.compile(r"\.(?:ttf|otf|woff2?|eot)$", re.IGNORECASE)
# Contents are links for the most part; a cover says less than this.
_LINKED = 0.5
_LONGEST_COVER = 300
# What nothing says to be contents is links to so many files, and hardly anything else.
_FEWEST_CHAPTERS, _MOSTLY_LINKED = 3, 0.7
# An imprint is short, and one of its lines begins so.
_LONGEST_IMPRINT = 2_500
_OF_IMPRINT = re.compile(
    r"\s*(?:e?-?ISBN\b|©|\(c\)\s*\d{4}|copyright\s+(?:©|\(c\)|by\b|\d{4}))", re.IGNORECASE
)
_OBFUSCATED = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read_epub(container: Container) -> ParsedDocument:
    """Blocks, notes, pictures and Dublin Core's metadata of a book.

    Raises ImportRefused for a book that is locked or has no text.
    """
    _check_unlocked(container)
    book = book_in(container)
    metadata = book_metadata(book.root)
    whole = made("html")
    body = etree.SubElement(whole, "body")
    late: list[Element] = []
    for number, name in enumerate(book.spine):
        chapter = _chapter(container, book, name, number)
        if chapter is not None:
            (late if _is_imprint(chapter, book, name) else body).append(chapter)
    for one in late:
        body.append(_as_boilerplate(one))
    mark_etext(whole)
    bind_notes(whole)
    apply_styles(body, _sheets(container, book))
    _without_apart(body, metadata)
    tidy(body, metadata.language)

    def find(address: str) -> bytes | None:
        return container.find(unquote(address))

    reader = TreeReader("epub", PictureBox(find), metadata)
    tree = pandoc_page(written(whole).replace("\u00ad", ""))
    if metadata.title:
        tree["meta"] = {"title": {"t": "MetaString", "c": metadata.title}}
    parsed = reader.read(tree)
    return replaced(parsed, warnings=(*parsed.warnings, *book.warnings))


def _check_unlocked(container: Container) -> None:
    locked = ImportRefused(
        "drm",
        _("This book is locked by its shop (DRM), so nobody but its own program can read it."),
        _("Ask the publisher or the library for a copy without a lock."),
    )
    if "META-INF/rights.xml" in container or "META-INF/sinf.xml" in container:
        raise locked
    if "META-INF/encryption.xml" not in container:
        return
    root = parse_xml(container.markup("META-INF/encryption.xml"))
    for data in root.iter("{*}EncryptedData") if root is not None else ():
        method = data.find(".//{*}EncryptionMethod")
        reference = data.find(".//{*}CipherReference")
        way = "" if method is None else method.get("Algorithm", "")
        what = "" if reference is None else reference.get("URI", "")
        if way not in _OBFUSCATED and not _FONTS.search(what):
            raise locked


def _chapter(container: Container, book: Book, name: str, number: int) -> Element | None:
    """One file of the book as a division; its links and pictures named for the whole book."""
    if not _is_text(name):
        return None
    text, _ = clean(decode(container.markup(name))[0])
    root = parse_xhtml(text)
    root = parse_page(text) if root is None else root
    body = root if root.tag == "body" else root.find(".//body")
    if body is None:
        return None
    if _is_apart(book, name, body):
        return None
    _drop_contents(body, book.contents.get(name, ()))
    _name_for_all(body, book, name, number)
    body.tag = "div"
    body.set("id", f"f{number}")
    return body


def _is_imprint(chapter: Element, book: Book, name: str) -> bool:
    """Whether a file says who made the book and when, as the book says or its words do."""
    if _roles(chapter, book, name) & _IMPRINT:
        return True
    words = text_of(chapter)
    return len(words) < _LONGEST_IMPRINT and any(
        _OF_IMPRINT.match(text_of(one)) for one in chapter.iter("p", "div", "li", *HEADS)
    )


def _as_boilerplate(chapter: Element) -> Element:
    """An imprint, none of whose lines heads a part of the text."""
    for element in chapter.iter(*HEADS):
        element.tag = "p"
    chapter.set("class", "boilerplate")
    return chapter


def _is_apart(book: Book, name: str, body: Element) -> bool:
    """Whether a whole file is contents or cover: what the book says so of may hold text too."""
    said = book.apart.get(name, set())
    if _lists_chapters(book, name, body):
        return True
    if "nav" in book.properties.get(name, "").split():
        return not _longest(body)
    if "toc" in said:
        return linked_share(body) > _LINKED
    return "cover" in said and len(text_of(body)) < _LONGEST_COVER


def _lists_chapters(book: Book, name: str, body: Element) -> bool:
    """Whether a file is little more than links to others of the book, though nothing says so."""
    folder = posixpath.dirname(name)
    targets = {
        path_in(folder, (link.get("href") or "").partition("#")[0]) for link in body.iter("a")
    }
    others = (targets & set(book.spine)) - {name}
    # Neither its own heading nor dots and page numbers are text beside the links.
    words = _letters(body) - sum(map(_letters, body.iter(*HEADS)))
    linked = sum(_letters(link) for link in body.iter("a") if link.get("href"))
    return len(others) >= _FEWEST_CHAPTERS and linked > _MOSTLY_LINKED * words


def _letters(element: Element) -> int:
    return sum(map(str.isalpha, text_of(element)))


def _longest(body: Element) -> bool:
    """Whether a paragraph of the text stands beside the list of contents."""
    return any(
        len(text_of(p)) > _LONGEST_COVER and linked_share(p) < _LINKED for p in body.iter("p")
    )


def _drop_contents(body: Element, places: Iterable[str]) -> None:
    """The list of contents that begins at a place in a file, up to what is no list of links."""
    for place in places:
        found = next(
            (one for one in body.iter() if place in {one.get("id"), one.get("name")}), None
        )
        if found is None or found is body:
            continue
        if found.tag not in HEADS and text_of(found):
            if linked_share(found) > _LINKED:
                drop(found)
            continue
        for one in list(found.itersiblings()):
            if one.tag in HEADS or (text_of(one) and linked_share(one) <= _LINKED):
                break
            drop(one)
        drop(found)


def _name_for_all(body: Element, book: Book, name: str, number: int) -> None:
    """Places and links as they are called in the whole book, pictures by their paths in it."""
    files = {file: index for index, file in enumerate(book.spine)}
    folder = posixpath.dirname(name)
    for element in body.iter():
        for attribute in ("id", "name"):
            if element.get(attribute):
                element.set(attribute, f"f{number}-{element.get(attribute)}")
        if element.get("href") and element.tag == "a":
            element.set("href", _address(element.get("href"), name, folder, files))
        for attribute in ("src", "href"):
            value = element.get(attribute)
            if element.tag in {"img", "image"} and value and not re.match(r"[a-z]+:", value):
                element.set(attribute, path_in(folder, value))


def _sheets(container: Container, book: Book) -> list[str]:
    """The book's style sheets, in the order of its list of files."""
    names = [name for name in book.files.values() if name.lower().endswith(".css")]
    return [clean(decode(data)[0])[0] for name in names if (data := container.find(name))]


def _is_text(name: str) -> bool:
    return not name.lower().endswith(
        (".svg", ".png", ".jpg", ".jpeg", ".gif", ".css", ".ncx", ".js")
    )


def _address(href: str, name: str, folder: str, files: dict[str, int]) -> str:
    if re.match(r"[A-Za-z][\w+.-]*:", href):
        return href
    path, _, place = href.partition("#")
    target = path_in(folder, path) if path else name
    return f"#f{files[target]}-{place}" if target in files and place else "#"


def _roles(chapter: Element, book: Book, name: str) -> set[str]:
    inner = [chapter, *(one for one in chapter if len(chapter) == 1)]
    return {role for one in inner for role in roles_of(one)} | book.apart.get(name, set())


def _without_apart(body: Element, metadata: Metadata) -> None:
    """Without contents, cover, and the title page that says no more than the metadata."""
    for element in list(body.iterdescendants()):
        if element.getparent() is not None and _is_no_text(element):
            drop(element)
    for element in list(body.iter("div", "section")):
        if element.getparent() is not None and roles_of(element) & _PAGES:
            _drop_known(element, metadata)
    for chapter in list(body):
        if chapter.get("data-note-body") is None and _is_title_page(chapter, metadata):
            drop(chapter)


def _is_no_text(element: Element) -> bool:
    if element.tag in _GONE or element.tag == "nav":
        return True
    roles = roles_of(element)
    return bool(roles & _PAGE_BREAKS) or (element.tag in _PARTS and bool(roles & _APART))


def _drop_known(page: Element, metadata: Metadata) -> None:
    """The lines of a title page that say what is known; what it says besides stays."""
    for element in list(page.iter("h1", "h2", "h3", "h4", "p", "div", "span")):
        inner = any(True for _ in element.iterdescendants("p", "div", "h1", "h2", "h3"))
        if element.getparent() is None or inner or "abstract" in names_of(element):
            continue
        style = next((s for name, s in _STYLES.items() if name in roles_of(element)), "")
        if style and element is not page:
            element.tag = "p"
            division = made("div", data_custom_style=style)
            replace(element, division)
            element.tail = None
            division.append(element)
        elif text_of(element) and _is_known(text_of(element), metadata):
            drop(element)


def _is_title_page(chapter: Element, metadata: Metadata) -> bool:
    words = text_of(chapter)
    if not words:
        # A cover: one picture and nothing said.
        first = chapter is chapter.getparent()[0]
        return "cover" in names_of(chapter) or (first and len(list(chapter.iter("img"))) == 1)
    short = len(words) < 600 and not any(len(text_of(p)) > 250 for p in chapter.iter("p"))
    return short and _says(chapter, metadata) and chapter is not chapter.getparent()[-1]


def _says(page: Element, metadata: Metadata) -> bool:
    """Whether a page says only what is known: title, subtitle, people, publisher, date."""
    return all(_is_known(line, metadata) for line in _lines(page))


def _is_known(line: str, metadata: Metadata) -> bool:
    refinement = (metadata.title, metadata.subtitle, *metadata.authors, metadata.venue)
    known = " ".join([*refinement, metadata.published, metadata.licence]).casefold()
    title = metadata.title.casefold()
    plain = line.casefold().strip(" .,:;–—-")
    whole = bool(title) and title in plain and len(plain) < len(title) + 20
    return plain in known or whole or bool(date_of(line)) or bool(authors_in(line))


def _lines(page: Element) -> Iterator[str]:
    for element in page.iter("h1", "h2", "h3", "h4", "p", "div", "span"):
        inner = any(True for _ in element.iterdescendants("p", "div", "h1", "h2", "h3"))
        own = element.tag != "span" or element.getparent().tag == "div"
        if own and not inner:
            yield text_of(element)
