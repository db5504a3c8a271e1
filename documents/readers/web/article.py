"""The article of a saved web page, without what a site puts around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy

from documents.document import Metadata
from documents.readers.web.furniture import holds_sources, trim
from documents.readers.web.surroundings import (
    FRAME_SHARE,
    is_around,
    is_around_by_tag,
    is_hidden,
    is_own,
    is_sure,
    most_share,
    name_words,
    site_names,
)
from documents.readers.web.tree import (
    BLOCKS,
    HEADS,
    Element,
    above,
    drop,
    made,
    names_of,
    replace,
    roles_of,
    text_of,
)
from documents.readers.web.weights import Weight, weights_of

Weights = dict[Element, Weight]

_GONE = (
    "script", "style", "template", "noscript", "iframe", "object", "embed", "form", "button",
    "input", "select", "textarea", "nav", "dialog", "canvas", "video", "audio", "link", "meta",
    "head", "label", "menu", "progress",
)  # fmt: skip
# Of these, what never holds what is read, and what never holds a paragraph of it.
_WITHOUT_WORDS = {"script", "style", "head", "link", "meta", "input", "iframe", "textarea"}
_SHORT = {"button", "label", "object", "select", "video", "audio", "canvas", "progress", "embed"}
_PARAGRAPH = 80
_ROW_OF_LINKS = 0.5
# What pages call the element that holds their article.
_BODY = re.compile(
    r"(?<![a-z])(?:(?:article|story|post|entry|page|news|main|single|blog)-?(?:single-)?"
    r"(?:body|content|text|copy)|body-copy|content-body|mw-parser-output|entry)(?![a-z])"
    r"(?!-(?:title|header|footer|meta|wrap))"
)
_COMMENTS = re.compile(r"(?<![a-z])comments?(?:-?(?:list|area|section|thread))?(?![a-z])")
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
# The same, of all the page's: a step at a time would lead anywhere.
_WHOLE_SHARE = 0.8
# What a page calls its article holds this share of its words, and so many letters.
_CORE_SHARE, _CORE_LEAST = 0.2, 250
# An element inside that holds as much as its outer one is the nearer.
_SAME = 0.9
# Behind the element that holds this share of an article comes nothing of its own...
_END_SHARE = 0.5
# ... but what is as long as this, compared with it.
_LONG_END = 0.2
# Whatever it is called, what holds this share of the words is no surroundings.
_MOST = 0.4
# Less than this of a page's words is not what it was saved for.
_LEAST = 0.1
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
# “The second voyage” is a section's name, a line of as many words speaks of the whole.
_FEWEST_DECK_WORDS = 5
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
    for drawing in list(body.iter("svg", "math")):
        # A block ends a drawing for a browser, be it closed or not.
        if drawing.find(".//foreignobject") is None and any(
            one.tag in BLOCKS for one in drawing.iterdescendants()
        ):
            drawing.tag = "div"
    weights = weights_of(body)
    for element in list(body.iter(*_GONE)):
        if _is_never_closed(element, body, weights):
            element.tag = "div"
        else:
            drop(element)
    page = deepcopy(body)
    weights = weights_of(body)
    whole = weights[body].score - _said_of_it(body, weights)
    _clear(body, metadata, weights)
    article = _dense(body)
    _end(article)
    trim(article, metadata)
    if weights_of(article)[article].score >= whole * _LEAST:
        return article
    weights = weights_of(page)
    for element in _inside(page):
        if is_around_by_tag(element) and not _holds(element, page, weights):
            drop(element)
    article = _dense(page)
    trim(article, metadata)
    return article


def _is_never_closed(element: Element, body: Element, weights: Weights) -> bool:
    """Whether an element holds the text that stands behind it: `<button>`, `<form>` for a page."""
    if element.tag in _WITHOUT_WORDS or weights[element].share > _ROW_OF_LINKS:
        return False
    if element.tag in _SHORT and any(
        weights[one].letters >= _PARAGRAPH for one in element.iter("p")
    ):
        return True
    return weights[element].letters > weights[body].letters * _MOST


def _inside(body: Element) -> Iterator[Element]:
    """All the elements in it that still stand there when their turn comes."""
    gone: set[Element] = set()
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str):
            continue
        if element.getparent() in gone:
            gone.add(element)
            continue
        yield element
        if element.getparent() is None:
            gone.add(element)


def _holds(element: Element, body: Element, weights: Weights) -> bool:
    return weights[element].letters > weights[body].letters * _MOST


def _clear(body: Element, metadata: Metadata, weights: Weights) -> None:
    """Takes out what is hidden, and what is of the site and holds little of the article."""
    core = _core(body, weights)
    if core is None:
        for element in _inside(body):
            around = is_around(element, metadata) and not _holds(element, body, weights)
            if is_hidden(element) or around:
                drop(element)
        return
    around_core, in_core = {core, *above(core)}, set(core.iterdescendants())
    words, frame = weights[core].score, _frame_names(core, in_core, weights)
    for element in _inside(body):
        if element in around_core:
            continue
        if is_hidden(element) or (
            is_around(element, metadata, frame)
            and (element not in in_core or weights[element].score < most_share(element) * words)
        ):
            drop(element)


def _core(body: Element, weights: Weights) -> Element | None:
    """What the page itself names as its article, where that holds much of its words."""
    whole = weights[body].score - _said_of_it(body, weights)
    found, most = None, max(whole * _CORE_SHARE, _CORE_LEAST)
    for one in body.iter("article", "main", "div", "section", "td"):
        score = weights[one].score
        if score < most * _SAME:
            continue
        named = one.tag in {"article", "main"} or "main" in roles_of(one)
        if not (named or _BODY.search(name_words(one))):
            continue
        if any(_COMMENTS.search(name_words(a)) for a in [one, *above(one)]):
            continue
        if score >= most or (found is not None and found in above(one)):
            found, most = one, max(score, most)
    return found


def _said_of_it(body: Element, weights: Weights) -> int:
    """The weight of comments: they may be many times the article's."""
    said = 0
    within: set[Element] = set()
    for one in body.iterdescendants():
        if one.getparent() in within:
            within.add(one)
        elif (
            one.tag in {"div", "section", "ol", "ul"}
            and _COMMENTS.search(name_words(one))
            and one.find(".//h1") is None
        ):
            within.add(one)
            said += weights[one].score
    return said


