"""What a web page says of itself in its head: for libraries, for search engines, for sharing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from documents.dates import date_of
from documents.document import Metadata
from documents.language import normal_code
from documents.names import authors_in, is_name
from documents.readers.web.tree import Element, names_of, text_of

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_ARTICLE = re.compile(r"article|posting|report|creativework|webpage|essay", re.IGNORECASE)
# Between a title and the name of its site.
_CUT = re.compile(r"\s+[|–—·•«»:-]+\s+")
_AUTHOR_FIELDS = (
    "citation_author", "dc.creator", "dcterms.creator", "author", "article:author",
    "parsely-author",
)  # fmt: skip
_DATE_FIELDS = (
    "citation_publication_date", "citation_date", "article:published_time", "dc.date",
    "dcterms.date", "dc.date.issued", "dcterms.issued", "datepublished", "date",
    "parsely-pub-date", "pubdate",
)  # fmt: skip


def web_metadata(root: Element) -> Metadata:
    """Title, authors, date, venue, issue, language and licence."""
    meta = _meta_values(root)
    linked = next(_linked(root), {})
    site = _first(meta, "citation_journal_title", "og:site_name", "dc.publisher") or _name_in(
        linked.get("isPartOf") or linked.get("publisher")
    )
    language = root.get("lang") or root.get("xml-lang") or _first(meta, "og:locale", "dc.language")
    return Metadata(
        title=_title(root, meta, linked, site),
        authors=_authors(root, meta, linked),
        venue=site,
        issue=_issue(meta),
        published=_published(root, meta, linked),
        language=normal_code(language or ""),
        abstract=_first(meta, "citation_abstract", "dcterms.abstract"),
        licence=_licence(root),
    )


def _meta_values(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = " ".join(meta.get("content", "").split())
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _first(meta: dict[str, list[str]], *names: str) -> str:
    return next((meta[name][0] for name in names if name in meta), "")


def _linked(root: Element) -> Iterator[dict[str, Any]]:
    """The page's own thing in JSON-LD."""
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            data = json.loads("".join(script.itertext()))
        except (ValueError, RecursionError):
            continue
        several = (
            data
            if isinstance(data, list)
            else data.get("@graph", [data])
            if isinstance(data, dict)
            else []
        )
        for one in several if isinstance(several, list) else []:
            if (
                isinstance(one, dict)
                and _ARTICLE.search(str(one.get("@type", "")))
                and one.get("headline")
            ):
                yield one


def _name_in(thing: Any) -> str:
    if isinstance(thing, list):
        thing = thing[0] if thing else ""
    if isinstance(thing, dict):
        thing = thing.get("name", "")
    return " ".join(thing.split()) if isinstance(thing, str) else ""


def _title(root: Element, meta: dict[str, list[str]], linked: dict[str, Any], site: str) -> str:
    """The title as the article's own heading has it, where the head agrees with that."""
    element = root.find(".//title")
    tag = text_of(element) if element is not None else ""
    shared = _first(meta, "citation_title", "dc.title", "og:title") or _name_in(
        linked.get("headline")
    )
    full = shared or tag
    heads = [words for head in root.iter("h1") if (words := text_of(head))]
    if full and not date_of(full):
        heads = [words for words in heads if not date_of(words)]
    for words in heads:
        if full and (words.casefold() in full.casefold() or full.casefold() in words.casefold()):
            return words
        if words.casefold() in tag.casefold() and tag:
            return words
    if not shared and len(heads) == 1:
        return heads[0]
    return _without_site(full, site)


def _without_site(title: str, site: str) -> str:
    parts = _CUT.split(title)
    if len(parts) > 1 and site:
        kept = [part for part in parts if part.casefold() != site.casefold()]
        if kept and len(kept) < len(parts) and title.startswith(kept[0]):
            return title[: title.rindex(kept[-1]) + len(kept[-1])]
    return title


def _authors(root: Element, meta: dict[str, list[str]], linked: dict[str, Any]) -> tuple[str, ...]:
    for name in _AUTHOR_FIELDS:
        names = tuple(found for value in meta.get(name, []) for found in _people(value))
        if names:
            return tuple(dict.fromkeys(names))
    people = linked.get("author", [])
    several = people if isinstance(people, list) else [people]
    names = tuple(found for one in several for found in _people(_name_in(one)))
    if names:
        return tuple(dict.fromkeys(names))
    for element in root.iter("a", "span", "p", "div", "address"):
        marked = "author" in element.get("rel", "") or re.search(
            r"\b(?:byline|author)\b", names_of(element)
        )
        if marked and (found := authors_in(text_of(element)[:160])):
            return found
    return ()


def _people(value: str) -> tuple[str, ...]:
    """Names, those of libraries (“Ferrer, Ada”) turned round; addresses are none."""
    if "://" in value:
        return ()
    if value.count(",") == 1:
        last, first = (part.strip() for part in value.split(","))
        if is_name(f"{first} {last}") and not is_name(last):
            return (f"{first} {last}",)
    return authors_in(value)


def _published(root: Element, meta: dict[str, list[str]], linked: dict[str, Any]) -> str:
    for name in _DATE_FIELDS:
        if name in meta and (found := _iso(meta[name][0])):
            return found
    if found := _iso(str(linked.get("datePublished", ""))):
        return found
    for time in root.iter("time"):
        if found := _iso(time.get("datetime", "")) or date_of(text_of(time)):
            return found
    return ""


def _iso(value: str) -> str:
    """2020/5/4 and 2020-05-04T10:00 as ISO dates, as precise as they are."""
    match = _ISO.match(value.strip())
    if match is None:
        return date_of(value.strip())
    return "-".join(f"{int(part):02}" if len(part) < 4 else part for part in match.groups() if part)


def _issue(meta: dict[str, list[str]]) -> str:
    volume, number = _first(meta, "citation_volume"), _first(meta, "citation_issue")
    parts = [f"Vol. {volume}" if volume else "", f"No. {number}" if number else ""]
    return ", ".join(part for part in parts if part)


def _licence(root: Element) -> str:
    for element in root.iter("a", "link"):
        if "license" in element.get("rel", "").split():
            return text_of(element) or element.get("href", "")
    return ""
