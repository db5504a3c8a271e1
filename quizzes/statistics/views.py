"""What came of the checkpoints of a reading."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from quizzes.statistics.member_answers import member_checkpoints
from quizzes.statistics.result_table import result_table
from quizzes.statistics.results import results_of
from quizzes.statistics.results_text import text_with_results
from readings.essays import file_name
from readings.page import get_reading
from rendering.csv_download import csv_download
from seminars.access import seminar_view
from seminars.http import SeminarRequest, get_member
from seminars.permissions import can_see_answers_of, can_see_results


@seminar_view(can_see_results)
@require_GET
def quiz_results(request: SeminarRequest, reading: str) -> HttpResponse:
    """Show staff how the questions were answered; an assistant, by the own group alone."""
    found = get_reading(request, reading)
    results = results_of(reading=found, membership=request.membership)
    context = {"reading": found, "results": results}
    return render(request, "quizzes/quiz_results.html", context)


@seminar_view(can_see_results)
@require_GET
def quiz_results_text(request: SeminarRequest, reading: str) -> HttpResponse:
    """The same beside the text: each question stands at the paragraph that answers it."""
    found = get_reading(request, reading)
    results = results_of(reading=found, membership=request.membership)
    text = text_with_results(reading=found, results=results)
    context = {"reading": found, "essay": found.essay, "results": results, "text": text}
    return render(request, "quizzes/quiz_results_text.html", context)


@seminar_view(can_see_results)
@require_GET
def quiz_results_file(request: SeminarRequest, reading: str) -> StreamingHttpResponse:
    """The same for a spreadsheet: a row for each answer, with the figures of its question."""
    found = get_reading(request, reading)
    results = results_of(reading=found, membership=request.membership)
    name = f"{file_name(f'{found.title} results')}.csv"
    return csv_download(name, result_table(results))


@seminar_view(can_see_results)
@require_GET
def member_answers(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """What one person answered, with all that they were told after it."""
    found, author = get_reading(request, reading), get_member(request, pk)
    if not can_see_answers_of(request.membership, author):
        raise PermissionDenied(_("What this person answered is not for you to see."))
    checkpoints = member_checkpoints(found, author)
    context = {"reading": found, "member": author, "checkpoints": checkpoints}
    return render(request, "quizzes/member_answers.html", context)
