"""The article of a saved web page, without what a site puts around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

from documents.document import Metadata
from documents.readers.web.tree import (
    BLOCKS,
    HEADS,
    Element,
    above,
    drop,
    linked_share,
    made,
    names_of,
    replace,
    roles_of,
    text_of,
)

_GONE = (
    "script", "style", "template", "noscript", "iframe", "object", "embed", "form", "button",
    "input", "select", "textarea", "nav", "dialog", "canvas", "video", "audio", "link", "meta",
    "head", "label", "menu", "progress",
)  # fmt: skip
# Names that only the surroundings of an article have.
_AROUND = re.compile(
    r"\b(?:comments?(?:-?(?:list|section|area|form|thread|wrap(?:per)?))?|respond|disqus\w*|"
    r"share(?:daddy|-?(?:bar|buttons?|links?|tools?))?|sharing(?!-\w)|social(?:-\w+)?|addtoany\w*|"
    r"related(?:-?\w+)*|recommend(?:ed|ations?)\w*|read-?(?:more|next)|more-(?:from|stories|articles)|"
    r"newsletter\w*|subscri(?:be|ption)\w*|sign-?up|cookies?(?:-?\w+)*|consent|gdpr|banner|pop-?up|modal|"
    r"overlay|breadcrumbs?|pagination|pager|post-?nav\w*|sidebar\w*|widgets?|advert\w*|ads?|ad-\w+|"
    r"sponsor\w*|promo\w*|tool-?bar|nav-?bar|navigation|menu|site-(?:header|footer|nav)|masthead|"
    r"skip-?link|tag-?(?:list|links|cloud)|post-?tags|entry-?tags|print-?only|screen-reader-text|"
    r"sr-only|visually-hidden|toc|table-of-contents|donat\w+|paywall|trending|popular|most-read|"
    r"reading-time|read-time|catlinks|mw-jump-link|noprint|navbox|author-box|postmeta|post-meta|"
    r"entry-meta|doc-toc|contentinfo|complementary|search)\b"
)
_OWN = re.compile(
    r"\b(?:pull-?quote|pullquote|footnotes?|endnotes?|note|epigraph|abstract|articlebody)\b"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MORE = re.compile(
    r"(?:related(?: \w+){0,2}|read (?:more|next)|more (?:from|in|on|by) .{1,40}|"
    r"you (?:may|might) (?:also )?like.{0,20}|share(?: this)?.{0,30}|recommended.{0,30}|"
    r"trending.{0,20}|most (?:read|popular)|(?:\d+ )?comments?|leave a (?:reply|comment)|"
    r"newsletter|subscribe.{0,30}|tags?|categories|filed under.{0,40}|advertisement)\s*:?",
    re.IGNORECASE,
)
_SOURCES = re.compile(
    r"references|bibliography|works cited|further reading|sources|literatur", re.I
)
_DESCENT = {
    "body",
    "div",
    "section",
    "article",
    "main",
    "td",
    "tr",
    "table",
    "tbody",
    "center",
    "font",
    "html",
    "span",
}
# A child that holds this share of the words is where the article is.
_SHARE = 0.85
# Whatever it is called, what holds this share of the words is no surroundings.
_MOST = 0.4
# Less than this of a page's words is not what it was saved for.
_LEAST = 0.1
_Question = Callable[[Element, Metadata], bool]
_WORDS = ("p", "blockquote", "li", "pre", "dd", "h1", "h2", "h3", "h4", "td", "figcaption")
# The lines of a title page, by their classes → Word's names for the same.
_HEAD_LINES = (
    (
        re.compile(
            r"\b(?:subtitle|sub-title|dek|standfirst|deck|subhead(?:line|ing)?|kicker-sub)\b"
        ),
        "Subtitle",
    ),
    (re.compile(r"\b(?:byline|by-line|authors?|p-author|post-author|contributor)\b"), "Author"),
    (
        re.compile(
            r"\b(?:date|published|pub-?date|timestamp|dateline|post-date|entry-date|dt-published)\b"
        ),
        "Date",
    ),
    (re.compile(r"\b(?:abstract)\b"), "Abstract"),
)
_LONGEST_HEAD_LINE = 300
_HEAD_TAGS = {"p", "div", "span", "time", "address", "h2", "h3", "a", "section"}


def article_of(root: Element, metadata: Metadata) -> Element:
    """The element that holds the article, cleared of what is not of it."""
    body = root.find(".//body")
    body = root if body is None else body
    bodies = [one for one in body.iter("div") if one.get("data-note-body") is not None]
    for one in bodies:
        drop(one)
        one.tail = None
        for element in list(one.iter(*_GONE)):
            drop(element)
    article = _found(body, metadata)
    _head_lines(article)
    referred = {
        ref.get("data-note-ref") for ref in article.iter("span") if ref.get("data-note-ref")
    }
    for note in bodies:
        referred |= {
            ref.get("data-note-ref")
            for ref in note.iter("span")
            if note.get("data-note-body") in referred and ref.get("data-note-ref")
        }
    new = made("div")
    new.append(article)
    article.tail = None
    if article.tag in _DESCENT:
        article.tag = "div"
    for note in bodies:
        if note.get("data-note-body") in referred:
            new.append(note)
    return new


def _found(body: Element, metadata: Metadata) -> Element:
    """The article, by names and place; by tags alone where next to nothing would be left."""
    for element in list(body.iter(*_GONE)):
        drop(element)
    page = deepcopy(body)
    _clear(body, metadata, _is_hidden, _is_around)
    article = _dense(body)
    _clear_ends(article)
    if _score(article) >= _score(page) * _LEAST:
        return article
    _clear(page, metadata, _is_around_by_tag)
    article = _dense(page)
    _clear_ends(article)
    return article


def _clear(body: Element, metadata: Metadata, *are_gone: _Question) -> None:
    whole = len(text_of(body)) or 1
    for element in list(body.iter()):
        if element is body or element.getparent() is None or not isinstance(element.tag, str):
            continue
        for is_gone in are_gone:
            if is_gone(element, metadata) and (is_gone is _is_hidden or not _holds(element, whole)):
                drop(element)
                break


def _holds(element: Element, whole: int) -> bool:
    return len(text_of(element)) > whole * _MOST


def found_title(article: Element, full: str) -> str:
    """The first short line that the page's own title holds, made its heading; "" if none is."""
    if article.find(".//h1") is not None:
        return ""
    lines = [one for one in article.iter("p", "h2", "div") if not any(c.tag in BLOCKS for c in one)]
    for line in [one for one in lines if text_of(one)][:5]:
        words = text_of(line)
        if len(words) >= 4 and words.casefold() in full.casefold():
            line.tag = "h1"
            return words
    return ""


