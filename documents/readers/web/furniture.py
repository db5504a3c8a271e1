"""What a site sets into an article: cards of other articles, rows of links, “Read more”.

Known by links and by words; what is known by its name alone see `surroundings.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.document import Metadata
from documents.readers.web.site_lines import drop_site_lines
from documents.readers.web.surroundings import name_words, site_names
from documents.readers.web.tree import (
    BLOCKS,
    HEADS,
    Element,
    above,
    drop,
    linked_share,
    text_of,
)
from documents.readers.web.weights import weights_of

# Lines over or before what leads elsewhere, as sites in eight languages have them.
_LEADS_ON = (
    # English
    r"(?:read|see|learn|view) (?:more|next|also|further)|related|"
    r"more (?:from|in|on|by|about|stories|articles)|"
    r"you (?:may|might) (?:also )?(?:like|be interested)|recommended|trending|keep reading|"
    r"explore (?:further|more)|don.t miss|latest (?:news|posts|articles|stories)|"
    r"most (?:read|popular|viewed)|about the author|read the latest|"
    # German
    r"(?:mehr|noch mehr|weitere|neueste|aktuellste?|verwandte|ähnliche|empfohlene|passende|"
    r"beliebte) "
    r"(?:zu[mr]?|aus|über|von|auf|themen|artikel|beiträge|meldungen|nachrichten|berichte|infos|"
    r"informationen zum|posts|storys?|kolumnen|kommentare|inhalte|links?)|auch interessant|"
    r"zum weiterlesen|weiterlesen|lesen sie (?:auch|hier|mehr)|lies auch|"
    r"das (?:könnte|dürfte|thema könnte)|diese beiträge|vielleicht gefällt|meistgelesen|"
    r"viel gelesen|auch lesen|schon gelesen|weiterführende links?|"
    r"verwandte \w+|über (?:den autor|die autorin)|empfehlungen (?:aus|der)|produktempfehlung|"
    r"themen (?:im|in diesem) artikel|"
    # French, Spanish, Portuguese, Italian
    r"à lire|lire aussi|voir aussi|sur le même (?:sujet|thème)|vous aimerez|à découvrir|"
    r"articles? (?:liés|similaires|recommandés)|plus d.articles|"
    r"le[ae] (?:también|também|mais|más)|(?:le |te )?puede interesar|"
    r"ve[aj]a (?:también|também|mais)|"
    r"mir[ae]:|puedes ver|ver también|"
    r"notas? relacionadas?|contenido relacionado|temas? relacionad[oa]s?|"
    r"noticias relacionadas|más (?:sobre|noticias|leídas)|te recomendamos|saiba mais|"
    r"mais (?:sobre|notícias|lidas)|notícias relacionadas|leggi anche|potrebbe interessarti|"
    r"articoli correlati|"
    # Polish, Dutch, the North
    r"(?:czytaj|zobacz|przeczytaj) (?:też|także|więcej|również)|polecamy|dowiedz się więcej|"
    r"lees ook|lue myös|läs (?:också|även|mer)|les også"
)
_LABELS = (
    r"share(?: (?:this|on|to)\b.*)?|be sociable.*|teilen|artikel (?:teilen|drucken)|jetzt teilen|"
    r"beitrag teilen|.* jetzt teilen|partager|compartir|compartilhe|condividi|udostępnij|"
    r"\d* ?(?:comments?(?: are closed\.?)?|kommentare?|commentaires?|comentarios?|comentários|"
    r"commenti|komentarze)|(?:leave|post|write|add) a (?:reply|comment).*|"
    r"newsletter|subscribe.*|sign up.*|tags?|tagged(?: with)?|topics|categor(?:y|ies)|"
    r"filed under.*|schlagw[oö]rter?|schlagworte|themen|etiquetas|temas|tagi|"
    r"advertisement|sponsored|anzeige|werbung|reklama|publicidad|publicité|"
    r"(?:back|return) to .*|zurück(?: (?:zu|nach).*)?|print|drucken|"
    r"imprimer|imprimir|drukuj|permalink"
)
_LABEL_LINE = re.compile(
    rf"[\W\d]*(?:(?:{_LEADS_ON})\b.{{0,60}}|(?:{_LABELS})\s*[:.…!?»>]*)", re.IGNORECASE
)
_OPENING = re.compile(rf"\W*(?:{_LEADS_ON})\b|\s*(?:>>|»)", re.IGNORECASE)
_SOURCES = re.compile(
    r"references|bibliograph|works cited|further reading|sources|literatur|quellen|"
    r"notes|anmerkungen|fußnoten",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?:|www\.|\S+@)|\S+\.(?:com|org|net|de)\b", re.IGNORECASE)
_LONGEST_LABEL, _LONGEST_LINE = 90, 300
# A card has a heading, some words on the article, its author and date.
_LONGEST_CARD = 450
_LONGEST_BESIDE = 300
# A short entry under its linked title is no card, but the article.
_CARD_SHARE = 0.15
# Of the words of what leads away, links are this share; of a paragraph, nearly all.
_LEADING, _WHOLLY = 0.6, 0.9
_OPENED = 0.55
# Lists of links that hold this share of an article are what it is.
_MOST = 0.4
_BUTTON = re.compile(r"(?<![a-z])(?:btn|button|prev|next|more|back|print\w*)(?![a-z])")
_CLOSING = re.compile(r"\W*(?:the end|end|fin|ende|finis|koniec)\W*", re.IGNORECASE)
_HOLDERS = {"blockquote", "figure", "td", "th", "tr", "table"}
_IN_LINES = {"a", "span", "strong", "b", "em", "i"}


def trim(article: Element, metadata: Metadata) -> None:
    """Takes out of an article what leads away from it."""
    _drop_cards(article, metadata)
    _drop_link_rows(article)
    _drop_labels(article)
    _drop_lone_links(article)
    drop_site_lines(article, metadata)
    _drop_idle_heads(article)


def holds_sources(element: Element) -> bool:
    """Whether a heading in it says that its links are the text's own."""
    return any(_SOURCES.search(text_of(head)) for head in element.iter(*HEADS))


