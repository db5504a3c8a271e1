"""What is of the site and not of an article, as the elements of a page say by their own names."""

from __future__ import annotations

import re

from documents.document import Metadata
from documents.readers.web.tree import (
    HEADS,
    Element,
    above,
    linked_share,
    names_of,
    roles_of,
    text_of,
)

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PARTING = re.compile(r"[_\W]+")
# Words of names that are never an article's; sites in several languages name things in English.
_SURE = (
    r"comments?(?:-?(?:list|section|area|form|thread|wrap(?:per)?|container|count|link))?|"
    r"(?:recent-?|leave-)?(?:comments?|repl(?:y|ies))|respond|disqus\w*|trackbacks?|kommentare?|"
    r"share(?:daddy|-?(?:bar|box|block|buttons?|icons?|links?|list|tools?))?|sharing(?!-[a-z])|"
    r"social(?:-[a-z]+)?|sociable|addtoany\w*|addthis\w*|bookmark|flattr|akismet\w*|"
    r"related(?:-?[a-z]+)*|recommend(?:ed|ations?)?\w*|recirculation|outbrain\w*|taboola\w*|"
    r"read-?(?:next|also)|also-read|see-also|keep-reading|same-topic|interesting-articles|"
    r"(?:lee|leia|veja)-tamb[a-z]+|saiba-mais|a-lire-aussi|recent-?(?:posts?|articles?)|"
    r"newsletter\w*|cookies?(?:-?\w+)*|consent|gdpr|side-?bar\w*|(?:page-|main-|site-)?footer\d?|"
    r"author-?(?:bio\w*|box|info\w*|about|desc\w*|profile|card|section|details?|area)|"
    r"about-(?:the-)?author|saboxplugin|abh-box|no-?comments?|(?:post-?)?ratings?|post-?meta-?data"
)
# Words that programs may also give to what holds the article.
_LIKELY = (
    r"read-?more|more-?(?:from|stories|articles|links|topics?)|latest-(?:news|posts|articles)|most-?read|"
    r"trending|popular|subscri(?:be|ption)\w*|sign-?up|log-?in|regist(?:er|ration)|"
    r"banners?|pop-?up|modal|overlay|fly-?out|tool-?tips?|breadcrumbs?|pagination|pager|"
    r"page-?navigation|post-?nav\w*|(?:next|prev(?:ious)?)-?(?:posts?|article)|nav|nav-?bar|"
    r"navigation|menu|tool-?bar|widgets?|skip-?link|toc|doc-toc|table-of-contents|"
    r"adverts?\w*|ads?|sponsor\w*|promo\w*|affiliate\w*|buy-?box|product-?(?:box|slider|share)|"
    r"shop|cart|paid-?box|cta\d?|call-to-action|donat\w+|spenden?|paywall|masthead|colophon|"
    r"site-?(?:header|nav|title|description)|content-?info|complementary|search|"
    r"(?:article|post|entry|story)-?(?:footer|tools|utility|tags|topics|meta(?:data)?|nav)|"
    r"tags|tag-?(?:list|links|cloud)|tags-list|topics|taxonom(?:y|ies)|cat-?links|schlagworte|"
    r"bio(?:graphy)?|vcard|link-?(?:list|box)|archive-?(?:block|list|group)|"
    r"jump-?(?:button|link|to)|mw-jump-link|print-?(?:only|button|link|recipe)|"
    r"recipe-print|download-?(?:box|button)|no-?print|print-not|screen-reader-text|sr-only|"
    r"visually-hidden|reading-time|read-time|nav-?box|copyright|licen[cs]e(?:-info)?|disclaimer|"
    r"impressum|contact(?:-[a-z]+)?|rss|blog-?roll|scroll-top|back-to-top|third-party\w*|"
    r"privacy-embed\w*|(?:wp-|o)?embed(?:ded)?-(?:preview|content|link)|disclosure|community-notice"
)
_COMMENTS = re.compile(r"comment|respond|kommentar")
_SURE_NAME = re.compile(rf"(?<![a-z])(?:{_SURE})(?![a-z])")
_SITE_NAME = re.compile(rf"(?<![a-z])(?:{_SURE}|{_LIKELY})(?![a-z])")
_OWN = re.compile(r"\b(?:pull-?quote|footnotes?|endnotes?|note|epigraph|abstract|articlebody)\b")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING = re.compile(
    r"(?:^|\s)(?:hidden|hide|d-none|is-hidden|hide-?completely)(?=\s|$)", re.IGNORECASE
)
# `hidden md:block` is hidden on a phone alone.
_SHOWING = re.compile(r"[:-](?:block|flex|inline|grid)|visible|hidden-", re.IGNORECASE)
_ROLES = {"navigation", "banner", "search", "complementary", "contentinfo"}
_LINES = {
    "p", "a", "span", "em", "strong", "h1", "h2", "h3", "blockquote", "td", "tr", "tbody", "sup",
    "i", "b",
}  # fmt: skip
_LINE_NAMES = re.compile(
    r"\b(?:skip-?link|screen-reader-text|sr-only|visually-hidden|reading-time|read-time|"
    r"mw-editsection|mw-jump-link)\b"
)
# Holds this share of an article what is called as surely the site's, and what only may be.
_SURE_SHARE, _LIKELY_SHARE = 0.6, 0.3
# A name under which this share of an article stands is its programs' own.
FRAME_SHARE = 0.4


