"""What came of the checkpoints of a reading."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quizzes.statistics.results import results_of
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_see_results


@seminar_view(can_see_results)
@require_GET
def quiz_results(request: SeminarRequest, reading: str) -> HttpResponse:
    """Show staff how the questions were answered; an assistant, by the own group alone."""
    found = get_reading(request, reading)
    results = results_of(reading=found, membership=request.membership)
    context = {"reading": found, "results": results}
    return render(request, "quizzes/quiz_results.html", context)
