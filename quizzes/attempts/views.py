"""Checkpoints: one as a page, and answering it."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quizzes.attempts.actions import keep_answers, submit_attempt
from quizzes.attempts.checkpoints import Checkpoint
from quizzes.attempts.handed_in import SubmissionRefused
from quizzes.attempts.http import (
    get_checkpoint,
    get_checkpoint_as_opened,
    show_checkpoint,
    show_kept_checkpoint,
    unsent,
)
from quizzes.attempts.kept_checkpoints import kept_checkpoint
from quizzes.attempts.opened import Opened
from quizzes.attempts.shown import UnsentAnswers
from quizzes.attempts.timed import begin_attempt
from readings.models import Reading
from readings.page import Standing, get_reading, know_bell, reading_view
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
        if checkpoint.may_begin_another:
            return show_checkpoint(request, standing.reading, checkpoint.form(again=True))
    kept = kept_checkpoint(standing, pk)
    if kept is None:
        raise Http404(_("No such checkpoint."))
    know_bell(request, standing)
    return show_kept_checkpoint(request, standing.reading, kept)


@seminar_view(can_attempt)
@require_POST
def attempt_create(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Hand in the answers to one checkpoint."""
    found = get_reading(request, reading)
    checkpoint = get_checkpoint_as_opened(request, found, pk)
    sent = unsent(request.POST)
    before = Opened.to(request.membership)
    try:
        submit_attempt(
            quiz=checkpoint.quiz,
            responses=sent.responses,
            confidence=sent.confidence,
            by=request.membership,
            client_key=sent.client_key,
            asked=request.POST.get("asked", ""),
        )
    except SubmissionRefused as refused:
        _keep(checkpoint, replace(sent, client_key=None), request.membership)
        draft = unsent(request.POST, refused)
        return show_checkpoint(request, found, checkpoint.form(draft), status=422)
    if not request.htmx:
        return redirect(checkpoint.place_url)
    return show_result(request, found, pk, before=before)


def show_result(
    request: SeminarRequest, reading: Reading, pk: int, *, before: Opened
) -> HttpResponse:
    """Answer with the result; where more is open to them by it than `before`, with all of the
    page."""
    if said := before.what_opened_since(request.membership, reading, pk):
        messages.success(request, said)
        return HttpResponse(headers={"HX-Refresh": "true"})
    answered = get_checkpoint_as_opened(request, reading, pk)
    response = show_checkpoint(request, reading, answered.view(fresh=True))
    response.headers["HX-Trigger"] = "checkpoint-answered"  # what is open at the end is less now
    return response


@seminar_view(can_attempt)
@require_POST
def attempt_begin(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Let the time of a try begin, and show what is asked."""
    found = get_reading(request, reading)
    checkpoint = get_checkpoint(request, found, pk)
    if not checkpoint.quiz.minutes:
        return redirect(checkpoint.place_url)  # a guide has taken the time limit off
    try:
        begin_attempt(quiz=checkpoint.quiz, by=request.membership)
    except SubmissionRefused as refused:
        draft = UnsentAnswers(general=refused.general)
        return show_checkpoint(request, found, checkpoint.form(draft), status=422)
    if request.htmx:
        begun = get_checkpoint(request, found, pk)
        return show_checkpoint(request, found, begun.form(again=True))
    page = reverse("quiz_detail", args=[request.seminar.slug, reading, pk])
    return redirect(f"{page}?again=1" if checkpoint.attempt else page)


@seminar_view(can_attempt)
@require_POST
def kept_answers(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Keep the answers given so far; a script is told nothing of them.

    Without one this is what Enter in a field does: the form is shown again, and says so.
    """
    found = get_reading(request, reading)
    checkpoint = get_checkpoint(request, found, pk)
    sent = unsent(request.POST)
    is_kept = _keep(checkpoint, sent, request.membership)
    if request.htmx:
        return HttpResponse(status=204 if is_kept else 422)
    if not is_kept:
        return show_checkpoint(request, found, checkpoint.form(sent), status=422)
    page = reverse("quiz_detail", args=[request.seminar.slug, reading, pk])
    return redirect(f"{page}?again=1" if checkpoint.attempt else page)


def _keep(checkpoint: Checkpoint, sent: UnsentAnswers, by: Membership) -> bool:
    try:
        keep_answers(
            quiz=checkpoint.quiz,
            responses=sent.responses,
            confidence=sent.confidence,
            by=by,
            client_key=sent.client_key,
        )
    except SubmissionRefused:
        return False
    return True
