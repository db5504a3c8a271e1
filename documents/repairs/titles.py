"""The title: what the file says it is, or the first line that can be one."""

from __future__ import annotations

from dataclasses import replace

from documents.dates import date_of, is_issue
from documents.messages import gettext_lazy as _
from documents.names import is_byline, is_venue
from documents.parsed import ParsedBlock, ParsedDocument, applied_repair, shortened
from documents.repairs.front_matter import LONGEST_LINE, OPENING
from documents.words import bare, ends_sentence

_LONGEST_TITLE = 250
_LONGEST_KICKER = 60


def found_title(parsed: ParsedDocument) -> ParsedDocument:
    """The title: the first heading, or the first line where none is marked."""
    parsed = _below_date(parsed)
    blocks = list(parsed.blocks)
    for n, block in enumerate(blocks[:5]):
        if block.kind == "heading":
            if n and _is_said_title(parsed, block):
                return _without_kicker(_titled(parsed, blocks, n), n)
            later = [p for p in blocks[n + 1 :] if p.kind == "heading"]
            top = all((p.level or 6) >= (block.level or 6) for p in later)
            if (
                not top
                or OPENING.fullmatch(block.text.strip(" .:"))
                or (n and not _is_line(blocks[:n]))
            ):
                break
            return _titled(parsed, blocks, n)
        if block.kind != "paragraph" or len(block.text) > LONGEST_LINE:
            break
    else:
        n = 0
    first = blocks[0] if blocks else None
    said = parsed.metadata.title
    if first and said and first.text.strip(" .").casefold() == said.strip(" .").casefold():
        return _titled(parsed, blocks, 0)
    if first is None or len(blocks) < 2 or first.kind != "paragraph":
        return parsed
    if not _can_be_title(first) or not parsed.allows("found_title", first.text):
        return parsed
    detail = _("The first line: %(words)s", words=shortened(first.text))
    made = applied_repair("found_title", first, detail)
    parsed = replace(parsed, repairs=(*parsed.repairs, made))
    return _titled(parsed, blocks, 0)


def _below_date(parsed: ParsedDocument) -> ParsedDocument:
    """With a date that stands above the title, or in its place, below it as a line."""
    first, second = (*parsed.blocks, None, None)[:2]
    if first is None or second is None or len(parsed.blocks) < 3:
        return parsed
    if not date_of(first.text) or first.kind not in {"heading", "paragraph"}:
        return parsed
    if second.kind == "heading":
        own = second.level or 6
        later = [p.level or 6 for p in parsed.blocks[2:] if p.kind == "heading"]
        is_title = all(level > own for level in later)
    else:
        is_title = first.kind == second.kind == "paragraph" and len(second.text) <= _LONGEST_KICKER
        is_title = is_title and _can_be_title(second)
    if not is_title or not second.text or _is_line([second]):
        return parsed
    line = replace(first, kind="paragraph", level=None, title=False)
    title = "" if date_of(parsed.metadata.title) else parsed.metadata.title
    metadata = replace(parsed.metadata, title=title)
    return replace(parsed, blocks=(second, line, *parsed.blocks[2:]), metadata=metadata)


def _is_said_title(parsed: ParsedDocument, block: ParsedBlock) -> bool:
    """Whether the file itself says so: its own title, or a page's one heading of the first rank."""
    if block.text and block.text in {parsed.metadata.title, parsed.properties.title}:
        return True
    first = [p for p in parsed.blocks if p.kind == "heading" and p.level == 1]
    return parsed.format == "html" and block.level == 1 and len(first) == 1


def _without_kicker(parsed: ParsedDocument, count: int) -> ParsedDocument:
    """Short lines above the title that name a section of the paper: taken out, and said."""
    title, *rest = parsed.blocks
    repairs = []
    kept = []
    for n, block in enumerate(rest):
        kicker = n < count and len(block.text) <= _LONGEST_KICKER and not _tells(block)
        if kicker and parsed.allows("removed_running_header", block.text):
            detail = _("Above the title: %(words)s", words=shortened(block.text))
            repairs.append(applied_repair("removed_running_header", title, detail, text=block.text))
        else:
            kept.append(block)
    return parsed.repaired([title, *kept], repairs)


def _tells(block: ParsedBlock) -> bool:
    """Whether a line says something of the essay, or is a sentence of it."""
    return bool(block.rich.refs) or ends_sentence(block.text) or _is_line([block])


def _can_be_title(block: ParsedBlock) -> bool:
    """Short, and not a sentence, unless it asks, calls or is set large."""
    text = block.text.rstrip()
    if len(text) > _LONGEST_TITLE or block.rich.refs or text.endswith((",", "،", "，")):
        return False
    if not ends_sentence(text) or block.rich.wholly("strong") or text.isupper():
        return True
    return len(text) <= 100 and bare(text).endswith(("?", "!"))


def _is_line(blocks: list[ParsedBlock]) -> bool:
    return all(
        date_of(p.text) or is_issue(p.text) or is_venue(p.text) or is_byline(p.text) for p in blocks
    )


def _titled(parsed: ParsedDocument, blocks: list[ParsedBlock], n: int) -> ParsedDocument:
    title = replace(blocks[n], kind="heading", level=1, title=True)
    rest = blocks[:n] + blocks[n + 1 :]
    metadata = parsed.metadata
    if not metadata.title:
        metadata = replace(metadata, title=title.text)
    return replace(parsed, blocks=(title, *rest), metadata=metadata)
