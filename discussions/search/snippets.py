"""The words that were found in their sentence, as HTML."""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from anchoring import SearchQuery, Sentence, find_phrases, split_sentences

LONGEST = 280  # characters of a sentence that are shown, and
BEFORE = 90  # of them before the first word that was found
LANDED = 6  # different words that the text's page paints

Span = tuple[int, int]


def snippet(text: str, query: SearchQuery) -> SafeString:
    """Return the sentence that has most of what was looked for, and one with the rest of it.

    Where nothing is found any more, how the text begins.
    """
    places = find_phrases(text, query)
    sentences = split_sentences(text)
    if not any(places) or not sentences:
        return mark_safe(escape(text[:LONGEST]))  # noqa: S308 - escaped
    spans = _apart(span for found in places for span in found)
    best = max(sentences, key=lambda one: (_kinds_in(one, places), -one.start))
    shown = [_around(text, best, spans)]
    missing = [found for found in places if found and not any(_is_in(one, best) for one in found)]
    if missing:
        rest = max(sentences, key=lambda one: (_kinds_in(one, missing), -one.start))
        if rest is not best:
            shown = [_around(text, one, spans) for one in sorted([best, rest], key=_start)]
    return mark_safe(" … ".join(shown))  # noqa: S308 - escaped piece by piece


def landed_words(text: str, query: SearchQuery) -> list[str]:
    """Return the words that were found as they stand in `text`, each once."""
    spans = _apart(span for found in find_phrases(text, query) for span in found)
    return list(dict.fromkeys(text[start:end] for start, end in spans))[:LANDED]


def _start(sentence: Sentence) -> int:
    return sentence.start


def _is_in(span: Span, sentence: Sentence) -> bool:
    return span[0] < sentence.end and sentence.start < span[1]


def _kinds_in(sentence: Sentence, places: Sequence[Sequence[Span]]) -> int:
    return sum(any(_is_in(span, sentence) for span in found) for found in places)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Put together what overlaps, in the order of the text."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _around(text: str, sentence: Sentence, spans: Sequence[Span]) -> str:
    """The sentence with its words marked; of a long one, what stands around the first of them."""
    start, end = sentence.start, sentence.end
    here = [one for one in spans if _is_in(one, sentence)]
    if end - start > LONGEST:
        first = here[0][0] if here else start
        begin = max(start, min(first - BEFORE, end - LONGEST))
        stop = min(end, begin + LONGEST)
        # At a space, where there is one near.
        start = text.find(" ", begin, first) + 1 or begin if begin > start else start
        end = (text.rfind(" ", stop - BEFORE, stop) if stop < end else stop) or stop
        end = stop if end < first else end
    pieces = ["… " if start > sentence.start else ""]
    at = start
    for begin, stop in here:
        begin, stop = max(begin, at), min(stop, end)
        if begin < stop:
            pieces += escape(text[at:begin]), f'<mark class="hit">{escape(text[begin:stop])}</mark>'
            at = stop
    pieces += escape(text[at:end]), " …" if end < sentence.end else ""
    return "".join(pieces)
