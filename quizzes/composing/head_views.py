"""The head of a checkpoint of a guide's draft: its title, and how it behaves."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.idempotency import answered_once
from quizzes.composing import draft_questions as actions
from quizzes.composing.checkpoint_forms import CheckpointForm
from quizzes.composing.unfinished import HEAD
from readings.guides import (
    DraftPlace,
    GuideRefused,
    NoGuideDraft,
    SentForm,
    block_in,
    form_answer,
    kept_for,
    live_draft,
    save_or_keep,
    to_draft,
)
from readings.models import Reading
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_manage_readings


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def draft_checkpoint(request: SeminarRequest, reading: str, key: int) -> HttpResponse:
    """Change the title of a checkpoint of the draft, and how it behaves."""
    found = get_reading(request, reading)
    draft = live_draft(found)
    row = actions.find_head(draft, key) if draft else None
    if row is None and request.method == "GET":
        messages.error(request, _("This part is not in the draft any more."))
        return to_draft(request, found)
    place = DraftPlace(HEAD, row.paragraph if row else None, key)
    data, kept = request.POST if request.method == "POST" else None, kept_for(request, found, place)
    form = CheckpointForm(data, row=row, unfinished=kept, auto_id=f"head{key}_%s")
    if kept:
        form.opened_again()
    return _head_page(request, found, form, place)


def _head_page(
    request: SeminarRequest, reading: Reading, form: CheckpointForm, place: DraftPlace
) -> HttpResponse:
    """Save what was sent and go back to its place, or show the form with what is wrong."""
    answer = save_or_keep(
        request, reading, form, place, lambda: _save(request, reading, form, place)
    )
    if answer:
        return answer
    context: dict[str, object] = {"reading": reading, "form": form, "part": HEAD, "key": place.item}
    context["block"] = block_in(request)
    page = "quizzes/draft_checkpoint.html"
    template = "readings/_guide_part_form.html" if request.htmx else page
    return form_answer(request, reading, form, template, context)


def _save(
    request: SeminarRequest, reading: Reading, form: CheckpointForm, place: DraftPlace
) -> HttpResponse | None:
    said = form.cleaned_data
    if "head" not in said:  # its checkpoint is gone, or the draft
        if live_draft(reading) is None:
            raise NoGuideDraft
        form.add_error(None, _("This part is not in the draft any more. Nothing is saved."))
        form.is_stale = True
        return None
    try:
        actions.change_head(
            reading=reading,
            by=request.membership,
            item=place.item,
            version=said["version"],
            head=said["head"],
            sent=SentForm.of(request.POST, place),
        )
    except GuideRefused as refused:
        form.add_error(None, refused.problems[0].message)
    else:
        return to_draft(request, reading, f"#i{place.item}", block_in(request))
    return None