def _is_around_by_tag(element: Element, _: Metadata) -> bool:
    return element.tag in {"nav", "header", "footer", "aside"} or bool(
        roles_of(element) & {"navigation", "banner", "search", "contentinfo"}
    )


def _is_hidden(element: Element, _: Metadata) -> bool:
    if element.get("title") in {"header", "footer"} and element.tag == "div":
        # LibreOffice keeps the heads of its pages so.
        return True
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    return element.get("aria-hidden") == "true" and element.tag not in {"a", "sup", "br", "hr"}


def _is_around(element: Element, metadata: Metadata) -> bool:
    """Whether an element is of the site: by its tag, its role or its names."""
    tag, names = element.tag, names_of(element)
    if tag in {"header", "footer", "aside"}:
        return _is_sites(element, metadata)
    if tag in {
        "p",
        "a",
        "span",
        "em",
        "strong",
        "h1",
        "blockquote",
        "td",
        "tr",
        "tbody",
        "sup",
        "i",
        "b",
    }:
        return tag in {"a", "span", "p"} and bool(
            re.search(
                r"\b(?:skip-?link|screen-reader-text|sr-only|visually-hidden|reading-time|read-time|mw-editsection|mw-jump-link)\b",
                names,
            )
        )
    if roles_of(element) & {"navigation", "banner", "search", "complementary", "contentinfo"}:
        return True
    return bool(_AROUND.search(names)) and not _OWN.search(names)


