"""An EPUB of any essay: well-formed, whole, the same each time."""

from io import BytesIO
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings
from lxml import etree

from documents import Document, DocumentBlock, Metadata
from documents.numbering import numbered
from documents.writers import FORMATS
from tests.documents.writers.documents import documents

PAGES = ("META-INF/container.xml", "EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/text.xhtml")


def pages(document: Document) -> dict[str, etree._Element]:
    with ZipFile(BytesIO(FORMATS["epub"].write(document))) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in PAGES}


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents())
def test_well_formed_with_every_word_and_every_link_leading_somewhere(document: Document) -> None:
    found = pages(document)
    text = found["EPUB/text.xhtml"]
    said = "".join("".join(text.itertext()).split())
    for block in document.blocks:
        if not block.note_refs and block.kind != "list_item":
            assert "".join(block.text.split()) in said
    ids = [str(one) for one in text.xpath("//@id")]
    assert len(ids) == len(set(ids))
    inside = {str(one)[1:] for one in text.xpath("//@href") if str(one).startswith("#")}
    contents = found["EPUB/nav.xhtml"].xpath("//@href")
    inside |= {str(one).split("#")[1] for one in contents if "#" in str(one)}
    assert inside <= set(ids)
    assert FORMATS["epub"].write(document) == FORMATS["epub"].write(document)


def test_what_no_xml_may_hold_is_left_out() -> None:
    blocks = [DocumentBlock("paragraph", None, None, "a\x0bb\x01c\ufffe", "a\x0bb\x01c\ufffe")]
    document = Document("markdown", Metadata(title="\x00T & <b>"), numbered(blocks))
    found = pages(document)
    assert "abc" in "".join(found["EPUB/text.xhtml"].itertext())
    assert "T & <b>" in "".join(found["EPUB/package.opf"].itertext())


def test_right_to_left_essays_turn_their_pages_so() -> None:
    blocks = [
        DocumentBlock("heading", 3, None, "פרק", "פרק"),
        DocumentBlock("heading", 2, None, "עוד", "עוד"),
    ]
    metadata = Metadata(title="שערים", language="he", direction="rtl")
    found = pages(Document("markdown", metadata, numbered(blocks)))
    spine = found["EPUB/package.opf"].find("{*}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    assert found["EPUB/text.xhtml"].get("dir") == "rtl"
