"""The desk of instructors and assistants: what waits, what was decided."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from discussions.desk_pages import build_log, decide, queue_answer, readings_of
from discussions.forms import ReviewForm
from discussions.http import number_in
from discussions.models import ReviewItem
from discussions.reviews import build_queue, open_cases
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_see_desk


@seminar_view(can_see_desk)
@require_GET
def desk(request: SeminarRequest) -> HttpResponse:
    """Where to go: cases to review, results, the log."""
    member = request.membership
    context = {"waiting": open_cases(member).count(), "readings": readings_of(member)}
    return render(request, "discussions/desk.html", context)


@seminar_view(can_see_desk)
@require_GET
def review_queue(request: SeminarRequest) -> HttpResponse:
    """The cases that wait for a decision, oldest first."""
    return render(
        request, "discussions/review_queue.html", {"queue": build_queue(request.membership)}
    )


@seminar_view(can_see_desk)
@require_POST
def review_decision(request: SeminarRequest, pk: int) -> HttpResponse:
    """Decide one case: hide the comment, or dismiss the reports."""
    items = ReviewItem.objects.for_moderator(request.membership).for_review_page()
    item = get_object_or_404(items, pk=pk)
    form = ReviewForm(request.POST, auto_id=f"review-{pk}-%s")
    if not form.is_valid():
        return queue_answer(request, item, refused=form, status=422)
    return decide(request, item, form)


@seminar_view(can_see_desk)
@require_GET
def decision_log(request: SeminarRequest) -> HttpResponse:
    """Every decision, newest first."""
    log = build_log(
        request.membership,
        action=request.GET.get("action", ""),
        before=number_in(request, "before"),
    )
    return render(request, "discussions/decision_log.html", {"log": log})
