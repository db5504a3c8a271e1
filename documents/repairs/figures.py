"""Captions whose pictures did not come along."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.messages import gettext_lazy as _
from documents.parsed import ParsedBlock, ParsedDocument, ParseWarning, applied_repair, shortened
from documents.rich import Rich

_CAPTION = re.compile(
    r"(?:figure|fig\.?|chart|map|photo|photograph|image|picture|plate|diagram|illustration|exhibit|"
    r"abbildung|abb\.?|figura|图|図)\s*(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 250


def found_figures(parsed: ParsedDocument) -> ParsedDocument:
    """ "Figure 1" alone, or with a colon or stop and a short caption."""
    blocks = list(parsed.blocks)
    repairs = []
    warnings = []
    moved: dict[int, int] = {}
    gone: set[int] = set()
    for n, block in enumerate(blocks):
        if block.kind not in {"paragraph", "heading"} or block.title or len(block.text) > _LONGEST:
            continue
        match = _CAPTION.fullmatch(block.text)
        # "Figure 1 shows that…" is a sentence of the text.
        if match is None or (match["rest"] and match["rest"][0] not in ".:：—–-|("):
            continue
        if not parsed.allows("found_figure", block.text):
            continue
        above = blocks[n - 1] if n else None
        if above is not None and above.kind == "figure" and _is_bare(above, parsed.warnings):
            blocks[n - 1] = replace(above, rich=_under(above.rich, _plain(block.rich)))
            moved[block.uid] = above.uid
            gone.add(n)
            detail = _("The caption of the picture above: %(words)s", words=shortened(block.text))
            repairs.append(applied_repair("found_figure", above, detail, text=block.text))
            continue
        near = blocks[max(0, n - 1) : n] + blocks[n + 1 : n + 2]
        blocks[n] = replace(block, kind="figure", level=None)
        detail = _("A caption: %(words)s", words=shortened(block.text))
        repairs.append(applied_repair("found_figure", block, detail))
        if not any(p.kind == "figure" for p in near):
            message = _(
                "The picture of “%(words)s” is not in the file.", words=shortened(block.text)
            )
            warnings.append(ParseWarning("missing_picture", block.uid, message))
    kept = (block for n, block in enumerate(blocks) if n not in gone)
    return parsed.repaired(kept, repairs, warnings, moved)


def _is_bare(figure: ParsedBlock, warnings: tuple[ParseWarning, ...]) -> bool:
    """Whether a picture has no caption: no text, or only the words of one that is missing."""
    if not figure.text:
        return True
    missing = any(
        warning.code == "missing_picture" and warning.uid == figure.uid for warning in warnings
    )
    return missing and not _CAPTION.fullmatch(figure.text)


def _plain(caption: Rich) -> Rich:
    """Without the emphasis that only says: this is a caption."""
    tags = [tag for tag in ("em", "strong") if caption.wholly(tag)]
    return caption.without(*tags)


def _under(picture: Rich, caption: Rich) -> Rich:
    marks = (m for m in picture.marks if m.tag == "img")
    return replace(caption, marks=(*(replace(m, start=0, end=0) for m in marks), *caption.marks))
