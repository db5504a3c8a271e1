"""Books: the spine in order, notes over files, nothing that is only of the book."""

from __future__ import annotations

import pytest

from documents import Document, ImportRefused, import_document
from tests.documents.containers import changed, epub, part, zipped
from tests.documents.helpers import BODY, MORE, shape, texts, warnings
from tests.readings.pictures import picture_bytes

CREATOR = (
    '<dc:creator id="a">Ada Ferrer</dc:creator><dc:publisher>Quay Press</dc:publisher>'
    "<dc:date>2019-05-02</dc:date><dc:rights>CC BY 4.0</dc:rights>"
)
CHAPTERS = {
    "cover.xhtml": '<div epub:type="cover"><img src="cover.png" alt="Cover"/></div>',
    "title.xhtml": '<section epub:type="titlepage"><h1>On Harbours</h1><p>Ada Ferrer</p>'
    "<p>Quay Press</p></section>",
    "nav.xhtml": '<nav epub:type="toc"><ol><li><a href="one.xhtml">One</a></li></ol></nav>',
    "one.xhtml": f'<h1>One</h1><p>{BODY}<a epub:type="noteref" href="notes.xhtml#n1" id="r1">1</a>'
    '</p><figure><img src="img/q%20y.png" alt="A quay."/>'
    "<figcaption>The quay</figcaption></figure>"
    '<span epub:type="pagebreak" id="p2">2</span>',
    "two.xhtml": f'<h1>Two</h1><p>{MORE}<a epub:type="noteref" href="#n2">2</a></p>'
    '<aside epub:type="footnote" id="n2" hidden="hidden"><p>A note in its place.</p></aside>',
    "notes.xhtml": '<section epub:type="endnotes"><h2>Notes</h2><ol><li id="n1"><p>A note at the '
    'end. <a href="one.xhtml#r1" role="doc-backlink">↩</a></p></li></ol></section>',
}


def test_a_book_is_its_text() -> None:
    parts = {"book/img/q y.png": picture_bytes(), "book/cover.png": picture_bytes("PNG", (9, 9))}
    document = import_document(epub(CHAPTERS, CREATOR, parts), "book.epub")
    assert shape(document) == [
        ("heading", 1, "On Harbours"),
        ("heading", 2, "One"),
        ("paragraph", None, BODY),
        ("figure", None, "The quay"),
        ("heading", 2, "Two"),
        ("paragraph", None, MORE),
    ]
    assert [(note.number, note.text) for note in document.notes] == [
        ("1", "A note at the end."),
        ("2", "A note in its place."),
    ]
    assert [(r.number, r.offset) for b in document.blocks for r in b.note_refs] == [
        ("1", len(BODY)),
        ("2", len(MORE)),
    ]
    data = document.metadata
    assert (data.title, data.authors, data.venue) == ("On Harbours", ("Ada Ferrer",), "Quay Press")
    assert (data.published, data.language, data.licence) == ("2019-05-02", "en", "CC BY 4.0")
    assert [picture.data for picture in document.pictures] == [picture_bytes()]


def test_self_closing_anchors_do_not_swallow_the_text() -> None:
    chapters = {"a.xhtml": f'<h1>One</h1><p><a id="x"/>{BODY} caf&eacute;&nbsp;!</p><p>{MORE}</p>'}
    document = import_document(epub(chapters), "book.epub")
    assert [text for kind, _, text in shape(document) if kind == "paragraph"] == [
        f"{BODY} café\u00a0!",
        MORE,
    ]


def encryption(what: str, way: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": "<encryption "
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{way}"/><e:CipherData><e:CipherReference URI="{what}"/>'
        "</e:CipherData></e:EncryptedData></encryption>"
    }


def test_a_locked_book_is_refused() -> None:
    aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    for parts in (encryption("book/one.xhtml", aes), {"META-INF/rights.xml": "<rights/>"}):
        with pytest.raises(ImportRefused) as caught:
            import_document(epub(CHAPTERS, CREATOR, parts), "book.epub")
        assert caught.value.code == "drm"


def test_locked_fonts_do_no_harm() -> None:
    parts = encryption("book/f.otf", "http://www.idpf.org/2008/embedding")
    assert import_document(epub(CHAPTERS, CREATOR, parts), "book.epub").blocks


def test_a_book_without_its_package() -> None:
    with pytest.raises(ImportRefused) as caught:
        import_document(zipped({"mimetype": "application/epub+zip"}), "book.epub")
    assert caught.value.code == "damaged"


