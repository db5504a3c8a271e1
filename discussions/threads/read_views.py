"""How far one has read: a thread kept as new, all of a reading or of a seminar marked read."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from discussions.common.http import get_thread
from discussions.models import Thread
from discussions.threads.forms import MarkingForm, WatermarkForm
from discussions.threads.reads import mark_read, marked_threads, set_watermark, undo_marking
from discussions.threads.responses import tell
from discussions.threads.unread_counts import read_state, unread_counts
from readings.models import Reading
from readings.page import get_reading_or_general
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.read_only import though_read_only


@seminar_view()
@require_POST
@though_read_only
def thread_read(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Set how far one has read in a thread: what is numbered above it is new, or new again."""
    found = get_reading_or_general(request, reading)
    thread = get_thread(request, found, pk)
    form = WatermarkForm(request.POST, last_seq=thread.last_seq)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    set_watermark(thread=thread, by=request.membership, seq=form.cleaned_data["seq"])
    return read_changed(request, thread)


@seminar_view()
@require_POST
@though_read_only
def reading_reads(request: SeminarRequest, reading: str) -> HttpResponse:
    """Mark all threads of a reading read, or take that back."""
    found = get_reading_or_general(request, reading)
    form = MarkingForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    marking = follow_form(request, form, reading=found)
    if request.htmx:
        return marking_changed(request, found, marking)
    page = reverse("thread_list", args=[request.seminar.slug, found.slug])
    return redirect(f"{page}?marked={marking}" if marking else f"{page}?show=new")


@seminar_view()
@require_POST
@though_read_only
def seminar_reads(request: SeminarRequest) -> HttpResponse:
    """Mark all threads of a seminar read, or take that back."""
    form = MarkingForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    marking = follow_form(request, form)
    page = request.seminar.get_absolute_url()
    return redirect(f"{page}?marked={marking}" if marking else page)


def follow_form(
    request: SeminarRequest, form: MarkingForm, *, reading: Reading | None = None
) -> uuid.UUID | None:
    """Do what the form asks, in one reading or in all; return the marking that was made."""
    undo: uuid.UUID | None = form.cleaned_data["undo"]
    if undo:
        undo_marking(by=request.membership, marking=undo)
        return None
    readings = Reading.including_general.visible_to(request.membership)
    if reading is not None:
        readings = readings.filter(pk=reading.pk)
    marking: uuid.UUID = form.cleaned_data["client_key"]
    mark_read(readings=readings, by=request.membership, marking=marking)
    return marking


def find_marking(request: SeminarRequest) -> dict[str, Any]:
    """What _marked.html tells of the marking that the address names; nothing where there is none
    that can be taken back."""
    try:
        marking = uuid.UUID(request.GET.get("marked", ""))
    except ValueError:
        return {}
    marked = marked_threads(by=request.membership, marking=marking)
    return {"marking": marking, "marked": marked} if marked else {}


# --- Answers -------------------------------------------------------------------------------------
def read_changed(request: SeminarRequest, thread: Thread) -> HttpResponse:
    """Answer with the form that turns it back, and what the page is to count."""
    state = read_state(thread=thread, membership=request.membership)
    said = _("Kept as new") if state.first_new else _("Marked read")
    if not request.htmx:
        messages.success(request, said)
        page = reverse("thread_list", args=[request.seminar.slug, thread.reading.slug])
        return redirect(f"{page}?show=new")
    context = {"thread": thread, "reading": thread.reading, "focus": True}
    context |= {"is_kept": bool(state.first_new)}
    context |= {"seq": state.last_of_others if state.first_new else state.keeps_new}
    response = render(request, "discussions/_read_state.html", context)
    counts = unread_counts(thread.reading, request.membership, thread=thread.pk)
    return tell(response, said, **{"unread-changed": {"threads": {thread.pk: 0} | counts}})


def marking_changed(
    request: SeminarRequest, reading: Reading, marking: uuid.UUID | None
) -> HttpResponse:
    """Answer with the form that turns it back, and what the page is to count."""
    context: dict[str, Any] = {"reading": reading, "client_key": uuid.uuid4(), "focus": True}
    if marking:
        marked = marked_threads(by=request.membership, marking=marking)
        context |= {"marking": marking, "marked": marked}
    response = render(request, "discussions/_marking.html", context)
    counts = unread_counts(reading, request.membership)
    said = _("All is marked read") if marking else _("What was new is new again")
    return tell(response, said, **{"unread-changed": {"threads": counts, "whole": True}})
