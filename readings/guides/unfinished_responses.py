"""What a form of a draft is answered whose words are kept before they are ready."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpResponse
from django.shortcuts import render

from accounts.idempotency import lasting
from documents.whole_number import whole_number
from readings.guides.draft_bar import DraftBar
from readings.guides.draft_items import ItemChanged, NoGuideDraft
from readings.guides.draft_page import blocks_of, live_draft
from readings.guides.draft_responses import DRAFT_IS_GONE, block_in, to_draft
from readings.guides.kept_forms import KeptForm
from readings.guides.unfinished import DraftPlace, SentForm, TooMuch, Unfinished, unfinished_at
from readings.guides.unfinished_actions import keep_unfinished
from readings.models import Reading
from seminars.edit_forms import DIGITS
from seminars.http import SeminarRequest

KEEP = "keep"  # what the button says that keeps a form for later, and a script as one types


def kept_key(request: SeminarRequest) -> int:
    """Which new part the address names whose form goes on; 0 where it names none."""
    return whole_number(request.GET.get("kept", ""), digits=DIGITS) or 0


def kept_for(request: SeminarRequest, reading: Reading, place: DraftPlace) -> Unfinished | None:
    """What is kept of the part whose form is opened."""
    draft = live_draft(reading) if request.method == "GET" else None
    return unfinished_at(draft, place, kept_key(request)) if draft else None


def save_or_keep(
    request: SeminarRequest,
    reading: Reading,
    form: KeptForm,
    place: DraftPlace,
    save: Callable[[], HttpResponse | None],
) -> HttpResponse | None:
    """Return what a form that was sent is answered once it is saved, or kept for later.

    None where it is to be shown again: it says why `save` did not, and what was sent is kept.
    `save` may raise what `refusals_told` tells.
    """
    if request.method != "POST":
        return None
    if request.POST.get("act") == KEEP:
        return keep_for_later(request, reading, form, place)
    answer = None
    if form.is_valid():
        with refusals_told(form):
            answer = save()
    if answer is None:
        keep_refused(request, reading, form, place)
    return answer


@contextmanager
def refusals_told(form: KeptForm) -> Iterator[None]:
    """Let a form of a draft say why nothing was saved, or kept: with what stands there now."""
    try:
        yield
    except ItemChanged as changed:
        form.show_current(changed.current)
    except NoGuideDraft:
        form.add_error(None, DRAFT_IS_GONE)
    except TooMuch as why:
        form.add_error(None, str(why))


def keep_for_later(
    request: SeminarRequest, reading: Reading, form: KeptForm, place: DraftPlace
) -> HttpResponse | None:
    """Keep what was sent, and lead back to the draft; None where the form says why it is not.

    A script that keeps what is typed learns in a header what is kept now, as key and version, and
    gets the top of the page, where that is another.
    """
    sent = SentForm.of(request.POST, place)
    form.forget_errors()
    answer = None
    with refusals_told(form):
        kept, is_step = keep_unfinished(
            reading=reading, by=request.membership, sent=sent, is_empty=form.says_nothing
        )
        at = f"#u{kept.key}" if kept else f"#p{place.paragraph}"
        if sent.turn:
            answer = _to_script(request, reading, kept, is_step=is_step)
        else:
            answer = to_draft(request, reading, at, block_in(request))
    return answer


def keep_refused(
    request: SeminarRequest, reading: Reading, form: KeptForm, place: DraftPlace
) -> None:
    """Keep what was sent where it is not right yet: it is shown again, and waits in the draft."""
    if form.is_stale:
        return
    sent = SentForm.of(request.POST, place)
    try:
        kept, _is_step = keep_unfinished(
            reading=reading, by=request.membership, sent=sent, is_empty=form.says_nothing
        )
    except ItemChanged as changed:
        form.show_current(changed.current)
    except (NoGuideDraft, TooMuch):
        return
    else:
        if kept:
            form.is_kept = True
            form.note_kept(kept.key, kept.edit_version)


def form_answer(
    request: SeminarRequest,
    reading: Reading,
    form: KeptForm,
    template: str,
    context: dict[str, object],
    status: int | None = None,
) -> HttpResponse:
    """Show a form; what was kept of it stays, and is told at the top of the draft's page."""
    if form.is_kept and request.htmx:
        context |= _top(reading)
    response = render(request, template, context, status=status or form.status)
    return lasting(response) if form.is_kept else response


def _to_script(
    request: SeminarRequest, reading: Reading, kept: Unfinished | None, *, is_step: bool
) -> HttpResponse:
    response = HttpResponse(status=204)
    if is_step:
        context = _top(reading) | {"reading": reading}
        response = render(request, "readings/_draft_bar.html", context)
    response["X-Kept"] = f"{kept.key} {kept.edit_version}" if kept else "0 0"
    return lasting(response)


def _top(reading: Reading) -> dict[str, object]:
    draft = live_draft(reading)
    return {"draft": draft, "bar": DraftBar.of(draft, reading, blocks_of(reading))} if draft else {}
