"""Questions from other programs, into the draft of a reading's guide."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.idempotency import answered_once
from documents.whole_number import whole_number
from quizzes.formats.forms import MAX_PARAGRAPH, QuestionFileForm
from quizzes.formats.import_actions import import_questions
from quizzes.formats.import_preview import ImportPreview
from readings.guides import GuideRefused, NotFound, to_draft
from readings.models import Reading
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership
from seminars.permissions import can_manage_readings


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def question_import(request: SeminarRequest, reading: str) -> HttpResponse:
    """Show what a file of questions would become; then put it into the draft (`questions`)."""
    found = get_reading(request, reading)
    is_sent = request.method == "POST"
    at = whole_number(request.GET.get("at", ""), digits=len(str(MAX_PARAGRAPH))) or 1
    data = (request.POST, request.FILES) if is_sent else (None, None)
    form = QuestionFileForm(data[0], data[1], initial={"paragraph": at})
    if form.is_valid() and not form.read:
        keys = _import(form, found, request.membership)
        if keys:
            return _to_draft(request, found, keys)
    can_confirm = form.carry() if form.read else bool(form.shown_before)
    preview = ImportPreview.of(form.read or form.shown_before)
    context = {"reading": found, "form": form, "preview": preview, "can_confirm": can_confirm}
    return render(request, "quizzes/question_import.html", context, status=form.status)


def _to_draft(request: SeminarRequest, reading: Reading, keys: list[int]) -> HttpResponse:
    said = ngettext(
        "The questions are in the draft. Nobody sees them before you publish it.",
        "The questions are in the draft, as several checkpoints. Nobody sees them before you"
        " publish it.",
        len(keys),
    )
    messages.success(request, said)
    return to_draft(request, reading, f"#i{keys[0]}")


def _import(form: QuestionFileForm, reading: Reading, by: Membership) -> list[int]:
    """Put the questions into the draft; where that is refused, the form says why."""
    sent = form.cleaned_data
    try:
        return import_questions(
            reading=reading, by=by, items=sent["questions"], paragraph=sent["paragraph"]
        )
    except NotFound as missing:
        form.add_error("paragraph", str(missing))
    except GuideRefused as refused:
        form.add_error(None, _("Nothing was imported: %(why)s") % {"why": refused})
    return []