def _is_sites(element: Element, metadata: Metadata) -> bool:
    """A header with the article's title is the article's; so is a quotation's source."""
    around = {one.tag for one in above(element)}
    if element.tag == "header":
        heads = [text_of(one) for one in element.iter("h1", "h2")]
        own = any(words and (words == metadata.title or words in metadata.title) for words in heads)
        return not own and not around & {"article", "main"}
    if element.tag == "footer" and around & {"blockquote", "figure"}:
        return False
    if element.tag == "aside":
        names = names_of(element)
        return not _OWN.search(names) and (
            not around & {"article", "main"}
            or linked_share(element) > 0.5
            or bool(_AROUND.search(names))
        )
    return True


def _score(element: Element) -> float:
    """Words in paragraphs, those in links not counted."""
    score = 0.0
    for one in element.iter(*_WORDS):
        if not any(a.tag in _WORDS for a in above(one) if a is not element):
            score += len(text_of(one)) * (1 - linked_share(one))
    for one in element.iter("div", "section", "body", "article", "td", "center", "font"):
        direct = (one.text or "") + "".join(child.tail or "" for child in one)
        score += len(" ".join(direct.split()))
    return score


def _dense(body: Element) -> Element:
    """The innermost element that holds nearly all the words that are no links."""
    scores: dict[Element, float] = {}
    here = body
    whole = scores.setdefault(here, _score(here))
    if not whole:
        return body
    while here.tag != "article":
        best, best_score = None, 0.0
        for child in here:
            if child.tag in _DESCENT and (score := _score(child)) > best_score:
                best, best_score = child, score
        if best is None or best_score < scores[here] * _SHARE or _title_beside(here, best):
            break
        here = best
        scores[here] = best_score
    return here


def _title_beside(here: Element, child: Element) -> bool:
    """Whether the article's title stands next to the child: then both belong together."""
    return here.tag != "body" and any(
        one is not child
        and (one.tag == "h1" or (one.tag == "header" and one.find(".//h1") is not None))
        for one in here
    )


def _clear_ends(article: Element) -> None:
    """Lists of links under “Related”, and what else a site adds inside the article."""
    for head in list(article.iter(*HEADS)):
        if head.getparent() is None or not _MORE.fullmatch(text_of(head)):
            continue
        following = head.getnext()
        if (
            following is None
            or following.tag in HEADS
            or linked_share(following) > 0.6
            or not text_of(following)
        ):
            if following is not None and following.tag not in HEADS:
                drop(following)
            drop(head)
    sources = False
    for one in list(article):
        if one.tag in HEADS:
            sources = bool(_SOURCES.search(text_of(one)))
        elif one.tag in {"ul", "ol", "div", "section"} and not sources and linked_share(one) > 0.9:
            links = [text_of(a) for a in one.iter("a")]
            if len(links) >= 3 and max(map(len, links)) < 100 and not list(one.iter("p", "img")):
                drop(one)


def _head_lines(article: Element) -> None:
    """Subtitle, byline and date over the text, named so that the tree's reader lifts them."""
    for group in article.iter("hgroup"):
        if group.find("h1") is not None:
            for line in group.iterchildren("p", "h2"):
                line.set("class", f"subtitle {line.get('class', '')}")
    for element in list(article.iter()):
        if element.tag == "p" and len(text_of(element)) >= _LONGEST_HEAD_LINE:
            break
        style = _head_style(element) if element is not article else ""
        if not style or element.getparent() is None:
            continue
        words = text_of(element)
        division = made("div", data_custom_style=style)
        replace(element, division)
        element.tail = None
        if style != "Abstract":
            division.append(made("p", words))
            continue
        for head in list(element.iterdescendants()):
            if head.tag in HEADS or "abstract-title" in names_of(head):
                drop(head)
        element.tag = "div"
        division.append(element)


def _head_style(element: Element) -> str:
    """Word's name for a line of a title page; "" for what is none."""
    if element.tag not in _HEAD_TAGS:
        return ""
    names, words = names_of(element), text_of(element)
    style = next((style for pattern, style in _HEAD_LINES if pattern.search(names)), "")
    style = style or ("Date" if element.tag == "time" else "")
    if not words or (len(words) > _LONGEST_HEAD_LINE and style != "Abstract"):
        return ""
    around = list(above(element))
    inside = any(
        one.get("data-custom-style") or one.tag in {"p", "li", "blockquote", "td"} for one in around
    )
    return "" if inside or element.find(".//h1") is not None else style
