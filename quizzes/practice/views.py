"""Practice: what is due of the questions that one missed, and answering one of them."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from documents.whole_number import whole_number
from quizzes.attempts import client_key_in, responses_in
from quizzes.practice.actions import AnsweredMeanwhile, practise
from quizzes.practice.queries import MissedQuestion, all_missed, due_of, missed_questions
from quizzes.practice.shown import answered_view, asked_view
from quizzes.questions import InvalidResponse
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_attempt


@seminar_view(can_attempt)
@require_GET
def practice(request: SeminarRequest) -> HttpResponse:
    """The questions that one missed: what is due, and when the others come back."""
    found = all_missed(request.membership)
    missed = [one for one in found if one.comes_back]
    due = due_of(missed, timezone.now())
    context = {"due": due, "later": missed[len(due) :], "left_out": len(found) - len(missed)}
    return render(request, "quizzes/practice.html", context)


@seminar_view(can_attempt)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_question(request: SeminarRequest, pk: int) -> HttpResponse:
    """Answer one of them; with `answered`, what came of it, and which comes next."""
    missed = missed_questions(request.membership)
    found = _one_of(missed, pk)
    if request.method == "POST":
        return _answer(request, found)
    card = found.card
    is_answered = "answered" in request.GET and card and card.version == found.question.version
    if not card or not is_answered:
        return _ask(request, found)
    others = [one for one in due_of(missed, timezone.now()) if one.pk != pk]
    shown = answered_view(found, card)
    # What came of it stands at the top, once.
    context = {"missed": found, "question": replace(shown, result=""), "others": others}
    context["result"] = shown.result
    return render(request, "quizzes/practice_question.html", context)


def _one_of(missed: Sequence[MissedQuestion], pk: int) -> MissedQuestion:
    found = next((one for one in missed if one.pk == pk), None)
    if found is None:
        raise Http404(_("You have no such question to practise."))
    return found


def _answer(request: SeminarRequest, missed: MissedQuestion) -> HttpResponse:
    given, by = responses_in(request.POST).get(missed.pk, []), request.membership
    turn = whole_number(request.POST.get("turn", ""), digits=6) or 0
    key = client_key_in(request.POST)
    page = f"{reverse('practice_question', args=[request.seminar.slug, missed.pk])}?answered=1"
    try:
        practise(missed=missed, response=given, turn=turn, by=by, client_key=key)
    except InvalidResponse as invalid:
        return _ask(request, missed, given, str(invalid))
    except AnsweredMeanwhile:
        as_it_is = _one_of(missed_questions(by), missed.pk)
        return _ask(request, as_it_is, given, answered_at=page)
    return redirect(page)


def _ask(
    request: SeminarRequest,
    missed: MissedQuestion,
    given: list[str] | None = None,
    error: str = "",
    answered_at: str = "",
) -> HttpResponse:
    """Ask it, with what was given; `answered_at` is where the answer stands that came before it."""
    question = asked_view(missed, given or (), error)
    # Not due yet: as after Back, which leads to a new form.
    is_early = missed.card is not None and not missed.card.is_due_at(timezone.now())
    context = {
        "missed": missed,
        "question": question,
        "answered_at": answered_at,
        "is_early": is_early and not answered_at,
    }
    status = 422 if error else 409 if answered_at else 200
    return render(request, "quizzes/practice_question.html", context, status=status)
