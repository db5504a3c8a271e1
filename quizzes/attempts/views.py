"""Checkpoints: one as a page, and answering it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from quizzes.attempts.actions import SubmissionRefused, submit_attempt
from quizzes.attempts.checkpoints import UnsentAnswers
from quizzes.attempts.http import (
    client_key_in,
    get_checkpoint,
    get_checkpoint_as_opened,
    responses_in,
    show_checkpoint,
)
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_attempt


@seminar_view()
@require_GET
def quiz_detail(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Show one checkpoint: its result where it is answered, or the questions (`?again`)."""
    found = get_reading(request, reading)
    checkpoint = get_checkpoint(request, found, pk)
    view = checkpoint.form(again=True) if "again" in request.GET else checkpoint.view()
    return show_checkpoint(request, found, view)


@seminar_view(can_attempt)
@require_POST
def attempt_create(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Hand in the answers to one checkpoint."""
    found = get_reading(request, reading)
    checkpoint = get_checkpoint_as_opened(request, found, pk)
    responses, client_key = responses_in(request.POST), client_key_in(request.POST)
    try:
        submit_attempt(
            quiz=checkpoint.quiz,
            responses=responses,
            by=request.membership,
            client_key=client_key,
            asked=request.POST.get("asked", ""),
        )
    except SubmissionRefused as refused:
        draft = UnsentAnswers(responses, refused.errors, refused.general, client_key)
        return show_checkpoint(request, found, checkpoint.form(draft), status=422)
    if not request.htmx:
        return redirect(checkpoint.place_url)
    answered = get_checkpoint_as_opened(request, found, pk)
    return show_checkpoint(request, found, answered.view(fresh=True))
