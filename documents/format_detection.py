"""Format detection: in what markup a text is written, by what it holds."""

from __future__ import annotations

import re

_HEAD = 20_000
_XML = re.compile(r"\s*(?:<\?xml\b|<!doctype\s|<!--|<[a-z][\w:.-]*[\s>/])", re.IGNORECASE)
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([A-Za-z][\w.-]*)([^>]*)>")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html\b)", re.I | re.S
)
_HTML_TAGS = re.compile(r"</?(?:p|div|h[1-6]|body|head|span|br|ul|ol|li|table|a)\b[^<>]*>", re.I)
_JATS = re.compile(r"\bJATS\b|NLM//DTD|journalpublishing|archivearticle|<front\b|<article-meta\b")
_DOCBOOK = re.compile(r"docbook", re.IGNORECASE)
_DOCBOOK_ROOTS = {"book", "chapter", "article", "section", "sect1"}
_LATEX = re.compile(
    r"^[^%\n]*\\(?:documentclass|documentstyle|begin\{document\}|chapter\*?\{|section\*?\{)", re.M
)
_MHTML = re.compile(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)

# What Markdown writes, each with how much it tells. Three points decide.
# Project Gutenberg's plain text has stars and underscores of its own.
_GUTENBERG = re.compile(r"^\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG", re.MULTILINE)
_MARKDOWN_SYNTAX: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^#{1,6} +\S", re.MULTILINE), 3),
    (re.compile(r"\[[^\]\n]+\]\([^)\s]+(?: \"[^\"\n]*\")?\)"), 3),
    (re.compile(r"</?(?:sup|sub|em|strong|br|i|b|div|p|img)\b[^>\n]*>"), 3),
    (re.compile(r"^\[\^[^\]\s]+\]:", re.MULTILINE), 3),
    (re.compile(r"^(?:```|~~~)", re.MULTILINE), 3),
    (re.compile(r"^\|?[ :]*-{3,}[ :]*\|[-| :]*$", re.MULTILINE), 3),
    (re.compile(r"^[^\s].*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE), 3),
    (re.compile(r"\A---\n(?:.*\n)*?(?:title|author)s?:.*\n(?:.*\n)*?(?:---|\.\.\.)\n"), 3),
    (re.compile(r"\*\*\S(?:[^*\n]*\S)?\*\*"), 3),
    (re.compile(r"^> ?\S", re.MULTILINE), 2),
    (re.compile(r"(?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\w*])"), 2),
    (re.compile(r"\\[*_#\[\]]"), 1),
    (re.compile(r"^[-*+] \S", re.MULTILINE), 1),
    (re.compile(r"(?<![\w_])_[^\s_](?:[^_\n]*[^\s_])?_(?![\w_])"), 1),
)
# What only reStructuredText and only Org write.
_RST = re.compile(
    r"^\.\. (?:\[#?[\w*]*\]\s|[\w-]+::|_[\w -]+:)|\S`__?\b|\[#\w*\]_|\|\w+\|_|^:[A-Z]\w+: \S", re.M
)
_RST_HEADS = re.compile(r"^\S[^\n]*\n([=\-~^\"'`#*+:.])\1{2,}$", re.MULTILINE)
_ORG = re.compile(r"^#\+(?:title|author|date|begin_\w+|options|caption|language):?", re.M | re.I)
_ORG_STARS = re.compile(r"^\*+ \S", re.MULTILINE)
_ORG_NOTES = re.compile(r"^\[fn:[\w-]+\] ", re.MULTILINE)
_BY_NAME = {
    "md": "markdown",
    "markdown": "markdown",
    "mdown": "markdown",
    "mkd": "markdown",
    "rst": "rst",
    "rest": "rst",
    "org": "org",
    "tex": "latex",
    "latex": "latex",
    "ltx": "latex",
    "htm": "html",
    "html": "html",
    "xhtml": "html",
    "xht": "html",
}


def markup_of(text: str) -> str:
    """html, mhtml, jats, docbook or latex, where the text says so itself; xml for other XML."""
    head = text[:_HEAD]
    if _HTML.match(head):
        return "html"
    if _MHTML.search(head[:4000]) and re.match(r"[\w-]+:", head.lstrip()):
        return "mhtml"
    if _XML.match(head):
        found = _xml(head)
        if found:
            return found
    return "latex" if _LATEX.search(head) and "\\" in head and not _fenced(head) else ""


def _fenced(head: str) -> bool:
    """Whether LaTeX is only what a Markdown text speaks of."""
    first = _LATEX.search(head)
    return bool(first and re.search(r"^#{1,6} |^```|^~~~", head[: first.start()], re.MULTILINE))


def _xml(head: str) -> str:
    root = _ROOT.search(head)
    if root is None:
        return ""
    name = root.group(1).lower()
    if name in {"html", "body", "head"}:
        return "html"
    if _DOCBOOK.search(head[: root.end()]):
        return "docbook"
    if name == "article" and _JATS.search(head):
        return "jats"
    declared = head.lstrip().lower().startswith("<?xml")
    if name in _DOCBOOK_ROOTS and (declared or re.search(r"<(?:para|info|articleinfo)\b", head)):
        return "docbook" if re.search(r"<(?:para|simpara|sect1)\b", head) else "xml"
    return "xml" if declared else ""


def text_format(text: str, extension: str) -> str:
    """What a text without a telling beginning is: its name counts where its words allow it."""
    named = _BY_NAME.get(extension, "")
    if named == "html":
        return "html" if _HTML_TAGS.search(text) else "text"
    if named in {"markdown", "rst", "org"}:
        return named
    if named == "latex" and "\\" in text:
        return "latex"
    if _ORG.search(text) and (_ORG_STARS.search(text) or _ORG_NOTES.search(text)):
        return "org"
    if _looks_like_rst(text):
        return "rst"
    if len(_HTML_TAGS.findall(text)) >= 4 and text.lstrip().startswith("<"):
        return "html"
    return "markdown" if looks_like_markdown(text) else "text"


def _looks_like_rst(text: str) -> bool:
    return bool(_RST_HEADS.search(text)) and len(_RST.findall(text)) >= 2


def looks_like_markdown(text: str) -> bool:
    """Whether a text without a telling name is written in Markdown."""
    if _GUTENBERG.search(text):
        return False
    points = sum(
        weight * min(1 + (weight < 3), len(sign.findall(text))) for sign, weight in _MARKDOWN_SYNTAX
    )
    return points >= 3
