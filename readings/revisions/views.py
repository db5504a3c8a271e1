"""A reading whose text changes: moving it, what became of its passages, placing one by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from readings.models import Reading, ReanchoredPassage
from readings.page import Content, get_reading, lay_out, revision_text
from readings.passages import PassageNotFound
from readings.revisions import actions
from readings.revisions.alignments import text_change
from readings.revisions.forms import PassagePlaceForm, sentences_of
from readings.revisions.http import get_moved
from readings.revisions.outcome_report import PassageOutcome, outcome_report_of, outcomes_if_moved
from readings.revisions.queries import forward_reanchoring, newer_revision
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership
from seminars.permissions import can_instruct, can_manage_readings


@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def reading_revision(request: SeminarRequest, reading: str) -> HttpResponse:
    """Show what would become of each passage in the newest text, and move the reading to it."""
    found = get_reading(request, reading)
    newer = newer_revision(found)
    if request.method == "POST":
        # Who sends the form twice finds the reading there.
        target = newer or found.revision
        try:
            if request.POST.get("revision") != str(target.pk):
                raise actions.CannotMove(_("The newest revision is another now. Look at it first."))
            actions.move_reading(reading=found, revision=target, by=request.membership)
        except actions.CannotMove as refused:
            messages.error(request, str(refused))
            return redirect("reading_revision", request.seminar.slug, found.slug)
        messages.success(request, _("The seminar reads revision %d now.") % target.number)
        return redirect("reading_changes", request.seminar.slug, found.slug)
    report = None
    if newer:
        change = text_change(found.revision_id, newer.pk)
        report = outcomes_if_moved(reading=found, change=change, membership=request.membership)
    has_moved = newer is None and forward_reanchoring(found) is not None
    context = {"reading": found, "newer": newer, "has_moved": has_moved, "report": report}
    return render(request, "readings/reading_revision.html", context)


@seminar_view(can_instruct)
@require_GET
def reading_changes(request: SeminarRequest, reading: str) -> HttpResponse:
    """Tell what became of each passage when the text changed."""
    found = get_reading(request, reading)
    context = {
        "reading": found,
        "newer": newer_revision(found),
        "reanchoring": forward_reanchoring(found),
        "report": outcome_report_of(reading=found, membership=request.membership),
    }
    return render(request, "readings/reading_changes.html", context)


@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def passage_place(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Say where a passage belongs in the new text, leave it as it is, or take that back."""
    found = get_reading(request, reading)
    moved, outcome = get_moved(request, found, pk)
    form = PassagePlaceForm(reading=found)
    if request.method == "POST":
        form = PassagePlaceForm(request.POST, reading=found)
        try:
            said = decide(form, moved=moved, by=request.membership)
        except PassageNotFound as error:
            form.add_error(None, str(error))
            said = ""
        except actions.CannotPlace as refused:
            said = str(refused)
        if said:
            messages.info(request, said)
            return redirect("reading_changes", request.seminar.slug, found.slug)
    context = placing_context(request, found, form, outcome)
    status = 422 if form.errors else 200
    return render(request, "readings/passage_place.html", context, status=status)


def decide(form: PassagePlaceForm, *, moved: ReanchoredPassage, by: Membership) -> str:
    """Do what the form asks (`act`: place, leave or undo) and say so; "" where it is not valid.

    Raises PassageNotFound and CannotPlace.
    """
    match form.data.get("act", "place"):
        case "leave":
            actions.leave_passage(moved=moved, by=by)
            return _("It stays as it is.")
        case "undo":
            actions.undo_placing(moved=moved, by=by)
            return _("Taken back: it is to be decided again.")
    if not form.is_valid():
        return ""
    actions.place_passage(moved=moved, segments=form.cleaned_data["found"], by=by)
    return _("Placed.")


def placing_context(
    request: SeminarRequest, reading: Reading, form: PassagePlaceForm, outcome: PassageOutcome
) -> dict[str, Any]:
    """Everything that passage_place.html shows: what became of it, the form, and the text."""
    about, sentences = sentences_of(
        reading, request.GET.get("number", ""), request.POST.get("block", "")
    )
    text = revision_text(reading)
    page = lay_out(
        blocks=text.blocks,
        notes=text.notes,
        content=Content(),
        keys={block.key for block in text.shown},
        pictures=text.pictures,
    )
    return {
        "reading": reading,
        "essay": reading.essay,
        "form": form,
        "outcome": outcome,
        "about": about,
        "sentences": sentences,
        "asked": request.GET.get("number", ""),
        "page": page,
        "can": {},  # nothing but choosing words is done on this page
    }
