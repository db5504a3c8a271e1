"""Formulas of a page as they were typed; those that a program only draws are counted."""

from __future__ import annotations

from documents.messages import ngettext_lazy
from documents.parsed import ParseWarning
from documents.readers.web.tree import Element, drop, made, names_of, replace, text_of


def typed_formulas(root: Element) -> tuple[ParseWarning, ...]:
    """Puts TeX in the place of what MathJax has made of it; warns of formulas without letters."""
    for script in list(root.iter("script")):
        source = (script.text or "").strip()
        if not script.get("type", "").lower().startswith("math/tex") or not source:
            continue
        drawn = script.getprevious()
        while drawn is not None and "mathjax" in names_of(drawn).lower():
            before = drawn.getprevious()
            drop(drawn)
            drawn = before
        replace(script, made("span", source))
    lost = [one for one in root.iter("mjx-container") if not text_of(one)]
    if not lost:
        return ()
    message = ngettext_lazy(
        "%(count)s formula is only drawn on this page, and was left out: write it in its place.",
        "%(count)s formulas are only drawn on this page, and were left out: write them in "
        "their places.",
        len(lost),
    )
    return (ParseWarning("left_out_formula", None, message),)
