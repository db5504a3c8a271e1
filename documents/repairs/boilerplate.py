"""What a publisher adds below an essay: kept, and marked."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.dates import date_of, is_issue, year_of
from documents.document import Metadata
from documents.messages import gettext_lazy as _
from documents.parsed import ParsedDocument, applied_repair, shortened

_LONGEST = 700
_BOILERPLATE = re.compile(
    r"\bplease note\b|\bdisclaimer\b|"
    r"\b(?:views|opinions|contents?)\b.{0,80}\b(?:do(?:es)? not|not necessarily|solely|only|"
    r"are those of)\b|"
    r"\bthis (?:article|essay|piece|paper|text|post|story|work)\b.{0,40}\b(?:is from|"
    r"is (?:an )?(?:excerpt|adapted|reprinted|"
    r"published|licen[sc]ed)|was (?:first |originally )?published|(?:first |"
    r"originally )?appear(?:s|ed))\b|"
    r"^(?:first|originally) (?:published|appeared)\b|\b(?:re)?(?:printed|published) (?:with|"
    r"by) permission\b|"
    r"\bcontact us\b|\bclick here\b|\bsubscribe\b|\bsign up\b|\bnewsletter\b|\bfollow us\b|"
    r"\ball rights reserved\b|"
    r"^(?:©|\(c\)|copyright)\s|\bcreative commons\b|\bshare this\b|\bread more\b|"
    r"\brelated (?:articles|posts)\b|"
    r"^(?:tags|filed under|categories|keywords)\s*:|\bquestions?, please\b|\bcc by\b",
    re.IGNORECASE | re.DOTALL,
)
_ISSUE_OF = re.compile(
    r"\bfrom the (?P<issue>[^.,;]{2,40}?) (?:issue|"
    r"edition) of (?:the )?(?P<venue>[A-Z][^.,;:()]{1,80})"
)
_APPEARED = re.compile(
    r"\b(?:published|appear(?:s|ed)) (?:in|by|on) (?:the )?(?P<venue>[A-Z][^.,;:()]{1,80}?)"
    r"(?:,? (?:on|in) (?P<date>[^.;]{4,30})|, (?P<issue>[^.;]{4,40}))?(?:[.,;:(]|$)"
)
_LICENCE = re.compile(
    r"\bcreative commons[^.;]*|\bcc[ -]by(?:-\w\w)*(?:[ -]\d(?:\.\d)?)?|"
    r"\ball rights reserved\b",
    re.IGNORECASE,
)


def marked_boilerplate(parsed: ParsedDocument) -> ParsedDocument:
    """The last paragraphs that speak of the publication and not of its matter.

    Only an unbroken run at the very end: the same words inside an essay are
    the essay's.
    """
    blocks = list(parsed.blocks)
    repairs = []
    metadata = parsed.metadata
    end = len(blocks)
    while end > 1 and blocks[end - 1].kind == "boilerplate":
        end -= 1
        if len(blocks[end].text) <= _LONGEST:
            metadata = _informed(metadata, blocks[end].text)
    at = end
    while at > 1:
        block = blocks[at - 1]
        if (
            block.kind not in {"paragraph", "rule", "list_item"}
            or len(block.text) > _LONGEST
            or block.rich.refs
        ):
            break
        if block.kind != "rule" and not (
            _BOILERPLATE.search(block.text) and parsed.allows("marked_boilerplate", block.text)
        ):
            break
        at -= 1
    while at < end and blocks[at].kind == "rule":
        at += 1
    for n in range(at, end):
        block = blocks[n]
        if block.kind == "rule":
            continue
        blocks[n] = replace(block, kind="boilerplate", level=None, marker="")
        repairs.append(
            applied_repair(
                "marked_boilerplate",
                block,
                _("Of the publication: %(words)s", words=shortened(block.text)),
            )
        )
        metadata = _informed(metadata, block.text)
    return replace(parsed.repaired(blocks, repairs), metadata=metadata)


def _informed(metadata: Metadata, text: str) -> Metadata:
    """Venue, issue, date and licence as a closing line states them."""
    match = _ISSUE_OF.search(text)
    if match and not metadata.venue:
        metadata = replace(
            metadata, venue=match["venue"].strip(), issue=metadata.issue or match["issue"].strip()
        )
    match = _APPEARED.search(text)
    if match and not metadata.venue:
        metadata = replace(metadata, venue=match["venue"].strip())
        when = (match["date"] or match["issue"] or "").strip()
        if is_issue(when) and not metadata.issue:
            metadata = replace(metadata, issue=when)
        if date_of(when) and not metadata.published:
            metadata = replace(metadata, published=date_of(when))
    if metadata.issue and not metadata.published:
        metadata = replace(metadata, published=year_of(metadata.issue))
    licence = _LICENCE.search(text)
    if licence and not metadata.licence:
        metadata = replace(metadata, licence=licence.group().strip())
    return metadata
