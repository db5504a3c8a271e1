"""Fetching checkpoints for views, and showing one as a page or as a piece of one."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from documents.whole_number import whole_number
from quizzes.attempts.checkpoints import Checkpoint
from quizzes.attempts.handed_in import SubmissionRefused
from quizzes.attempts.kept_checkpoints import KeptCheckpoint
from quizzes.attempts.queries import checkpoints_of
from quizzes.attempts.shown import CheckpointView, UnsentAnswers
from quizzes.models import Confidence, Quiz
from readings.models import Reading, in_front
from readings.page import reading_slots, reading_values
from rendering.kept_html import word_slot, words
from seminars.http import SeminarRequest
from seminars.kept_page import kept_page


def get_checkpoint(request: SeminarRequest, reading: Reading, pk: int) -> Checkpoint:
    """Return a checkpoint that is on the reading now; 404 otherwise."""
    for checkpoint in checkpoints_of(reading=reading, membership=request.membership):
        if checkpoint.quiz.pk == pk:
            return checkpoint
    raise Http404(_("No such checkpoint."))


def get_checkpoint_as_opened(request: SeminarRequest, reading: Reading, pk: int) -> Checkpoint:
    """The same for who opened the page before a later guide replaced the checkpoint."""
    try:
        return get_checkpoint(request, reading, pk)
    except Http404:
        front = in_front(request.membership, passage="item__passage")
        replaced = Quiz.objects.one_of(reading, pk).filter(front)
        found = checkpoints_of(reading=reading, membership=request.membership, among=replaced)
        if not found:
            raise
        return found[0]


def responses_in(data: QueryDict) -> dict[int, list[str]]:
    """Return the fields `q<pk>` of a submitted form by question."""
    return {
        pk: data.getlist(name)
        for name in data
        if name[:1] == "q" and (pk := whole_number(name[1:])) is not None
    }


def confidence_in(data: QueryDict) -> dict[int, int]:
    """Return the fields `c<pk>` by question: how sure somebody says they are of their answer."""
    found = {
        pk: whole_number(data.get(name, "")) or 0
        for name in data
        if name[:1] == "c" and (pk := whole_number(name[1:])) is not None
    }
    return {pk: level for pk, level in found.items() if level in Confidence.values}


def client_key_in(data: QueryDict) -> UUID | None:
    """Return the key that the page gave its form, or None where it is none."""
    try:
        return UUID(data.get("client_key", ""))
    except ValueError:
        return None


def unsent(data: QueryDict, refused: SubmissionRefused | None = None) -> UnsentAnswers:
    """Return what was sent, to be shown in the form again with what is wrong with it."""
    return UnsentAnswers(
        responses=responses_in(data),
        confidence=confidence_in(data),
        errors=refused.errors if refused else {},
        general=refused.general if refused else "",
        client_key=client_key_in(data),
    )


def show_checkpoint(
    request: SeminarRequest, reading: Reading, view: CheckpointView, status: int = 200
) -> HttpResponse:
    """Answer with the checkpoint alone to htmx, and with its page otherwise."""
    context = {"reading": reading, "checkpoint": view}
    html = render_to_string("quizzes/_checkpoint.html", context, request)
    return _answer(request, reading, view, html.encode(), status)


def show_kept_checkpoint(
    request: SeminarRequest, reading: Reading, kept: KeptCheckpoint
) -> HttpResponse:
    """The same with one that is kept."""
    values = {"csrf": lambda: get_token(request), "client-key": lambda: str(uuid4())}
    return _answer(request, reading, kept.view, kept.html.fill(values), 200)


def _answer(
    request: SeminarRequest, reading: Reading, view: CheckpointView, html: bytes, status: int
) -> HttpResponse:
    if request.htmx:
        return HttpResponse(html, status=status)
    return kept_page(
        request,
        "quizzes/quiz_detail.html",
        shape=(),
        context=lambda: {
            "reading": reading_slots(),
            "checkpoint": {
                "name": word_slot("checkpoint-name"),
                "place_url": word_slot("place-url"),
                "place_name": word_slot("place-name"),
            },
            "html": word_slot("checkpoint"),
        },
        values={
            **reading_values(reading),
            "checkpoint-name": words(view.name),
            "place-url": words(view.place_url),
            "place-name": words(view.place_name),
            "checkpoint": lambda: html,
        },
        status=status,
    )
