"""Deciding the same about several comments that were chosen on the desk."""

import re
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.idempotency import answered_once
from discussions.common.typed_words import typed_in
from discussions.models import Action, ReviewItem
from discussions.moderation.decision_words import said_of, words_for
from discussions.moderation.review_forms import SeveralForm
from discussions.moderation.several_actions import (
    MOST_AT_ONCE,
    SeenCase,
    SeveralOutcome,
    decide_several,
)
from discussions.moderation.several_cases import chosen_cases
from discussions.moderation.waiting_list import QueueFilter, author_name
from documents.whole_number import whole_number
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_decide_on_several

CASE = re.compile(r"(\d{1,18}):(\d{1,9}):(\d{1,9})", re.ASCII)
# Values of the form: the case, its version, that of its words.
Sent = dict[int, tuple[int, int]]


@answered_once
@seminar_view(can_decide_on_several)
@require_http_methods(["GET", "HEAD", "POST"])
def review_several(request: SeminarRequest) -> HttpResponse:
    """What will happen to each of the chosen (`item`), and then does (`case`, as it was read)."""
    items = _items(request)
    if request.method != "POST":
        form = SeveralForm(initial={"decision": request.GET.get("decision")}, request=request)
        return _page(request, form, items)
    sent = _sent(request)
    form = SeveralForm(request.POST, request=request)
    if not sent:
        form.add_error(None, _("Choose at least one of them."))
    if not form.is_valid():
        return _page(request, form, items, sent=sent)
    values = dict(form.cleaned_data)
    action = Action(values.pop("decision"))
    cases = [_seen(item, sent, request) for item in items if item.pk in sent]
    outcome = decide_several(cases=cases, action=action, by=request.membership, **values)
    if outcome.done:
        return _onwards(request, action, outcome)
    form.add_error(None, _("Nothing was decided: all of them changed since you opened this page."))
    return _page(request, form, items, sent=sent, status=409)


def _sent(request: SeminarRequest) -> Sent:
    """The cases that are ticked still, as they were read."""
    found = [CASE.fullmatch(value) for value in request.POST.getlist("case")]
    numbers = [tuple(map(int, one.groups())) for one in found if one]
    return {pk: (review_version, version) for pk, review_version, version in numbers}


def _items(request: SeminarRequest) -> list[ReviewItem]:
    """The cases that were chosen on the desk; 404 where one of them is out of reach."""
    sent = request.POST if request.method == "POST" else request.GET
    keys = {whole_number(value) for value in sent.getlist("item")} | {*_sent(request)}
    found = _fresh(request, [key or 0 for key in keys])
    if len(found) != len(keys) or len(keys) > MOST_AT_ONCE:
        raise Http404(_("There are no such cases."))
    return found


def _fresh(request: SeminarRequest, keys: Sequence[int]) -> list[ReviewItem]:
    items = ReviewItem.objects.for_moderator(request.membership).for_review_page()
    return list(items.filter(pk__in=keys))


def _seen(item: ReviewItem, sent: Sent, request: SeminarRequest) -> SeenCase:
    """The case as it was read; that one took it oneself meanwhile is no news to oneself."""
    review_version, version = sent[item.pk]
    is_mine = item.is_undecided and item.claimed_by_id == request.membership.pk
    return SeenCase(item, item.version if is_mine else review_version, version)


def _onwards(request: SeminarRequest, action: Action, outcome: SeveralOutcome) -> HttpResponse:
    """Back to the desk, which says what was done, and of each that was left out, why."""
    done = [row.comment for row in outcome.done if row.comment]
    whose = [author_name(one, request.membership) for one in done]
    messages.success(request, said_of(action, whose))
    left_out = _fresh(request, [item.pk for item in outcome.left_out])
    for one in chosen_cases(left_out, action, request.membership):
        why = one.why_not or _("It changed since you opened the page.")
        said = _("Left out: %(who)s, %(place)s. %(why)s")
        messages.warning(request, said % {"who": one.who, "place": one.place, "why": why})
    asked = QueueFilter.asked(request.GET)
    return redirect(reverse("review_queue", args=[request.seminar.slug]) + asked.address())


def _written(form: SeveralForm) -> list[tuple[str, str]]:
    """What was written in it, to be copied; a reason in one's own words, too."""
    reason = form.data.get("reason_text", "")
    label = str(form.base_fields["reason_text"].label)
    return [*([(label, reason)] if reason else []), *typed_in(form)]


def _page(
    request: SeminarRequest,
    form: SeveralForm,
    items: Sequence[ReviewItem],
    *,
    sent: Sent | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Each of them with its words, as they stand now; `sent` were ticked."""
    unticked = [] if sent is None else [item.pk for item in items if item.pk not in sent]
    if status == 409:
        items = _fresh(request, [item.pk for item in items])
    cases = chosen_cases(items, form.action, request.membership, unticked=unticked)
    going = [one for one in cases if one.effect]
    context = {
        "form": form,
        "going": going,
        "left_out": [one for one in cases if not one.effect],
        "words": words_for(form.action, len(going)),
        "asked": QueueFilter.asked(request.GET),
        # Where nothing is left to decide there is no form that would hold them.
        "kept_words": [] if going or not form.is_bound else _written(form),
    }
    status = status or (422 if form.errors else 200)
    return render(request, "discussions/review_several.html", context, status=status)
