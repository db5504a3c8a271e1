"""Captions whose pictures did not come along."""

from __future__ import annotations

import re
from dataclasses import replace

from readings.importing.draft import Doubt, Draft, fix, shortened

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
    for n, piece in enumerate(pieces):
        if piece.kind not in {"paragraph", "heading"} or piece.title or len(piece.text) > _LONGEST:
            continue
        match = _CAPTION.fullmatch(piece.text)
        # "Figure 1 shows that…" is a sentence of the text.
        if match is None or (match["rest"] and match["rest"][0] not in ".:：—–-|("):
            continue
        if not draft.allows("found_figure", piece.text):
            continue
        near = pieces[max(0, n - 1) : n] + pieces[n + 1 : n + 2]
        pieces[n] = replace(piece, kind="figure", level=None)
        fixes.append(fix("found_figure", piece, f"A caption: {shortened(piece.text)}"))
        if not any(p.kind == "figure" for p in near):
            message = f"The picture of “{shortened(piece.text)}” is not in the file."
            doubts.append(Doubt("missing_picture", piece.uid, message))
    return draft.repaired(pieces, fixes, doubts)
