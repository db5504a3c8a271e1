"""What the pages of the desk show and answer."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from discussions import moderation
from discussions.answers import tell
from discussions.conflicts import StaleComment, StaleReview
from discussions.forms import ReviewForm
from discussions.models import Action, Decision, ReviewItem
from discussions.reviews import build_queue
from readings.models import Reading
from seminars.http import SeminarRequest
from seminars.models import Membership

LOG_PAGE = 50


@dataclass(frozen=True, slots=True)
class Log:
    """One page of the audit log, newest first; `older` is the key of the next page."""

    rows: list[Decision]
    action: str
    older: int | None
    is_first: bool

    @property
    def actions(self) -> list[tuple[str, str]]:
        return [("", "All"), *[(value, str(label)) for value, label in Action.choices]]


def build_log(member: Membership, *, action: str, before: int | None) -> Log:
    """Return the page of decisions that come before the key `before`, in one query."""
    rows = Decision.objects.for_log(member).order_by("-pk")
    action = action if action in Action.values else ""
    if action:
        rows = rows.filter(action=action)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: LOG_PAGE + 1])
    older = found[LOG_PAGE - 1].pk if len(found) > LOG_PAGE else None
    return Log(found[:LOG_PAGE], action, older, not before)


def readings_of(member: Membership) -> list[Reading]:
    """The readings whose results a moderator may look at."""
    return list(Reading.objects.visible_to(member).for_seminar_page())


def decide(request: SeminarRequest, item: ReviewItem, form: ReviewForm) -> HttpResponse:
    """Carry a decision out and go on to the next case; 409 where somebody was faster."""
    values = dict(form.cleaned_data)
    decision, reason = values.pop("decision"), values.pop("reason")
    try:
        if decision == "hide":
            moderation.hide(
                comment=item.comment,
                reason=reason,
                by=request.membership,
                review_item=item,
                **values,
            )
        else:
            moderation.dismiss(review_item=item, by=request.membership, **values)
    except (StaleComment, StaleReview) as stale:
        return queue_answer(request, item, said=str(stale), status=409)
    said = "Comment hidden" if decision == "hide" else "Report dismissed"
    return queue_answer(request, item, said=said)


def queue_answer(
    request: SeminarRequest,
    item: ReviewItem,
    *,
    said: str = "",
    refused: ReviewForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The queue as it is now, with the focus on the case to go on with."""
    queue = build_queue(request.membership, after=item, refused=refused)
    context = {"queue": queue, "stale": said if status == 409 else ""}
    if request.htmx:
        return tell(render(request, "discussions/_queue.html", context, status=status), said)
    if status == 200:
        messages.success(request, said)
        place = f"#review-{queue.focus}" if queue.focus else ""
        return redirect(reverse("review_queue", args=[request.seminar.slug]) + place)
    return render(request, "discussions/review_queue.html", context, status=status)
