"""The review queue: cases opened, decided, handed over and answered, and decisions taken back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from discussions.common.errors import StaleComment, StaleReview
from discussions.common.typed_words import typed_in
from discussions.models import Action, Decision, ReviewItem
from discussions.moderation import case_actions
from discussions.moderation.case_decision import decide_case
from discussions.moderation.deciders import colleagues_for
from discussions.moderation.decision_words import said_of
from discussions.moderation.rare_actions import TooLateToUndo, undo
from discussions.moderation.review_forms import AnswerForm, CaseForm, HandOverForm, ReviewForm
from discussions.moderation.review_queue import build_queue
from discussions.moderation.several_actions import undo_several
from discussions.moderation.waiting_list import (
    QueueFilter,
    author_name,
    claimant,
    count_arrivals,
)
from discussions.threads import tell
from documents.visible import isolated
from documents.whole_number import whole_number
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_see_desk


@seminar_view(can_see_desk)
@require_GET
def review_queue(request: SeminarRequest) -> HttpResponse:
    """The cases that wait for a decision, oldest first, and one of them open (`case`)."""
    return queue_answer(request, case=whole_number(request.GET.get("case", "")))


@seminar_view(can_see_desk)
@require_GET
def review_arrivals(request: SeminarRequest) -> HttpResponse:
    """How many cases came after the newest that a page lists (`after`); nothing where none did."""
    asked = QueueFilter.asked(request.GET)
    after = whole_number(request.GET.get("after", "")) or 0
    number = count_arrivals(request.membership, asked, after=after)
    if not number:
        return HttpResponse(status=204)
    context = {"number": number, "asked": asked}
    return render(request, "discussions/_review_arrivals.html", context)


@seminar_view(can_see_desk)
@require_POST
def review_decision(request: SeminarRequest, pk: int) -> HttpResponse:
    """Decide one case."""
    item = get_item(request, pk)
    form = ReviewForm(request.POST, auto_id=f"review-{pk}-%s", seminar=request.seminar)
    if not form.is_valid():
        return queue_answer(request, case=pk, refused=form, status=422)
    colleague = claimant(item, request.membership)
    if colleague and item.is_undecided and not form.cleaned_data["over"]:
        said = _("%(name)s has it open. Decide all the same?")
        told = said % {"name": isolated(colleague.name)}
        return asked_again(request, item, told, form)
    try:
        decide(request, item, form)
    except (StaleComment, StaleReview) as stale:
        return stale_case(request, item, form, stale)
    whose = [author_name(item.comment, request.membership)]
    said = said_of(Action(form.cleaned_data["decision"]), whose)
    return queue_answer(request, after=item, said=said)


@seminar_view(can_see_desk)
@require_POST
def review_claim(request: SeminarRequest, pk: int) -> HttpResponse:
    """Say that one has a case open (`claimed=1`), or not any more (`claimed=0`).

    Who takes one gives back those before it, but those to `keep`: words are begun there.
    """
    item = get_item(request, pk)
    form = CaseForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    act = case_actions.release if request.POST.get("claimed") == "0" else case_actions.claim
    if act is case_actions.claim and claimant(item, request.membership):
        return claim_answer(request, item)
    try:
        item = act(review_item=item, by=request.membership, **form.cleaned_data)
    except StaleReview as stale:
        item = stale.current
    if item.claimed_by_id == request.membership.pk:
        begun = [whole_number(key) or 0 for key in request.POST.getlist("keep")]
        case_actions.release_others(by=request.membership, but=item, keep=begun)
    return claim_answer(request, item)


@seminar_view(can_see_desk)
@require_POST
def review_assignee(request: SeminarRequest, pk: int) -> HttpResponse:
    """Hand a case over to a named colleague."""
    item = get_item(request, pk)
    if not permissions.can_hand_over(request.membership, item.comment):
        raise PermissionDenied(_("Only an instructor can hand a case over."))
    colleagues = colleagues_for(item.comment, request.membership)
    form = HandOverForm(request.POST, auto_id=f"hand-over-{pk}-%s", colleagues=colleagues)
    if not form.is_valid():
        return queue_answer(request, case=pk, hand_over=form, status=422)
    values = dict(form.cleaned_data)
    chosen = values.pop("to")
    to = next(one for one in colleagues if one.pk == chosen)
    try:
        case_actions.hand_over(
            review_item=item, to=to, by=request.membership, **own(item, values, request)
        )
    except StaleReview as stale:
        return stale_case(request, item, form, stale)
    said = _("Handed over to %(name)s") % {"name": isolated(to.name)}
    return queue_answer(request, after=item, said=said)


@seminar_view(can_see_desk)
@require_POST
def review_answer(request: SeminarRequest, pk: int) -> HttpResponse:
    """Close a case about one's own words with a note, where nobody else may decide."""
    item = get_item(request, pk)
    if not permissions.can_answer_case(request.membership, item.comment):
        raise PermissionDenied(_("Only an instructor answers, about their own words."))
    form = AnswerForm(request.POST, auto_id=f"answer-{pk}-%s")
    if not form.is_valid():
        return queue_answer(request, case=pk, answer=form, status=422)
    try:
        case_actions.answer(review_item=item, by=request.membership, **form.cleaned_data)
    except StaleReview as stale:
        return stale_case(request, item, form, stale)
    return queue_answer(request, after=item, said=_("Answered with a note"))


