"""Two readings side by side, and which text to put beside one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from discussions.links.pair import PairText, ReadingPair, build_pair
from discussions.links.pair_choices import pair_choices
from discussions.links.pair_html import written
from readings.page import Standing, find_standing, know_bell, note_rows, reading_view
from seminars.http import SeminarRequest


@reading_view
@require_GET
def reading_pair(request: SeminarRequest, standing: Standing, other: str) -> HttpResponse:
    """Show both texts, and every link between them that this member may see."""
    beside = find_standing(request.user.pk or 0, request.seminar.slug, other)
    is_one = beside is None or beside.reading.pk == standing.reading.pk
    if beside is None or is_one or beside.reading.is_general:
        raise Http404(_("There are no two such readings, or they are not open to you."))
    pair = build_pair(standing, beside)
    know_bell(request, standing)
    return render(request, "discussions/reading_pair.html", pair_context(pair))


@reading_view
@require_GET
def pair_choice(request: SeminarRequest, standing: Standing) -> HttpResponse:
    """Choose the text to put beside this one; where there is one other, that is it, unless who
    asks wants to `choose` another than they have."""
    choices = pair_choices(standing.reading, request.membership)
    if len(choices) == 1 and "choose" not in request.GET:
        return redirect(choices[0].url)
    context = {"reading": standing.reading, "choices": choices}
    return render(request, "discussions/pair_choice.html", context)


def pair_context(pair: ReadingPair) -> dict[str, Any]:
    return {
        "pair": pair,
        "links": pair.links,
        "may_link": pair.may_link,
        "panes": [pane_context(text, pair) for text in pair.texts],
    }


def pane_context(text: PairText, pair: ReadingPair) -> dict[str, Any]:
    """One text with its contents and notes; their ids begin with its side."""
    return {
        "side": text.side,
        "within": text.within,
        "reading": text.reading,
        "essay": text.reading.essay,
        "title": text.title,
        "sections": text.sections,
        "paragraphs": text.paragraphs,
        "blocks": written(text, pair.links, pair.member),
        "notes": note_rows(text.text),
        "is_cut": text.text.is_cut,
        "revision": text.reading.revision_id,
    }
