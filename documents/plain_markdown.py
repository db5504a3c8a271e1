"""Markdown for people who do not know Markdown, and may not know that they write it.

Where CommonMark would swallow or change what was meant as plain text, the text stays as it
was written: no indented code, no link definitions, no headings by a line of dashes, no
links into whatever page the words happen to stand on.
"""

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, fence, list_block, table
from markdown_it.rules_inline import StateInline, link
from markdown_it.rules_inline.state_inline import Delimiter

from documents.visible import has_visible
from documents.words import is_wide

BlockRule = Callable[[StateBlock, int, int, bool], bool]

# `reference` is the definition of a link: “[^1]: Smith, 2001” would be gone.
_ALWAYS_OFF = ("code", "reference", "lheading")
_LEADS_OUT = re.compile(r"(?:https?://|mailto:).", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?]", re.IGNORECASE)
_WWW = re.compile(r"www\.[^\s/]+\.[^\s/]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
# The first line of a fence names a language, if anything: a sentence there would be gone.
_FENCE = re.compile(r"(?:`{3,}|~{3,})[ \t]*[\w+#.-]*[ \t]*")
# Not “+”: “+ 1 for this”. Nor a year, which begins a sentence; nor a marker with nothing after.
_LIST_ITEM = re.compile(r"(?:[-*]|[0-9]{1,3}[.)])[ \t]+\S")
# “> 50 %” quotes, perhaps; “>50 %” says how many.
_MORE_THAN = re.compile(r">=?[0-9]")
_EMPTY_LABEL = re.compile(r"\[[^\]]*\]\(")

_HOSTS = LinkifyIt()


class PlainMarkdown(MarkdownIt):
    """A parser that passes no HTML through and loses no words.

    `line_breaks` keeps single line breaks, for what is typed into a form; in a file, lines
    are often wrapped. `switched_off` are rules of markdown-it that stay text as well.
    """

    def __init__(self, *, line_breaks: bool, switched_off: Sequence[str] = ()) -> None:
        super().__init__("js-default", {"html": False, "breaks": line_breaks})
        self.disable([*_ALWAYS_OFF, *switched_off])
        for name, (rule, alternatives) in _BLOCK_RULES.items():
            self.block.ruler.at(name, rule, {"alt": alternatives})
        self.inline.ruler.at("emphasis", _emphasis)
        self.inline.ruler.at("link", _link)
        self.add_render_rule("list_item_open", _list_item_open)

    def recognise_addresses(self) -> None:
        """Make links of what begins like an address; “it ended.So what” is none to Somalia."""
        assert self.linkify is not None  # noqa: S101 - linkify-it-py is in requirements.txt
        self.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
        self.linkify.add("www.", "//")
        self.options["linkify"] = True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's
        return super().normalizeLink(_leading_out(url))

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's
        """Whether this leads out. Other destinations mean another page wherever they are read."""
        return _LEADS_OUT.match(url) is not None


def shows_words(html: str) -> bool:
    """Whether a reader sees any words of this rendered HTML; a line across is none."""
    return has_visible(unescape(_TAG.sub(" ", html)))


def _leading_out(url: str) -> str:
    if _SCHEME.match(url) and not _WWW.match(url):
        return url
    if _WWW.match(url) or _is_host(url):
        return f"https://{url}"
    return url


def _is_host(url: str) -> bool:
    found = _HOSTS.match(url)
    return bool(found) and found[0].schema == "" and found[0].raw == url


# --- Blocks --------------------------------------------------------------------------------------
def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if _MORE_THAN.match(_line(state, start)):
        return False
    return blockquote(state, start, end, silent)


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return bool(_FENCE.fullmatch(_line(state, start))) and fence(state, start, end, silent)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return bool(_LIST_ITEM.match(_line(state, start))) and list_block(state, start, end, silent)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Tables whose rows have no more cells than their head: further ones would be dropped."""
    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if silent:
        return True
    shown = sum(_letters(token.content) for token in state.tokens[before:])
    written = sum(_letters(_line(state, number)) for number in range(start, state.line))
    if shown < written:
        del state.tokens[before:]
        state.line = start
        return False
    return True


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


_BLOCK_RULES: dict[str, tuple[BlockRule, list[str]]] = {
    "table": (_table, ["paragraph"]),
    "fence": (_fence, ["paragraph", "blockquote", "list"]),
    "blockquote": (_blockquote, ["paragraph", "blockquote", "list"]),
    "list": (_list, ["paragraph", "blockquote"]),
}


def _list_item_open(
    renderer: Any, tokens: Sequence[Any], index: int, options: Any, env: Any
) -> str:
    """An item keeps the number that was written: “3.” after “1.” answers the third question."""
    token = tokens[index]
    if token.info:
        token.attrSet("value", str(int(token.info)))
    return str(renderer.renderToken(tokens, index, options, env))


# --- Words ---------------------------------------------------------------------------------------
def _link(state: StateInline, silent: bool) -> bool:
    """Links that show a word to press; the address of others would be gone."""
    label = _EMPTY_LABEL.match(state.src, state.pos)
    if label and not has_visible(label[0][1:-2]):
        return False
    return link(state, silent)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Markers of emphasis, where Chinese, Japanese and Korean write no spaces around them too.

    CommonMark takes “**强调。**后” for no emphasis, since a letter follows the sign.
    Between digits they are a multiplication: 2*3*4.
    """
    start, marker = state.pos, state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(start, marker == "*")
    before = state.src[start - 1] if start else " "
    end = start + scanned.length
    after = state.src[end] if end < state.posMax else " "
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*":
        can_open = can_open or (_is_cjk(before) and not after.isspace())
        can_close = can_close or (_is_cjk(after) and not before.isspace())
        if before.isdigit() and after.isdigit():
            can_open = can_close = False
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        at = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), scanned.length, at, -1, can_open, can_close))
    state.pos = end
    return True


def _is_cjk(character: str) -> bool:
    hangul = "\u1100" <= character <= "\u11ff" or "\uac00" <= character <= "\ud7af"
    return is_wide(character) or hangul or "\U00020000" <= character <= "\U0003ffff"
