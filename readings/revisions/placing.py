"""Placing a passage by hand: from the form to the action, and what the page shows."""

from typing import Any

from readings.layers import Content
from readings.models import Block, Note, Reading, ReanchoredPassage, Visit
from readings.reading_page import lay_out
from readings.revisions import actions
from readings.revisions.fates import Fate
from readings.revisions.forms import PlaceForm, sentences_of
from seminars.http import SeminarRequest
from seminars.models import Membership


def decide(form: PlaceForm, *, moved: ReanchoredPassage, by: Membership) -> str:
    """Do what the form asks (`act`: place, leave or undo) and say so; "" where it is not valid.

    Raises PassageNotFound and CannotPlace.
    """
    match form.data.get("act", "place"):
        case "leave":
            actions.leave_passage(moved=moved, by=by)
            return "It stays as it is."
        case "undo":
            actions.undo_placing(moved=moved, by=by)
            return "Taken back: it is to be decided again."
    if not form.is_valid():
        return ""
    actions.place_passage(moved=moved, segments=form.cleaned_data["found"], by=by)
    return "Placed."


def placing_context(
    request: SeminarRequest, reading: Reading, form: PlaceForm, fate: Fate
) -> dict[str, Any]:
    """Everything that passage_place.html shows: the fate, the form and the text to choose from."""
    about, sentences = sentences_of(
        reading, request.GET.get("number", ""), request.POST.get("block", "")
    )
    page = lay_out(
        blocks=list(Block.objects.filter(revision_id=reading.revision_id)),
        notes=Note.objects.filter(revision_id=reading.revision_id),
        content=Content(),
        visit=Visit(),
    )
    return {
        "reading": reading,
        "essay": reading.essay,
        "form": form,
        "fate": fate,
        "about": about,
        "sentences": sentences,
        "asked": request.GET.get("number", ""),
        "page": page,
        "can": {},  # nothing but choosing words is done on this page
    }
