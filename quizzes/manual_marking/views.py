"""Marking open answers: which there are, one after another, and their release."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.idempotency import answered_once
from database.versions import Stale
from quizzes.manual_marking.actions import release_marks, set_mark
from quizzes.manual_marking.forms import MarkForm
from quizzes.manual_marking.queries import (
    MarkedAnswer,
    QuestionToMark,
    paragraph_of,
    questions_to_mark,
    remarks_before,
)
from quizzes.models import Answer
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_mark_answers_of, can_release_marks, can_see_results

PAGE = ["GET", "HEAD", "POST"]


@seminar_view(can_see_results)
@require_GET
def marking_list(request: SeminarRequest) -> HttpResponse:
    """The questions that people mark, over all readings, and how far they are."""
    member = request.membership
    context = {
        "questions": questions_to_mark(member),
        "needs_group": not member.is_instructor and not member.group_ids,
    }
    return render(request, "quizzes/marking_list.html", context)


@seminar_view(can_see_results)
@require_GET
def question_marking(request: SeminarRequest, pk: int) -> HttpResponse:
    """The answers to one question, and the mark of each."""
    asked = get_question(request, pk)
    context = {"asked": asked, "may_release": can_release_marks(request.membership)}
    return render(request, "quizzes/question_marking.html", context)


@answered_once
@seminar_view(can_see_results)
@require_http_methods(PAGE)
def answer_mark(request: SeminarRequest, pk: int, answer: int) -> HttpResponse:
    """One answer, without a name, and its mark; after it comes the next that has none.

    `insert` puts an earlier remark below what is written, and saves nothing.
    """
    asked = get_question(request, pk, answer)
    shown = next((one for one in asked.answers if one.pk == answer), None)
    if shown is None:
        raise Http404(_("There is no such answer."))
    remarks = remarks_before(asked)
    inserts = request.method == "POST" and "insert" in request.POST
    data = request.POST if request.method == "POST" and not inserts else None
    form = MarkForm(data, mark=shown.mark, question=asked.question)
    if inserts:
        form.initial = with_remark(request, form, remarks)
    if form.is_valid() and saved(request, form, shown):
        return to_the_next(request, asked, shown)
    context = {"form": form, "remarks": remarks, **around(asked, shown)}
    return render(request, "quizzes/answer_mark.html", context, status=form.status)


@answered_once
@seminar_view(can_release_marks)
@require_http_methods(PAGE)
def marks_release(request: SeminarRequest, pk: int) -> HttpResponse:
    """What is released, and what is not marked yet; then let each author read their mark."""
    asked = get_question(request, pk)
    if request.method != "POST":
        return render(request, "quizzes/marks_release.html", {"asked": asked})
    count = release_marks(question=asked.question, by=request.membership)
    said = ngettext("%d mark is released.", "%d marks are released.", count) % count
    messages.success(request, said if count else _("There was no draft to release."))
    return redirect("question_marking", request.seminar.slug, pk)


def around(asked: QuestionToMark, shown: MarkedAnswer) -> dict[str, Any]:
    """What stands around the form: the answer, the ones beside it, and its marks so far."""
    before, after = asked.beside(shown.number)
    earlier = shown.mark.earlier.select_related("marked_by__user") if shown.mark else ()
    return {
        "asked": asked,
        "shown": shown,
        "before": before,
        "after": after,
        "earlier": earlier,
        "paragraph": paragraph_of(asked.question),
    }


def get_question(request: SeminarRequest, pk: int, answer: int | None = None) -> QuestionToMark:
    """The question as who asks may mark it; 404, or 403 for an answer of another group."""
    for asked in questions_to_mark(request.membership, pk):
        if answer is None or any(one.pk == answer for one in asked.answers):
            return asked
    found = None
    if answer is not None:
        rows = Answer.objects.filter(pk=answer, question=pk, question__seminar=request.seminar)
        found = rows.select_related("attempt__membership").first()
    if found and not can_mark_answers_of(request.membership, found.attempt.membership):
        raise PermissionDenied(_("This answer is not for you to mark."))
    raise Http404(_("There is no such question to mark."))


def with_remark(request: SeminarRequest, form: MarkForm, remarks: list[str]) -> dict[str, Any]:
    """What was given so far, points or levels, with the earlier remark that was chosen below it."""
    number = request.POST["insert"]
    chosen = remarks[int(number)] if number.isdecimal() and int(number) < len(remarks) else ""
    written = request.POST.get("remark", "").rstrip()
    given = {name: request.POST.get(name, "") for name in form.fields}
    return given | {"remark": "\n".join(part for part in (written, chosen) if part)}


def saved(request: SeminarRequest, form: MarkForm, shown: MarkedAnswer) -> bool:
    """Keep the mark; where somebody was faster the form says so, and what stands now."""
    try:
        set_mark(answer=shown.answer, **form.cleaned_data, by=request.membership)
    except Stale as stale:
        form.show_current(stale.current)
        return False
    except ValidationError as refused:
        # A guide has changed the points while the form was open.
        form.add_error(None if form.rubric else "points", refused)
        return False
    return True


def to_the_next(
    request: SeminarRequest, asked: QuestionToMark, shown: MarkedAnswer
) -> HttpResponse:
    """Lead to the next answer without a mark, or back to all of them where each has one."""
    others = [one for one in asked.waiting if one.pk != shown.pk]
    later = [one for one in others if one.number > shown.number]
    following = next(iter(later or others), None)
    place = [request.seminar.slug, asked.pk]
    if following is None:
        messages.success(request, _("Every answer to this question has a mark."))
        return redirect("question_marking", *place)
    return redirect("answer_mark", *place, following.pk)