@seminar_view(can_see_desk)
@require_POST
def review_undo(request: SeminarRequest, pk: int) -> HttpResponse:
    """Take one's own decision of just now back, with all that was decided together with it."""
    decisions = Decision.objects.for_log(request.membership).select_related(
        "comment", "review_item"
    )
    decision = get_object_or_404(decisions, pk=pk)
    try:
        said = taken_back(request, decision)
    except TooLateToUndo as late:
        return queue_answer(request, said=str(late), status=409)
    case = decision.review_item_id
    return queue_answer(request, case=case, said=said, goes_on=True)


def taken_back(request: SeminarRequest, decision: Decision) -> str:
    """Take it back, and say so. Raises PermissionDenied, TooLateToUndo."""
    if decision.together is None:
        undo(decision=decision, by=request.membership)
        who = author_name(decision.comment, request.membership) if decision.comment else ""
        names = {"action": decision.get_action_display(), "who": who}
        if decision.review_item_id:
            return _("Taken back: %(action)s. The case of %(who)s waits again.") % names
        return _("Taken back: %(action)s. The words of %(who)s are what they were.") % names
    outcome = undo_several(decision=decision, by=request.membership)
    said = ngettext("%(n)d taken back.", "%(n)d taken back.", len(outcome.done))
    told = said % {"n": len(outcome.done)}
    if more := len(outcome.left_out):
        left = ngettext(
            "%(n)d was decided about anew since, and stays.",
            "%(n)d were decided about anew since, and stay.",
            more,
        )
        told = f"{told} {left % {'n': more}}"
    return told


def get_item(request: SeminarRequest, pk: int) -> ReviewItem:
    items = ReviewItem.objects.for_moderator(request.membership).for_review_page()
    return get_object_or_404(items, pk=pk)


def decide(request: SeminarRequest, item: ReviewItem, form: ReviewForm) -> None:
    """Carry a decision out. Raises PermissionDenied, StaleComment, StaleReview."""
    values = own(item, form.cleaned_data, request)
    del values["over"]
    action = Action(values.pop("decision"))
    decide_case(item=item, action=action, by=request.membership, **values)


def own(item: ReviewItem, values: dict[str, Any], request: SeminarRequest) -> dict[str, Any]:
    """Return what was sent; that one took the case oneself meanwhile is no news to oneself."""
    if item.is_undecided and item.claimed_by_id == request.membership.pk:
        return {**values, "review_version": item.version}
    return dict(values)


def stale_case(
    request: SeminarRequest,
    item: ReviewItem,
    form: CaseForm | ReviewForm,
    stale: StaleComment | StaleReview,
) -> HttpResponse:
    """Say what became of a case meanwhile: who decided, or that it waits still and is other now."""
    now = get_item(request, item.pk)
    if not now.is_undecided or not isinstance(form, ReviewForm):
        said, words = str(stale), typed_in(form)
        return queue_answer(request, case=item.pk, said=said, kept_words=words, status=409)
    told = _("It changed since you opened it. Look at it again, then decide.")
    if colleague := claimant(now, request.membership):
        told = _("%(name)s has it open. Decide all the same?") % {"name": isolated(colleague.name)}
    return asked_again(request, now, told, form)


def asked_again(
    request: SeminarRequest, item: ReviewItem, told: str, sent: ReviewForm
) -> HttpResponse:
    """The case as it stands, with what was sent kept in its form, to be sent once more.

    What was written stands above as well: of some decisions the form shows no notes.
    """
    data = request.POST.copy()
    data["version"], data["review_version"] = str(item.comment.version), str(item.version)
    data["over"] = "1"
    again = ReviewForm(data, auto_id=f"review-{item.pk}-%s", seminar=request.seminar)
    words = typed_in(sent)
    return queue_answer(
        request, case=item.pk, refused=again, said=told, kept_words=words, status=409
    )


def claim_answer(request: SeminarRequest, item: ReviewItem) -> HttpResponse:
    """Who has it open; without a script, its page."""
    if not request.htmx:
        return redirect(queue_address(request, case=item.pk))
    colleague = claimant(item, request.membership)
    context = {
        "pk": item.pk,
        "claimed_by": isolated(colleague.name) if colleague else "",
        "is_mine": item.claimed_by_id == request.membership.pk,
    }
    return render(request, "discussions/_review_claim.html", context)


def queue_address(request: SeminarRequest, *, case: int | None) -> str:
    asked = QueueFilter.asked(request.GET)
    return reverse("review_queue", args=[request.seminar.slug]) + asked.address(case=case)


def queue_answer(
    request: SeminarRequest,
    *,
    case: int | None = None,
    after: ReviewItem | None = None,
    said: str = "",
    refused: ReviewForm | None = None,
    hand_over: HandOverForm | None = None,
    answer: AnswerForm | None = None,
    kept_words: Sequence[tuple[str, str]] = (),
    goes_on: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The desk as it is now, with a case open: `case`, or the one to go on with `after` another."""
    queue = build_queue(request.membership, QueueFilter.asked(request.GET), case=case, after=after)
    if queue.case is not None:
        queue.case.form = refused or queue.case.form
        queue.case.hand_over = hand_over or queue.case.hand_over
        queue.case.answer = answer or queue.case.answer
    is_done = status == 200 and (after is not None or goes_on)
    if is_done and not request.htmx:
        messages.success(request, said)
        return redirect(queue_address(request, case=queue.case.item.pk if queue.case else None))
    context = {"queue": queue, "told": said if status != 200 else "", "kept_words": kept_words}
    context["came_back"] = said if is_done and goes_on else ""
    if request.htmx and request.method == "POST":
        changed = render(request, "discussions/_queue_changed.html", context, status=status)
        return tell(changed, said)
    return render(request, "discussions/review_queue.html", context, status=status)
