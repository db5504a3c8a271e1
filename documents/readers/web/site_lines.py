"""Lines that a site sets into an article and only their words tell from it.

Calls to subscribe and to follow, when the page was changed, who took a picture: each a line of
its own, and looked for as the whole of one, so that a sentence of the text that speaks of a
newsletter stays. What is known by links see `furniture.py`, by names `surroundings.py`.
"""

from __future__ import annotations

import re

from documents.dates import date_of
from documents.document import Metadata
from documents.readers.web.tree import BLOCKS, HEADS, Element, above, drop, text_of

_LINES = HEADS - {"h1"} | {"p", "div", "li", "blockquote", "section"}
_CHANNEL = (
    r"\b(?:twitter|facebook|instagram|whatsapp|telegram|youtube|linkedin|tiktok|pinterest|"
    r"google (?:news|noticias|notícias|actualités)|mastodon|bluesky|threads|rss)\b"
)
# Each is what such a line begins with; as sites in eight languages have them.
_CALLS = (
    # English
    rf"(?:please )?(?:follow|like|join|find) (?:us|our|the|me|@)\b.{{0,60}}{_CHANNEL}|"
    rf"(?:follow|join|find) (?-i:[@A-Z])[^.]{{1,50}} on (?:our )?{_CHANNEL}|"
    r"(?:never|don.t) miss\b.{0,80}\b(?:newsletter|sign(?:ing)? up|subscri|our app)|"
    r"get (?:the|our|all|more)\b.{0,80}\b(?:your (?:e-?mail|inbox|phone)|newsletter|app\b)|"
    r"(?:sign up|subscribe|register) (?:here|now|today|to (?:our|the|receive)|for (?:our|the|free))"
    r"\b|download (?:the|our)\b.{0,40}\bapp\b|stay up.to.date (?:on|with) our\b|"
    r"to (?:view|read|continue)\b.{0,60}\b(?:subscribe|register|log in|sign in)\b|"
    r"if you(?:.ve)? (?:enjoy|like|found).{0,100}\b(?:support|subscri|shar|donat|follow)|"
    r"if you\b.{0,50}\balready a (?:subscriber|member)\b|do you want to be informed\b|"
    r"you (?:must|need to) (?:be )?(?:log(?:ged)?|sign(?:ed)?) in\b|"
    # German
    rf"folg(?:e|t|en sie) (?:uns|mir|unserem)\b.{{0,60}}{_CHANNEL}|"
    r"(?:zum|zu unserem|unseren|jetzt|hier)\b.{0,30}\bnewsletter\b.{0,30}\b(?:anmelden|abonnieren)|"
    r"(?:abonnier\w*|bestell\w*|melde[nt]?)\b.{0,60}\bnewsletter\b|"
    r"(?:möchten sie|möchtest du|wollen sie|willst du)\b.{0,30}\b(?:weiterlesen|teilen)\?|"
    r"(?:den|diesen) (?:artikel|beitrag) (?:mit anderen )?(?:teilen|weiterempfehlen)\b|"
    r"(?:du musst|sie müssen) (?:eingeloggt|angemeldet|registriert)\b|"
    r"unterstütz(?:e|t|en sie) (?:uns|unsere?|mich)\b|"
    # French, Spanish, Portuguese, Italian
    r"(?:suivez|rejoignez|retrouvez).nous\b|(?:abonnez|inscrivez).vous\b|"
    rf"s[ií]gu?[ea]n?(?:nos|me)\b.{{0,30}}{_CHANNEL}|nos siga n[oa]\b|siga.nos\b|"
    r"suscr[ií]b(?:e|a|an|i)(?:te|se)\b|[úu]nete\b.{0,60}\b(?:canal|telegram|whatsapp)|"
    r"hazte (?:socio|miembro|suscriptor)|(?:inscreva|cadastre).se\b|assine (?:a|o|já|agora)\b|"
    r"seguici (?:su|anche)\b|iscriviti (?:alla|al|qui|ora)\b|abbonati (?:a|ora|qui)\b|"
    # Polish, Dutch, the North
    r"zapraszamy\b.{0,30}\b(?:subskrypcji|prenumeraty)\b|zapisz się\b.{0,40}\bnewsletter|"
    r"(?:obserwuj|śledź|polub) nas\b|volg ons\b|abonneer (?:je|u)\b|"
    r"tilaa (?:uutiskirje|lehti)|prenumerera på\b"
)
# Behind a name for a picture stands who made it.
_CREDITED = (
    r"(?:symbol|archiv)?(?:bild(?:er)?|fotos?|grafik)"
    r"(?:[- ]?(?:quelle|nachweis|rechte|credit)s?)?|quelle: (?:foto|bild)|photo(?:s|graph)?"
    r"(?: credits?| courtesy)?|images?(?: credits?| source| courtesy)?|"
    r"picture|crédits?(?: photos?| image)?|créditos?|credits?|im[aá]gen(?:es)?|imagem|fotografía|"
    r"kuva|zdj(?:ęcie)?|fot|copyright"
)
# The picture that such a credit names stands over the title, not above the line.
_OF_TITLE = (
    r"(?:titel|beitrags|header|vorschau|cover)-?(?:bild|foto)|(?:featured|header|cover) image"
)
_AGENCIES = (
    r"(?:getty(?: images)?|reuters|afp|epa|efe|dpa|pap|ap|picture[- ]alliance|shutterstock|"
    r"istock(?:photo)?|unsplash|pexels|pixabay|imago(?: images)?|wenn(?:\.com)?|"
    r"wikimedia(?: commons)?)"
)
# A year and rights are of the article itself, and say how it may be used.
_NOT_RIGHTS = r"(?!.*(?:\b(?:19|20)\d\d\b|rights|rechte|droits|derechos|direitos|diritti))"
_CREDIT = re.compile(
    rf"{_NOT_RIGHTS}(?:\(?(?:{_OF_TITLE}|{_CREDITED})\s*(?::|\.:|\bby\b|\bvia\b|©)\s*\S[^.!?]{{1,90}}"
    r"(?:\.\w[^.!?]{0,30})?\.?\)?|"
    r"[^.!?:]{0,60}©\s?\S.{1,70}|"
    rf"\(?[^.!?:]{{2,60}}[/|] ?{_AGENCIES}(?:\.com)?\)?)",
    re.IGNORECASE,
)
_CALL = re.compile(rf"\W*(?:{_CALLS})", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified|created)|publiziert|"
    r"veröffentlicht(?:ung)?|(?:zuletzt |letzte )?aktualisier(?:t|ung)|erstellt|"
    r"opublikowano|publikacja|publicado|actualizado|atualizado|publié|mis à jour|pubblicato|"
    r"aggiornato|gepubliceerd|julkaistu|publicerad)"
    r"(?: (?:on|at|am|den|le|el|em|il|op))?\s*:?\s+(?:[^\W\d]+,? )?"
    r"(?!.* (?:by|von|par|por|di|av|door) )\d[^!?]{4,60}|"
    r"\d+ (?:min(?:ute)?[ns]?\.?)(?: (?:read|lesezeit|lesen|de lectur[ae]|de leitura|di lettura))|"
    r"(?:lesezeit|reading time|temps de lecture|tiempo de lectura)\s*:?.{0,30}",
    re.IGNORECASE,
)
_TITLE_CREDIT = re.compile(rf"\(?(?:{_OF_TITLE})", re.IGNORECASE)
_WEEKDAY = re.compile(r"^[^\W\d]{2,12}\.?,\s+(?=\d)")
_CLOCK = re.compile(
    r",?\s+(?:(?:at|um|à|a las|às|kl\.?)\s+)?\d{1,2}[:.]\d\d(?:\s*(?:[ap]m|uhr))?$", re.I
)
_DISCLOSED = re.compile(
    r"\W*(?:anzeige|werbung|advertisement|publicité|publicidad|reklama|ad)\s*[-–—:.,*)].{0,90}|"
    r"\W*(?:dieser|der|this|cet|este)\s(?:beitrag|artikel|post|article|artículo)\b.{0,20}\b"
    r"(?:enthält|contains?|contient|contiene)\b.{0,30}\b(?:werbung|affiliate|anzeigen|"
    r"advertis\w+|publicité|publicidad).{0,90}|"
    r"externer inhalt|(?:quellen|kommentare) (?:aus|ein)blenden|"
    r"perma(?:nent)?(?:link|lien)\b.{0,60}",
    re.IGNORECASE,
)
_LONGEST_CALL, _LONGEST_LINE = 280, 130