def read_book(chapters: dict[str, str], package: tuple[str, str] = ("", "")) -> Document:
    """A book, its package with one piece changed for another."""
    data = epub(chapters)
    own = part(data, "book/package.opf")
    assert package[0] in own
    return import_document(changed(data, {"book/package.opf": own.replace(*package, 1)}), "b.epub")


def test_a_file_that_also_holds_the_contents_is_read() -> None:
    contents = '<h2 id="toc">Contents</h2><p><a href="#one">One</a></p><p><a href="#x">Two</a></p>'
    chapters = {"a.xhtml": f'{contents}<h2 id="one">One</h2><p>{BODY}</p><p>{MORE}</p>'}
    for href in ("a.xhtml#toc", "a.xhtml"):
        guide = f'</spine><guide><reference type="toc" href="{href}"/></guide>'
        document = read_book(chapters, ("</spine>", guide))
        assert shape(document)[-3:] == [
            ("heading", 2, "One"),
            ("paragraph", None, BODY),
            ("paragraph", None, MORE),
        ]
        assert ("heading", 2, "Contents") not in shape(document) or "#" not in href


def test_a_chapter_of_another_name_is_found_and_a_missing_one_is_said() -> None:
    chapters = {"One 1.xhtml": f"<h2>One</h2><p>{BODY}</p>", "two.xhtml": f"<p>{MORE}</p>"}
    document = read_book(chapters, ('href="One 1.xhtml"', 'href="one%201.XHTML"'))
    assert BODY in texts(document)
    assert not document.warnings
    document = read_book(chapters, ('href="One 1.xhtml"', 'href="gone.xhtml"'))
    assert MORE in texts(document)
    assert warnings(document) == ["missing_chapter"]
    assert "book/gone.xhtml" in str(document.warnings[0].message)


def test_an_author_who_also_drew_is_the_author() -> None:
    roles = "".join(f'<meta property="role" refines="#a">{one}</meta>' for one in ("aut", "ill"))
    data = epub({"a.xhtml": f"<p>{BODY}</p>"}, CREATOR + roles)
    assert import_document(data, "b.epub").metadata.authors == ("Ada Ferrer",)


def test_the_lines_of_one_heading_are_one() -> None:
    group = '<hgroup><h2>I</h2><p epub:type="title">Of the Quay</p></hgroup>'
    document = import_document(epub({"a.xhtml": f"{group}<p>{BODY}</p>"}), "b.epub")
    assert shape(document)[1:] == [("heading", 2, "I Of the Quay"), ("paragraph", None, BODY)]


def test_contents_that_nothing_calls_so_are_left_out() -> None:
    chapters = {
        "list.xhtml": '<h1>In this book</h1><p><a href="one.xhtml">One</a> .... 3</p>'
        '<p><a href="two.xhtml">Two</a> .... 7</p><p><a href="three.xhtml#x">Three</a></p>',
        "one.xhtml": f"<h2>One</h2><p>{BODY}</p>",
        "two.xhtml": f'<h2>Two</h2><p>{MORE} See <a href="one.xhtml">One</a>, <a href="list.xhtml">'
        'the list</a> and <a href="three.xhtml">Three</a>.</p>',
        "three.xhtml": f"<h2>Three</h2><p>{BODY} {MORE}</p>",
    }
    words = texts(import_document(epub(chapters), "book.epub"))
    assert words[:3] == ["On Harbours", "One", BODY]
    assert f"{MORE} See One, the list and Three." in words


def test_an_imprint_is_kept_below_the_text_and_marked() -> None:
    chapters = {
        "copy.xhtml": "<h2>Rights</h2><p>Copyright © 2019 Ada Ferrer</p><p>ISBN 978-1-4028-9462-6"
        "</p><p>Printed in Paris. All rights reserved.</p>",
        "one.xhtml": f"<h2>One</h2><p>{BODY}</p><p>{MORE} © is a sign.</p>",
        "end.xhtml": '<section epub:type="colophon"><h2>Colophon</h2><p>Set in Garamond.</p>'
        "</section>",
    }
    document = import_document(epub(chapters), "book.epub")
    assert [(kind, text) for kind, _, text in shape(document)] == [
        ("heading", "On Harbours"),
        ("heading", "One"),
        ("paragraph", BODY),
        ("paragraph", f"{MORE} © is a sign."),
        ("boilerplate", "Rights"),
        ("boilerplate", "Copyright © 2019 Ada Ferrer"),
        ("boilerplate", "ISBN 978-1-4028-9462-6"),
        ("boilerplate", "Printed in Paris. All rights reserved."),
        ("boilerplate", "Colophon"),
        ("boilerplate", "Set in Garamond."),
    ]
    assert document.metadata.licence == "All rights reserved"
