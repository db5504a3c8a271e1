"""An essay taken away as a file."""

from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.test import Client
from lxml import etree

from documents import import_document
from readings.models import Essay, Reading
from tests.base import People, make_people, make_reading
from tests.documents.writers.published import published_essay
from tests.readings.library import ESSAY, upload

FORMS = {
    "markdown": ("text/markdown; charset=utf-8", ".md"),
    "html": ("text/html; charset=utf-8", ".html"),
    "epub": ("application/epub+zip", ".epub"),
    "text": ("text/plain; charset=utf-8", ".txt"),
}


@pytest.fixture
def essay(people: People) -> Essay:
    return published_essay(ESSAY, people.alice.user)


def file(people: People, essay: Essay, form: str) -> Any:
    return people.client("alice").get(f"/library/essays/{essay.pk}/files/{form}/")


@pytest.mark.parametrize("form", FORMS)
def test_is_saved_and_not_shown(people: People, essay: Essay, form: str) -> None:
    media_type, suffix = FORMS[form]
    response = file(people, essay, form)
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'attachment; filename="Small gates{suffix}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_name_in_any_script_and_without_what_no_disk_takes(people: People, essay: Essay) -> None:
    Essay.objects.filter(pk=essay.pk).update(title="小门 / “gates”: a/b\n?")
    name = file(people, essay, "text")["Content-Disposition"]
    assert unquote(name.split("''")[1]) == "小门 “gates” a b.txt"
    Essay.objects.filter(pk=essay.pk).update(title="../..")
    assert 'filename="essay.txt"' in file(people, essay, "text")["Content-Disposition"]


def test_markdown_is_imported_as_the_same_essay(people: People, essay: Essay) -> None:
    read = import_document(file(people, essay, "markdown").content, "again.md")
    first = import_document(ESSAY.encode(), "gates.md")
    assert (read.blocks, read.notes, read.metadata) == (first.blocks, first.notes, first.metadata)


def test_web_page_needs_nothing_else_and_runs_nothing(people: People, essay: Essay) -> None:
    page = file(people, essay, "html").content.decode()
    assert '<html lang="en" dir="ltr"' in page
    assert "<script" not in page
    assert 'href="http' not in page
    tree = etree.HTML(page)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [str(one) for one in tree.xpath("//a/@href")]
    assert links == ["#note-1", "#ref-1"]
    assert {link[1:] for link in links} <= set(ids)


def test_epub_opens_with_its_type_and_holds_well_formed_pages(people: People, essay: Essay) -> None:
    with ZipFile(BytesIO(file(people, essay, "epub").content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read("mimetype") == b"application/epub+zip"
        assert first.extra == b""
        pages = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()[1:5]}
        # A reader knows no boxes in a page's margins, and epubcheck calls them wrong.
        assert b"@page" not in archive.read("EPUB/style.css")
    known = "".join(pages["EPUB/package.opf"].itertext())
    assert "Small gates" in known
    assert "Nora Field" in known
    kinds = pages["EPUB/text.xhtml"].xpath("//@*[local-name()='type']")
    assert {"noteref", "footnote"} <= set(kinds)
    assert "The first gate" in "".join(pages["EPUB/nav.xhtml"].itertext())


def test_plain_text_is_read_with_its_note(people: People, essay: Essay) -> None:
    words = file(people, essay, "text").content.decode()
    assert "grateful to it.[1]\n" in words
    assert words.endswith("Notes\n\n[1] Said by a carpenter.\n")
    read = import_document(words.encode(), "gates.txt")
    first = import_document(ESSAY.encode(), "gates.md")
    assert [block.text for block in read.blocks] == [block.text for block in first.blocks]
    assert [note.text for note in read.notes] == [note.text for note in first.notes]


def test_links_stand_on_the_essays_page(people: People, essay: Essay) -> None:
    page = people.client("alice").get(f"/library/essays/{essay.pk}/").content.decode()
    for form in FORMS:
        assert f"/library/essays/{essay.pk}/files/{form}/" in page


def test_unknown_form_draft_and_others_essays_are_not_there(people: People, essay: Essay) -> None:
    assert file(people, essay, "pdf").status_code == 404
    draft = upload(people.client("alice"), "# Else\n\nWords.\n")
    assert (draft.essay, Essay.objects.get()) == (None, essay)
    address = f"/library/essays/{essay.pk + 1}/files/text/"
    assert people.client("alice").get(address).status_code == 404
    theirs = make_reading(make_people("other")).essay
    assert file(people, theirs, "text").status_code == 404


def test_who_may(people: People, reading: Reading) -> None:
    url = f"/library/essays/{reading.essay_id}/files/text/"
    for key in ("bob", "carol", "grace", "mallory"):
        assert people.client(key).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert people.client("alice").post(url).status_code == 405
