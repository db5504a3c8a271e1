"""Captions whose pictures did not come along."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.draft import Doubt, Draft, Piece, fix, shortened
from documents.rich import Rich

_CAPTION = re.compile(
    r"(?:figure|fig\.?|chart|map|photo|photograph|image|picture|plate|diagram|illustration|exhibit|"
    r"abbildung|abb\.?|figura|图|図)\s*(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 250


def found_figures(draft: Draft) -> Draft:
    """ "Figure 1" alone, or with a colon or stop and a short caption."""
    pieces = list(draft.pieces)
    fixes = []
    doubts = []
    moved: dict[int, int] = {}
    gone: set[int] = set()
    for n, piece in enumerate(pieces):
        if piece.kind not in {"paragraph", "heading"} or piece.title or len(piece.text) > _LONGEST:
            continue
        match = _CAPTION.fullmatch(piece.text)
        # "Figure 1 shows that…" is a sentence of the text.
        if match is None or (match["rest"] and match["rest"][0] not in ".:：—–-|("):
            continue
        if not draft.allows("found_figure", piece.text):
            continue
        above = pieces[n - 1] if n else None
        if above is not None and above.kind == "figure" and _is_bare(above, draft.doubts):
            pieces[n - 1] = replace(above, rich=_under(above.rich, _plain(piece.rich)))
            moved[piece.uid] = above.uid
            gone.add(n)
            detail = f"The caption of the picture above: {shortened(piece.text)}"
            fixes.append(fix("found_figure", above, detail, text=piece.text))
            continue
        near = pieces[max(0, n - 1) : n] + pieces[n + 1 : n + 2]
        pieces[n] = replace(piece, kind="figure", level=None)
        fixes.append(fix("found_figure", piece, f"A caption: {shortened(piece.text)}"))
        if not any(p.kind == "figure" for p in near):
            message = f"The picture of “{shortened(piece.text)}” is not in the file."
            doubts.append(Doubt("missing_picture", piece.uid, message))
    kept = (piece for n, piece in enumerate(pieces) if n not in gone)
    return draft.repaired(kept, fixes, doubts, moved)


def _is_bare(figure: Piece, doubts: tuple[Doubt, ...]) -> bool:
    """Whether a picture has no caption: no text, or only the words of one that is missing."""
    if not figure.text:
        return True
    missing = any(doubt.code == "missing_picture" and doubt.uid == figure.uid for doubt in doubts)
    return missing and not _CAPTION.fullmatch(figure.text)


def _plain(caption: Rich) -> Rich:
    """Without the emphasis that only says: this is a caption."""
    tags = [tag for tag in ("em", "strong") if caption.wholly(tag)]
    return caption.without(*tags)


def _under(picture: Rich, caption: Rich) -> Rich:
    marks = (m for m in picture.marks if m.tag == "img")
    return replace(caption, marks=(*(replace(m, start=0, end=0) for m in marks), *caption.marks))
