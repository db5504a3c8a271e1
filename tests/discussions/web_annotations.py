"""What the Web Annotation Data Model says that an annotation MUST be, as a checker.

Written from the Recommendation of 23 February 2017 (sections in brackets), not from our exporter.
"""

import re
from collections.abc import Iterator
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# 3.3.5: the motivations that the model names.
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing"),
    *("highlighting", "identifying", "linking", "moderating", "questioning", "replying"),
    "tagging",
}
# 4.2: the selectors, each with the keys that it must have.
SELECTORS = {
    "FragmentSelector": {"value"},
    "CssSelector": {"value"},
    "XPathSelector": {"value"},
    "TextQuoteSelector": {"exact"},
    "TextPositionSelector": {"start", "end"},
    "DataPositionSelector": {"start", "end"},
    "SvgSelector": set(),
    "RangeSelector": {"startSelector", "endSelector"},
}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and bool(_IRI.fullmatch(value))


def several(value: Any) -> list[Any]:
    """A property with one value may be written without a list [2.1]."""
    return value if isinstance(value, list) else [value]


def faults(item: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one annotation."""
    if CONTEXT not in several(item.get("@context")):
        yield "3.1: @context MUST name anno.jsonld"
    if isinstance(item.get("@context"), list) and len(item["@context"]) == 1:
        yield "3.1: a single @context MUST be a string"
    if not is_iri(item.get("id")):
        yield "3.1: MUST have exactly 1 IRI that identifies it"
    if "Annotation" not in several(item.get("type")):
        yield "3.1: MUST have the type Annotation"
    if not item.get("target"):
        yield "3.1: MUST have 1 or more targets"
    if "bodyValue" in item and ("body" in item or not isinstance(item["bodyValue"], str)):
        yield "3.2.5: bodyValue MUST be one string, and alone"
    for target in several(item.get("target")):
        yield from _resource(target, "target")
    for body in several(item.get("body", [])):
        yield from _resource(body, "body")
    yield from _lifecycle(item)


def _resource(one: Any, where: str) -> Iterator[str]:
    if isinstance(one, str):
        if not is_iri(one):
            yield f"3.2.1: a {where} that is a string MUST be an IRI"
        return
    kinds = several(one.get("type", []))
    if "TextualBody" in kinds:
        if not isinstance(one.get("value"), str):
            yield "3.2.4: a TextualBody MUST have exactly 1 value, a string"
    elif "SpecificResource" in kinds or "source" in one:
        yield from _specific(one)
    elif not is_iri(one.get("id")):
        yield f"3.2.1: an external {where} MUST have exactly 1 IRI"
    for purpose in set(several(one.get("purpose", []))) - MOTIVATIONS:
        yield f"3.3.5: no motivation is called {purpose}"
    for name in ("format", "language"):
        if not all(isinstance(value, str) for value in several(one.get(name, []))):
            yield f"3.2.1: {name} is a string"


def _specific(one: dict[str, Any]) -> Iterator[str]:
    source = one.get("source")
    if not is_iri(source["id"] if isinstance(source, dict) else source):
        yield "4: a SpecificResource MUST have exactly 1 source"
    for selector in several(one.get("selector", [])):
        yield from _selector(selector)


def _selector(one: dict[str, Any]) -> Iterator[str]:
    kind = one.get("type")
    if kind not in SELECTORS:
        yield f"4.2: {kind} is no selector"
        return
    for key in SELECTORS[kind] - set(one):
        yield f"4.2: a {kind} MUST have exactly 1 {key}"
    if kind == "TextQuoteSelector":
        for key in {"exact", "prefix", "suffix"} & set(one):
            if not isinstance(one[key], str):
                yield f"4.2.4: {key} is a string"
    if kind in {"TextPositionSelector", "DataPositionSelector"}:
        start, end = one.get("start"), one.get("end")
        if type(start) is not int or type(end) is not int or start < 0 or end < 0:
            yield "4.2.5: start and end MUST be non-negative integers"
    for finer in several(one.get("refinedBy", [])):
        yield from _selector(finer)


def _lifecycle(item: dict[str, Any]) -> Iterator[str]:
    for name in ("created", "modified", "generated"):
        if name in item and not (isinstance(item[name], str) and _TIME.fullmatch(item[name])):
            yield f"3.3.1: {name} MUST be one xsd:dateTime with a time zone"
    for motive in several(item.get("motivation", [])):
        if motive not in MOTIVATIONS:
            yield f"3.3.5: no motivation is called {motive}"
    for agent in several(item.get("creator", [])):
        if isinstance(agent, dict) and not isinstance(agent.get("name", ""), str):
            yield "3.3.2: a name is a string"


def collection_faults(whole: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an Annotation Collection."""
    if CONTEXT not in several(whole.get("@context")):
        yield "5.1: @context MUST name anno.jsonld"
    if not is_iri(whole.get("id")):
        yield "5.1: MUST have exactly 1 IRI"
    if "AnnotationCollection" not in several(whole.get("type")):
        yield "5.1: MUST have the type AnnotationCollection"
    total = whole.get("total", 0)
    if type(total) is not int or total < 0:
        yield "5.1: total MUST be a non-negative integer"
    if total and "first" not in whole:
        yield "5.1: a collection with annotations MUST have a first page"
    first = whole.get("first")
    if isinstance(first, dict):
        yield from page_faults({"@context": CONTEXT, "partOf": whole["id"], **first})
    elif first is not None and not is_iri(first):
        yield "5.1: first MUST be a page or its IRI"


def page_faults(page: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an Annotation Page and the annotations in it."""
    if CONTEXT not in several(page.get("@context")):
        yield "5.2: @context MUST name anno.jsonld"
    if not is_iri(page.get("id")):
        yield "5.2: MUST have exactly 1 IRI"
    if "AnnotationPage" not in several(page.get("type")):
        yield "5.2: MUST have the type AnnotationPage"
    if not isinstance(page.get("items"), list) or not page["items"]:
        yield "5.2: MUST have 1 or more annotations in items"
    start = page.get("startIndex", 0)
    if type(start) is not int or start < 0:
        yield "5.2: startIndex MUST be a non-negative integer"
    for name in ("next", "prev"):
        if name in page and not is_iri(page[name]):
            yield f"5.2: {name} is the IRI of a page"
    for item in page.get("items", []):
        yield from faults(item)