def _leads_out(a: Element) -> bool:
    return a.tag == "a" and a.get("href", "#")[:1] not in {"#", ""}


def _still(article: Element, elements: list[Element]) -> Iterator[Element]:
    """Those that have not been taken out with another when their turn comes."""
    for one in elements:
        if one is not article and any(outer is article for outer in above(one)):
            yield one


def _drop_cards(article: Element, metadata: Metadata) -> None:
    """Headings that are links to other pages, links about blocks, and their few words."""
    heads = list(article.iter(*HEADS))[1:]
    cards = [
        head
        for head in heads
        if head.tag != "h1"
        and linked_share(head) > _WHOLLY
        and text_of(head) not in metadata.title
        and any(_leads_out(a) for a in head.iter("a"))
    ]
    cards += [
        a
        for a in article.iter("a")
        if _leads_out(a)
        and any(one.tag in HEADS | {"p", "div", "li", "article"} for one in a.iterdescendants())
        and text_of(a)
        and a.find(".//h1") is None
    ]
    weights = weights_of(article)
    most = min(_LONGEST_CARD + _LONGEST_BESIDE, weights[article].letters * _CARD_SHARE)
    for card in _still(article, cards):
        widest = max(_LONGEST_CARD, weights[card].letters + _LONGEST_BESIDE)
        here = card
        for outer in above(card):
            if outer is article or outer.tag in _HOLDERS or weights[outer].letters > widest:
                break
            here = outer
        if weights[here].letters <= most:
            drop(here)


