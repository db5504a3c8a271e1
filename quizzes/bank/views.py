"""The question bank, and its way into a guide."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.idempotency import answered_once
from documents.whole_number import whole_number
from quizzes.bank.forms import BankSelectionForm
from quizzes.bank.queries import BankPage, bank_page, chosen_questions
from quizzes.formats import MAX_PARAGRAPH, as_checkpoint, import_questions
from quizzes.questions import QuestionSpec, plain
from readings.guides import GuideRefused, NotFound, to_draft
from readings.models import Reading
from readings.page import get_reading
from seminars.access import library_view, seminar_view
from seminars.http import Request, SeminarRequest
from seminars.models import Membership
from seminars.permissions import can_manage_readings

MAX_SOUGHT = 200  # letters
COPY = "copy"  # what the form does, unless it looks for more (`act`)
_DIGITS = 5


@library_view
@require_GET
def question_bank(request: Request) -> HttpResponse:
    """All questions of the seminars that one instructs, to be looked through."""
    context = {"page": _page(request), "q": _sought(request)}
    return render(request, "quizzes/question_bank.html", context)


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def bank_selection(request: SeminarRequest, reading: str) -> HttpResponse:
    """The same, to be copied into the draft of this reading's guide.

    What is ticked goes along to another page of it and another search (`act`).
    """
    found = get_reading(request, reading)
    at = whole_number(request.GET.get("at", ""), digits=len(str(MAX_PARAGRAPH))) or 1
    data = request.POST if request.method == "POST" else None
    form = BankSelectionForm(data, user=request.user, initial={"paragraph": at})
    if data and data.get("act", COPY) != COPY:
        form.forget_errors()
    elif form.is_valid():
        key = _copy(form, found, request.membership)
        if key:
            messages.success(
                request, _("The questions are in the draft. Change them there as you like.")
            )
            return to_draft(request, found, f"#i{key}")
    return _selection_page(request, found, form)


def _selection_page(
    request: SeminarRequest, reading: Reading, form: BankSelectionForm
) -> HttpResponse:
    """What is found, and what is ticked on its other pages."""
    page = _page(request)
    context = {
        "reading": reading,
        "form": form,
        "page": page,
        "q": _sought(request),
        "elsewhere": _elsewhere(request, form, page),
    }
    return render(request, "quizzes/bank_selection.html", context, status=form.status)


def _elsewhere(
    request: SeminarRequest, form: BankSelectionForm, page: BankPage
) -> list[tuple[int, str]]:
    """What is ticked and stands on another page: number and words."""
    here = {one.pk for one in page.questions}
    ticked = chosen_questions(request.user, form.picked) if form.picked else []
    return [(one.pk, plain(one.html)) for one in ticked if one.pk not in here]


def _sought(request: Request) -> str:
    """The words that are looked for: in an address, or in the form that keeps what is ticked."""
    sent = request.POST if request.method == "POST" else request.GET
    return " ".join(sent.get("q", "").replace("\0", "").split())[:MAX_SOUGHT]


def _page(request: Request) -> BankPage:
    turned = request.POST.get("act", "").removeprefix("page-")
    number = whole_number(turned or request.GET.get("page", ""), digits=_DIGITS) or 1
    return bank_page(request.user, _sought(request), number)


def _copy(form: BankSelectionForm, reading: Reading, by: Membership) -> int:
    """Put the questions into the draft as one checkpoint; 0 where the form says why not."""
    title = form.chosen[0].quiz.title
    specs = [QuestionSpec.of(one) for one in form.chosen]
    try:
        items = [as_checkpoint(title, specs)]
        paragraph = form.cleaned_data["paragraph"]
        [key] = import_questions(reading=reading, by=by, items=items, paragraph=paragraph)
    except NotFound as missing:
        form.add_error("paragraph", str(missing))
    except GuideRefused as refused:
        form.add_error(None, str(refused))
    else:
        return key
    return 0
