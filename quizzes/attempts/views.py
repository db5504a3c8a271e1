"""Checkpoints: one as a page, and answering it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quizzes.attempts.actions import SubmissionRefused, keep_answers, submit_attempt
from quizzes.attempts.checkpoints import Checkpoint
from quizzes.attempts.http import (
    client_key_in,
    get_checkpoint,
    get_checkpoint_as_opened,
    responses_in,
    show_checkpoint,
    show_kept_checkpoint,
)
from quizzes.attempts.kept_checkpoints import kept_checkpoint
from quizzes.attempts.shown import UnsentAnswers
from readings.page import Standing, get_reading, reading_view
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership
from seminars.permissions import can_attempt


@reading_view
@require_GET
def quiz_detail(request: SeminarRequest, standing: Standing, pk: int) -> HttpResponse:
    """Show one checkpoint: its result where it is answered, or the questions (`?again`)."""
    if "again" in request.GET:
        checkpoint = get_checkpoint(request, standing.reading, pk)
        return show_checkpoint(request, standing.reading, checkpoint.form(again=True))
    kept = kept_checkpoint(standing, pk)
    if kept is None:
        raise Http404(_("No such checkpoint."))
    return show_kept_checkpoint(request, standing.reading, kept)


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
        _keep(checkpoint, responses, request.membership)
        draft = UnsentAnswers(responses, refused.errors, refused.general, client_key)
        return show_checkpoint(request, found, checkpoint.form(draft), status=422)
    if not request.htmx:
        return redirect(checkpoint.place_url)
    answered = get_checkpoint_as_opened(request, found, pk)
    response = show_checkpoint(request, found, answered.view(fresh=True))
    response.headers["HX-Trigger"] = "checkpoint-answered"  # what is open at the end is less now
    return response


@seminar_view(can_attempt)
@require_POST
def kept_answers(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Keep the answers given so far; a script is told nothing of them.

    Without one this is what Enter in a field does: the form is shown again, and says so.
    """
    found = get_reading(request, reading)
    checkpoint = get_checkpoint(request, found, pk)
    responses, key = responses_in(request.POST), client_key_in(request.POST)
    is_kept = _keep(checkpoint, responses, request.membership, key)
    if request.htmx:
        return HttpResponse(status=204 if is_kept else 422)
    if not is_kept:
        draft = UnsentAnswers(responses, client_key=key)
        return show_checkpoint(request, found, checkpoint.form(draft), status=422)
    page = reverse("quiz_detail", args=[request.seminar.slug, reading, pk])
    return redirect(f"{page}?again=1" if checkpoint.attempt else page)


def _keep(
    checkpoint: Checkpoint,
    responses: Mapping[int, Sequence[str]],
    by: Membership,
    client_key: UUID | None = None,
) -> bool:
    try:
        keep_answers(quiz=checkpoint.quiz, responses=responses, by=by, client_key=client_key)
    except SubmissionRefused:
        return False
    return True