def _drop_link_rows(article: Element) -> None:
    """Lists and divisions of links, but what stands under “References”."""
    rows: list[Element] = []
    sources = False
    for one in article.iter():
        if one.tag in HEADS:
            sources = bool(_SOURCES.search(text_of(one)))
        elif (
            not sources
            and one is not article
            and one.tag in {"ul", "ol", "div", "section", "dl", "p"}
            and _is_link_row(one)
            and not any(outer in rows[-1:] for outer in above(one))
        ):
            rows.append(one)
    if sum(len(text_of(one)) for one in rows) <= len(text_of(article)) * _MOST:
        for one in rows:
            label = one.getprevious()
            if label is not None and label.tag in HEADS and _OPENING.match(text_of(label)):
                drop(label)
            drop(one)


def _is_link_row(one: Element) -> bool:
    words = text_of(one)
    if not words or linked_share(one) < (_WHOLLY if one.tag == "p" else _LEADING):
        return False
    following = one.getnext()
    if following is not None and following.tag == "h1":
        return False  # the section that the article stands in: the repairs say so
    if _ADDRESS.match(words) or not any(_leads_out(a) for a in one.iter("a")):
        return False
    return not any(outer.tag in _HOLDERS | {"li", "p"} for outer in above(one))


def _drop_labels(article: Element) -> None:
    """“Read more”, “Comments”, “Tags”, with the links that stand below."""
    for line in _still(
        article, list(article.iter(*HEADS, "p", "div", "dt", "blockquote", "span", "strong", "b"))
    ):
        if any(one.tag in BLOCKS for one in line):
            continue
        words = text_of(line)
        if not words or len(words) > _LONGEST_LINE:
            continue
        if line.tag in BLOCKS and linked_share(line) > _OPENED and _OPENING.match(words):
            drop(line)
        elif len(words) <= _LONGEST_LABEL and _LABEL_LINE.fullmatch(words):
            _drop_label(line, words, article)


def _drop_label(line: Element, words: str, article: Element) -> None:
    place = line
    while (outer := place.getparent()) is not article and text_of(outer) == words:
        place = outer
    if place.tag in _IN_LINES or place.tag in {"li", "td"}:
        return
    following = place.getnext()
    below = []
    while following is not None and following.tag not in HEADS and _is_of_label(following):
        below.append(following)
        following = following.getnext()
    # A heading is the text's own where words of the text follow it.
    if below or linked_share(place) > _OPENED or place.getnext() is None or place.tag not in HEADS:
        for one in [place, *below]:
            drop(one)


def _is_of_label(following: Element) -> bool:
    words = text_of(following)
    linked = following.find(".//a") is not None and len(words) < _LONGEST_LINE * 2 // 3
    return not words or linked or linked_share(following) > 0.4


def _drop_lone_links(article: Element) -> None:
    """“Print” and its like: a named link or line that stands alone between blocks."""
    for one in _still(article, list(article.iter("a", "span"))):
        outer = one.getparent()
        if outer.tag not in {"div", "section", "article"}:
            continue
        if not (site_names(one) or _BUTTON.search(name_words(one))):
            continue
        before = one.getprevious()
        beside = (outer.text if before is None else before.tail) or ""
        if len(text_of(one)) <= _LONGEST_LABEL and not (beside + (one.tail or "")).strip():
            drop(one)


def _drop_idle_heads(article: Element) -> None:
    """Headings and the like over nothing, at the end: what they headed has been taken out."""
    for line in reversed([one for one in article.iter() if one.tag in BLOCKS]):
        words = text_of(line)
        if not words or line is article or any(one.tag in BLOCKS for one in line.iterdescendants()):
            continue
        label = len(words) <= _LONGEST_LABEL and line.tag != "li" and words[-1] in ":?"
        idle = (label or line.tag in HEADS - {"h1"}) and not _CLOSING.fullmatch(words)
        if not idle or _words_follow(line, article):
            return
        drop(line)


def _words_follow(line: Element, article: Element) -> bool:
    for step in [line, *above(line)]:
        if step is article:
            return False
        if (step.tail or "").strip():
            return True
        if any(text_of(one) or (one.tail or "").strip() for one in step.itersiblings()):
            return True
    return False