def name_words(element: Element) -> str:
    """The words of its names: `sz-teaserBox__item` as sz-teaser-box-item."""
    own = "class", "role", "itemprop"
    names = [element.get(name, "") for name in own]
    if not _is_headed_so(element):
        names.insert(1, element.get("id", ""))
    return _joined(" ".join(names))


def _joined(names: str) -> str:
    return _PARTING.sub("-", _CAMEL.sub("-", names)).lower()


def _is_headed_so(element: Element) -> bool:
    """Whether its id is made of its heading's words (“Related work”), as programs make them.

    Comments are headed so too, and are none of the text.
    """
    name = element.get("id", "")
    if not name or element.tag not in {"div", "section", *HEADS} or _COMMENTS.search(name.lower()):
        return False
    head = element if element.tag in HEADS else next(iter(element), None)
    if head is None or head.tag not in HEADS:
        return False
    return _joined(name).strip("-") == _joined(text_of(head).lower()).strip("-")


def site_names(element: Element) -> set[str]:
    """The words of its names that name what is of a site."""
    return {match.group() for match in _SITE_NAME.finditer(name_words(element))}


def is_sure(name: str) -> bool:
    return _SURE_NAME.fullmatch(name) is not None


def most_share(element: Element) -> float:
    """The share of an article that nothing named like this one holds, if it is the site's."""
    return _SURE_SHARE if _SURE_NAME.search(name_words(element)) else _LIKELY_SHARE


def is_hidden(element: Element) -> bool:
    if element.get("title") in {"header", "footer"} and element.tag == "div":
        # LibreOffice keeps the heads of its pages so.
        return True
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    classes = element.get("class", "")
    if _HIDING.search(classes) and not _SHOWING.search(classes):
        return True
    return element.get("aria-hidden") == "true" and element.tag not in {"a", "sup", "br", "hr"}


def is_around(element: Element, metadata: Metadata, frame: frozenset[str] = frozenset()) -> bool:
    """Whether an element is of the site: by its tag, its role or its names.

    `frame` holds names that this site's programs give to the article's own parts.
    """
    tag = element.tag
    if tag in {"header", "footer", "aside"}:
        return _is_sites(element, metadata)
    if tag in _LINES:
        if tag == "p" and _SURE_NAME.search(name_words(element)) and not is_own(element):
            return True
        return tag in {"a", "span", "p"} and bool(_LINE_NAMES.search(names_of(element)))
    if roles_of(element) & _ROLES:
        return True
    return bool(site_names(element) - frame) and not is_own(element)


def is_own(element: Element) -> bool:
    """Whether its names say that it is the article's."""
    return bool(_OWN.search(names_of(element)))


def is_around_by_tag(element: Element) -> bool:
    return element.tag in {"nav", "header", "footer", "aside"} or bool(
        roles_of(element) & (_ROLES - {"complementary"})
    )


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
        return not is_own(element) and (
            not around & {"article", "main"}
            or linked_share(element) > 0.5
            or bool(site_names(element))
        )
    return True