def _frame_names(core: Element, inside: set[Element], weights: Weights) -> frozenset[str]:
    """Names of a site's parts under which much of the article stands, all in all."""
    held: Counter[str] = Counter()
    names_in: dict[Element, set[str]] = {}
    for one in core.iterdescendants():
        parent = one.getparent()
        over = names_in.get(parent, set()) if parent in inside else set()
        own = {name for name in site_names(one) if not is_sure(name)} - over
        names_in[one] = over | own if own else over
        for name in own:
            held[name] += weights[one].score
    most = FRAME_SHARE * weights[core].score
    return frozenset(name for name, score in held.items() if score > most)


def _end(article: Element) -> None:
    """Takes out what stands behind the element that the page names as its article."""
    weights = weights_of(article)
    core = _core(article, weights)
    if core is None or core is article:
        return
    words = weights[core].score
    if words < weights[article].score * _END_SHARE:
        return
    step = core
    while step is not article:
        for one in list(step.itersiblings()):
            if (
                weights[one].score < words * _LONG_END
                and not is_own(one)
                and not holds_sources(one)
            ):
                drop(one)
        step = step.getparent()


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


def _dense(body: Element) -> Element:
    """The innermost element that holds nearly all the words that are no links."""
    weights = weights_of(body)
    here, whole = body, weights[body].score
    if not whole:
        return body
    while here.tag != "article":
        best, best_score = None, 0
        for child in here:
            if child.tag in _DESCENT and (score := weights[child].score) > best_score:
                best, best_score = child, score
        least = max(weights[here].score * _SHARE, whole * _WHOLE_SHARE)
        if best is None or best_score < least or _title_beside(here, best):
            break
        here = best
    return here


def _title_beside(here: Element, child: Element) -> bool:
    """Whether the article's title stands next to the child: then both belong together."""
    return here.tag != "body" and any(
        one is not child
        and (one.tag == "h1" or (one.tag == "header" and one.find(".//h1") is not None))
        for one in here
    )


def _head_lines(article: Element) -> None:
    """Subtitle, byline and date over the text, named so that the tree's reader lifts them."""
    for line in _decks(article):
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


def _decks(article: Element) -> Iterator[Element]:
    """The lines of a title below its first."""
    for group in article.iter("hgroup"):
        if group.find("h1") is not None:
            yield from group.iterchildren("p", "h2")
    if (deck := _deck_heading(article)) is not None:
        yield deck


def _deck_heading(article: Element) -> Element | None:
    """The heading right below the title, if no other one of its kind parts the text."""
    heads = list(article.iter(*HEADS))[:2]
    if len(heads) < 2 or heads[0].tag != "h1" or heads[1].tag not in {"h2", "h3"}:
        return None
    title, deck = heads
    if len(text_of(deck).split()) < _FEWEST_DECK_WORDS:
        return None
    above_it = {title}
    while (outer := title.getparent()) is not article and outer[-1] is title:
        title = outer
        above_it.add(outer)
    alone = len(list(article.iter(deck.tag))) == 1
    return deck if alone and deck.getprevious() in above_it else None


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
