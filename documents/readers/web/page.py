"""A saved web page as a parsed document: its article, by way of pandoc's tree."""

from __future__ import annotations

from dataclasses import replace
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from documents.dates import date_of
from documents.encoding import clean, decode
from documents.messages import gettext_lazy as _
from documents.parsed import ParsedBlock, ParsedDocument
from documents.pictures import PictureBox
from documents.readers.pandoc.placeholders import pandoc_page
from documents.readers.pandoc.tree import TreeReader
from documents.readers.web.article import article_of, found_title
from documents.readers.web.etexts import mark_etext
from documents.readers.web.formulas import typed_formulas
from documents.readers.web.metadata import web_metadata
from documents.readers.web.notes import bind_notes
from documents.readers.web.styles import apply_styles
from documents.readers.web.tidy import tidy
from documents.readers.web.tree import parse_page, written
from documents.readers.web.unclosed import closed
from documents.refusal import ImportRefused
from documents.rich import Rich

_SOFT_HYPHEN = "\u00ad"


def read_web(text: str, pictures: PictureBox | None = None) -> ParsedDocument:
    """Blocks, notes and metadata of a page's article.

    The notes are bound first: they may stand outside the article.
    """
    text, unclosed = closed(text.replace(_SOFT_HYPHEN, ""))
    root = parse_page(text)
    sheets = [one.text for one in root.iter("style") if one.text]
    metadata = web_metadata(root)
    warnings = (*unclosed, *typed_formulas(root))
    mark_etext(root)
    bind_notes(root)
    article = article_of(root, metadata)
    if title := found_title(article, metadata.title):
        metadata = replace(metadata, title=title)
    apply_styles(article, sheets)
    tidy(article, metadata.language)
    reader = TreeReader("html", pictures, replace(metadata, title=""))
    parsed = reader.read(pandoc_page(written(article)))
    parsed = replace(parsed, warnings=(*warnings, *parsed.warnings))
    return _titled(parsed, metadata.title)


def _titled(parsed: ParsedDocument, title: str) -> ParsedDocument:
    """The page's title, where the article does not begin with one; a date is none."""
    heads = [one for one in parsed.blocks[:6] if one.kind == "heading" and one.level == 1]
    if title and heads and date_of(heads[0].text) and not date_of(title):
        uid = max(one.uid for one in parsed.blocks) + 1
        head = ParsedBlock(uid, "heading", Rich(title), 1)
        line = replace(heads[0], kind="paragraph", level=None)
        rest = (line if one is heads[0] else one for one in parsed.blocks)
        return replace(parsed, blocks=(head, *rest))
    if not title or heads:
        return parsed
    return replace(parsed, properties=replace(parsed.properties, title=title))


def read_saved_page(data: bytes) -> ParsedDocument:
    """A page saved as one file (MHTML): a message with the page and its pictures."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        parts = {
            str(p.get("Content-Location", "")): p for p in message.walk() if not p.is_multipart()
        }
        page = next((p for p in message.walk() if p.get_content_type() == "text/html"), None)
    except (MessageError, ValueError, LookupError, IndexError, RecursionError) as error:
        raise _unreadable() from error
    if page is None:
        raise _unreadable()
    by_id = {
        f"cid:{str(p['Content-ID']).strip('<>')}": p for p in parts.values() if p["Content-ID"]
    }
    named = parts | by_id

    def find(address: str) -> bytes | None:
        part = named.get(address)
        return None if part is None else _bytes_of(part)

    text, _ = clean(decode(_bytes_of(page))[0])
    return read_web(text, PictureBox(find))


def _bytes_of(part: EmailMessage | object) -> bytes:
    payload = part.get_payload(decode=True) if isinstance(part, EmailMessage) else None
    return payload if isinstance(payload, bytes) else b""


def _unreadable() -> ImportRefused:
    return ImportRefused(
        "unreadable",
        _("This saved page could not be read."),
        _("Open it in a browser and save it as “Web page, HTML only”."),
    )
