"""The questions of a guide's draft: each is written, changed, moved and taken off alone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import answered_once
from documents.whole_number import whole_number
from quizzes.composing import draft_questions as actions
from quizzes.composing.question_forms import QuestionForm
from quizzes.composing.question_values import in_words
from quizzes.composing.trial import Trial
from quizzes.composing.unfinished import QUESTION
from readings.guides import (
    Anchor,
    DraftPlace,
    GuideRefused,
    ItemChanged,
    NoGuideDraft,
    SentForm,
    block_in,
    blocks_of,
    form_answer,
    kept_for,
    kept_key,
    live_draft,
    save_or_keep,
    tell_changed,
    to_draft,
    version_in,
)
from readings.models import Block, Reading
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.edit_forms import DIGITS
from seminars.http import SeminarRequest
from seminars.permissions import can_manage_readings

MAX_QUOTE = 500  # of words chosen in the text: to know a place again; more is a paragraph


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def draft_question_new(request: SeminarRequest, reading: str) -> HttpResponse:
    """Write a question at a paragraph (`?at`), on these words of it (`?quote`)."""
    found = get_reading(request, reading)
    at = whole_number(request.GET.get("at", ""), digits=6)
    blocks = blocks_of(found)
    block = next((one for one in blocks if at and one.number == at), None)
    if block is None and request.method == "GET":
        return to_draft(request, found)
    place = DraftPlace(QUESTION, at)
    form = _form(request, found, None, blocks, place)
    quote = " ".join(request.GET.get("quote", "")[:MAX_QUOTE].split())
    form.initial["see"] = in_words(Anchor(at, quote))
    return _question_page(request, found, form, block, place)


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def draft_question_detail(
    request: SeminarRequest, reading: str, item: int, key: int
) -> HttpResponse:
    """Change a question of the draft."""
    found = get_reading(request, reading)
    draft, blocks = live_draft(found), blocks_of(found)
    row = actions.find_question(draft, item, key) if draft else None
    if row is None and request.method == "GET":
        messages.error(request, _("This question is not in the draft any more."))
        return to_draft(request, found)
    block = next((one for one in blocks if row and one.number == row.paragraph), None)
    place = DraftPlace(QUESTION, row.paragraph if row else None, item, key)
    return _question_page(request, found, _form(request, found, row, blocks, place), block, place)


@answered_once
@seminar_view(can_manage_readings)
@require_POST
def draft_question_place(
    request: SeminarRequest, reading: str, item: int, key: int
) -> HttpResponse:
    """Let a question change places with its neighbour (`to`), or put it anywhere (`before`)."""
    found, to = get_reading(request, reading), request.POST.get("to")
    before = whole_number(request.POST.get("before", ""), digits=DIGITS)
    of: dict[str, Any] = {"reading": found, "by": request.membership, "item": item, "key": key}
    of["version"] = version_in(request)
    try:
        if to in {"earlier", "later"}:
            actions.shift_question(**of, later=to == "later")
        elif before is not None:
            actions.place_question(**of, before=before)
    except (ItemChanged, NoGuideDraft):
        tell_changed(request)
    return to_draft(request, found, f"#q{key}", block_in(request))


@answered_once
@seminar_view(can_manage_readings)
@require_POST
def draft_question_removal(
    request: SeminarRequest, reading: str, item: int, key: int
) -> HttpResponse:
    """Take a question out of the draft."""
    found = get_reading(request, reading)
    by, version = request.membership, version_in(request)
    try:
        actions.remove_question(reading=found, by=by, item=item, key=key, version=version)
    except (ItemChanged, NoGuideDraft):
        tell_changed(request)
    return to_draft(request, found, f"#i{item}", block_in(request))


# --- The form ------------------------------------------------------------------------------------
def _form(
    request: SeminarRequest,
    reading: Reading,
    row: actions.DraftQuestion | None,
    blocks: list[Block],
    place: DraftPlace,
) -> QuestionForm:
    data = request.POST if request.method == "POST" else None
    more = request.POST.get("act") == "more"
    kept = kept_for(request, reading, place)
    auto_id = f"q{_name(request, place)}_%s"
    form = QuestionForm(data, row=row, blocks=blocks, more=more, unfinished=kept, auto_id=auto_id)
    if data is None:
        form.fields["words"].widget.attrs["data-focus"] = ""
    if kept:
        form.opened_again()
    return form


def _question_page(
    request: SeminarRequest,
    reading: Reading,
    form: QuestionForm,
    block: Block | None,
    place: DraftPlace,
) -> HttpResponse:
    """Save what was sent and go back to its place, or show the form with what is wrong."""
    act, trial = request.POST.get("act", ""), None
    if request.method == "GET" and live_draft(reading) is None:
        return redirect("reading_guide", request.seminar.slug, reading.slug)
    if act == "more":
        form.forget_errors()
    elif act == "try":
        trial = Trial.of(form, reading)
    elif answer := save_or_keep(
        request, reading, form, place, lambda: _save(request, reading, form, block, place)
    ):
        return answer
    context: dict[str, Any] = {
        "reading": reading,
        "form": form,
        "block": block,
        "trial": trial,
        "key": place.part,
        "form_id": f"question-{_name(request, place) or 'new'}-{block.key if block else ''}",
        "name": _name(request, place),
    }
    page = "draft_question_detail" if place.item else "draft_question_new"
    template = "quizzes/_question_form.html" if request.htmx else f"quizzes/{page}.html"
    status = 200 if act in {"more", "try"} else None
    return form_answer(request, reading, form, template, context, status=status)


def _name(request: SeminarRequest, place: DraftPlace) -> str:
    """What tells this form from others that stand open on the page; "" of a new one."""
    kept = kept_key(request)
    return str(place.part) if place.part else f"u{kept}" if kept else ""


def _save(
    request: SeminarRequest,
    reading: Reading,
    form: QuestionForm,
    block: Block | None,
    place: DraftPlace,
) -> HttpResponse | None:
    spec, by = form.cleaned_data["spec"], request.membership
    sent = SentForm.of(request.POST, place)
    try:
        if place.item:
            actions.change_question(
                reading=reading,
                by=by,
                item=place.item,
                key=place.part,
                version=form.cleaned_data["version"],
                spec=spec,
                sent=sent,
            )
        elif block is None or block.number is None:
            form.add_error(None, _("The text has no such paragraph any more. Nothing is saved."))
            return None
        else:
            actions.add_question(
                reading=reading, by=by, spec=spec, paragraph=block.number, sent=sent
            )
    except GuideRefused as refused:
        form.add_error("words", refused.problems[0].message)
    else:
        return _after(request, reading, block)
    return None


def _after(request: SeminarRequest, reading: Reading, block: Block | None) -> HttpResponse:
    key = block.key if block else ""
    if request.POST.get("act") != "another" or not block:
        return to_draft(request, reading, f"#p{block.number}" if block else "", key, slot="1")
    asked = {"at": str(block.number), "quote": request.GET.get("quote", "")[:MAX_QUOTE]}
    if request.htmx:
        return to_draft(request, reading, "", key, slot="1", **asked)
    new = resolve_url("draft_question_new", request.seminar.slug, reading.slug)
    return redirect(f"{new}?{urlencode(asked)}")
