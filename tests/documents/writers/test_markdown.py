"""Out as Markdown and in again: the same blocks, notes and references."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from documents import NAMES, Document, DocumentBlock, Metadata, import_document
from documents.numbering import numbered
from documents.writers import FORMATS
from documents.writers.markdown import to_markdown
from tests.documents.writers.documents import documents

ESSAYS = sorted((Path(__file__).resolve().parents[3] / "demo" / "essays").glob("*.md"))

# One black dot.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


def again(document: Document, *, refuse: tuple[str, ...] = NAMES) -> Document:
    """Take the file in again; what a reader finds is left as it is written."""
    return import_document(FORMATS["markdown"].write(document), "essay.md", refuse=refuse)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents())
def test_out_and_in_again_is_the_same(document: Document) -> None:
    read = again(document)
    assert read.blocks == document.blocks
    assert read.notes == document.notes
    # In what language a few random words are, the importer may well doubt.
    known = replace(read.metadata, language="en", direction="ltr")
    assert known == document.metadata


@pytest.mark.parametrize("path", ESSAYS, ids=lambda path: str(path.stem))
def test_the_demonstration_essays_come_back(path: Path) -> None:
    first = import_document(path.read_bytes(), path.name)
    for refuse in ((), NAMES):
        read = again(first, refuse=refuse)
        assert (read.metadata, read.blocks, read.notes) == (
            first.metadata,
            first.blocks,
            first.notes,
        )
        assert read.repairs == ()


def test_everything_known_about_an_essay_comes_back() -> None:
    metadata = Metadata(
        title="# On *fences*: a “study”",
        subtitle="1. Or: what they are",
        authors=("Nora Field", "O’Brien, Ada", "李 明"),
        venue="The [Fence]",
        issue="Vol. 3, no. 2",
        published="2021-05",
        language="en",
        abstract="It is said: “nothing”. But & is <so> much.",
        author_note="Nora Field writes.",
        licence="CC BY 4.0",
    )
    title = DocumentBlock("heading", 1, None, metadata.title, "# On *fences*: a “study”")
    words = DocumentBlock("paragraph", None, None, "Words.", "Words.")
    document = Document("markdown", metadata, numbered([title, words]))
    read = again(document)
    assert read.metadata == metadata
    assert read.blocks == document.blocks


def test_a_title_given_since_stands_for_the_one_in_the_text() -> None:
    title = DocumentBlock("heading", 1, None, "Draft", "Draft")
    document = Document("markdown", Metadata(title="Gates", language="en"), numbered([title]))
    assert again(document).blocks[0].text == "Gates"


def test_what_markdown_cannot_say_is_written_plainly() -> None:
    """A lettered item keeps its letter in its words; joined cells are followed by empty ones."""
    table = (
        "<table><thead><tr><th>Wood</th> <th>Years</th></tr></thead>"
        '<tbody>\n<tr><td colspan="2">none</td></tr></tbody></table>'
    )
    blocks = [
        DocumentBlock("list_item", 1, None, "first", "first", marker="(c)"),
        DocumentBlock("table", None, None, "Wood Years\nnone", table),
    ]
    document = Document("markdown", Metadata(title="T", language="en"), numbered(blocks))
    text = to_markdown(document)
    assert "- (c) first" in text
    assert "| Wood | Years |\n| --- | --- |\n| none |  |" in text


def test_pictures_and_captions_come_back() -> None:
    source = f"# T\n\n![A dot](data:image/png;base64,{DOT})\n\n::: caption\nA *dot*.[^1]\n:::\n\n"
    source += "::: caption\nPosts\n:::\n\n| Wood |\n| --- |\n| Oak |\n\n[^1]: Black.\n"
    first = import_document(source.encode(), "t.md", refuse=NAMES)
    assert [block.kind for block in first.blocks] == ["heading", "figure", "table"]
    assert len(first.pictures) == 1
    read = again(first)
    assert (read.blocks, read.notes) == (first.blocks, first.notes)
    assert read.pictures[0].data == first.pictures[0].data


def test_a_note_that_nothing_refers_to_is_in_the_file() -> None:
    blocks = [DocumentBlock("paragraph", None, None, "Words.", "Words.")]
    document = Document("markdown", Metadata(title="T", language="en"), numbered(blocks))
    note = import_document(b"# T\n\nWords.[^1]\n\n[^1]: Alone.\n", "t.md").notes[0]
    assert "[^1]: Alone." in to_markdown(replace(document, notes=(note,)))