def drop_site_lines(article: Element, metadata: Metadata) -> None:
    """Takes such lines out; who made a picture stays where the picture stands above."""
    for line in list(article.iter(*_LINES)):
        if line is article or line.getparent() is None:
            continue
        if any(one.tag in BLOCKS or one.tag == "img" for one in line.iterdescendants()):
            continue
        words = text_of(line)
        if not words or len(words) > _LONGEST_CALL or _is_captioned(line):
            continue
        if _CALL.match(words) or (
            len(words) <= _LONGEST_LINE
            and (_is_of_page(words, metadata) or _is_stray_credit(line, words))
        ):
            drop(line)


def _is_captioned(line: Element) -> bool:
    return any(one.tag in {"figure", "table"} for one in above(line))


def _is_of_page(words: str, metadata: Metadata) -> bool:
    """Whether a line says that it is paid for, or once more when the page was made.

    A date without a label or an hour is a title page's, which the repairs of its lines read.
    """
    if _DISCLOSED.fullmatch(words):
        return True
    if not metadata.published:
        return False
    day = date_of(_WEEKDAY.sub("", _CLOCK.sub("", words))) if _CLOCK.search(words) else ""
    return bool(_STAMP.fullmatch(words)) or (len(day) > 4 and metadata.published.startswith(day))


def _is_stray_credit(line: Element, words: str) -> bool:
    """Whether a line says who took a picture, and no picture stands right above it."""
    if not _CREDIT.fullmatch(words):
        return False
    return bool(_TITLE_CREDIT.match(words)) or not _has_picture_above(line)


def _has_picture_above(line: Element) -> bool:
    for step in [line, *above(line)]:
        before, parent = step.getprevious(), step.getparent()
        if before is not None:
            own = not text_of(before) and not (before.tail or "").strip()
            return own and (before.tag == "img" or before.find(".//img") is not None)
        if parent is None or (parent.text or "").strip():
            return False
    return False
