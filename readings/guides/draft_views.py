"""Writing a reading's guide in the browser: its draft, and the form of each item."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.idempotency import answered_once
from documents.whole_number import whole_number
from readings.guides import draft_actions as actions
from readings.guides.draft_forms import MAX_PARAGRAPH, MAX_QUOTE, DraftItemForm
from readings.guides.draft_items import (
    DraftItem,
    ItemChanged,
    NoGuideDraft,
    draft_of,
    parse_draft,
)
from readings.guides.draft_page import DraftPage, block_at, blocks_of, live_draft
from readings.guides.draft_responses import (
    block_in,
    tell_changed,
    to_draft,
    version_in,
)
from readings.guides.draft_steps import undo_step
from readings.guides.earlier_views import in_the_draft
from readings.guides.guide_file import GuideRefused
from readings.guides.link_ends import link_offers
from readings.guides.link_forms import LinkItemForm
from readings.guides.places import NotFound
from readings.guides.unfinished import DraftPlace, SentForm
from readings.guides.unfinished_actions import take_back
from readings.guides.unfinished_responses import form_answer, kept_for, kept_key, save_or_keep
from readings.models import NOTE_KINDS, GuideItemKind, Reading
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.edit_forms import DIGITS
from seminars.http import SeminarRequest
from seminars.permissions import can_manage_readings

PARTS = (
    GuideItemKind.NOTE,
    GuideItemKind.PROMPT,
    GuideItemKind.CHECKPOINT,
    GuideItemKind.LINK,
)


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def guide_draft(request: SeminarRequest, reading: str) -> HttpResponse:
    """The draft of a reading's guide beside the text; POST begins one with the guide there is."""
    found = get_reading(request, reading)
    if request.method == "POST":
        try:
            actions.begin_draft(reading=found, by=request.membership)
        except GuideRefused as refused:
            messages.error(request, str(refused))
            return redirect("reading_guide", request.seminar.slug, found.slug)
        return to_draft(request, found)
    draft = live_draft(found)
    if draft is None:
        return redirect("reading_guide", request.seminar.slug, found.slug)
    keys = request.GET.getlist("block") if request.htmx else None
    at = whole_number(request.GET.get("at", ""), digits=6)
    asked = {"at": at, "quote": request.GET.get("quote", ""), "slot": "slot" in request.GET}
    context = {"reading": found, "draft": draft, "asked": asked}
    context["page"] = page = DraftPage.of(draft, found, keys)
    context["bar"] = page.bar
    template = "readings/_draft_changed.html" if request.htmx else "readings/guide_draft.html"
    return render(request, template, context)


@seminar_view(can_manage_readings)
@require_safe
def guide_draft_preview(request: SeminarRequest, reading: str) -> HttpResponse:
    """The draft as a participant will see it: what is answered here is kept nowhere."""
    found = get_reading(request, reading)
    draft = live_draft(found)
    if draft is None:
        return redirect("reading_guide", request.seminar.slug, found.slug)
    page = DraftPage.of(draft, found, as_asked=True)
    return render(request, "readings/guide_draft_preview.html", {"reading": found, "page": page})


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def guide_item_new(request: SeminarRequest, reading: str) -> HttpResponse:
    """Put a note, prompt, checkpoint or link (`?part`) at a paragraph (`?at`) into the draft."""
    found = get_reading(request, reading)
    part = request.GET.get("part", GuideItemKind.NOTE)
    if part not in PARTS:
        raise Http404(_("There is no such part of a guide."))
    at = whole_number(request.GET.get("at", ""), digits=len(str(MAX_PARAGRAPH)))
    place = DraftPlace(part, at)
    form = _form(request, found, None, place)
    form.initial["paragraph"] = at
    form.initial["quote"] = request.GET.get("quote", "")[:MAX_QUOTE]
    return _item_page(request, found, form, place)


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def guide_item_detail(request: SeminarRequest, reading: str, key: int) -> HttpResponse:
    """Change an item of the draft, or move it to another paragraph."""
    found = get_reading(request, reading)
    draft = draft_of(found)
    items = parse_draft(draft)[1] if draft else []
    row = next((one for one in items if one.key == key), None)
    part = row.parsed.kind if row else request.POST.get("part", "")
    if request.method == "GET" and row is None:
        messages.error(request, _("This part is not in the draft any more."))
        return to_draft(request, found)
    part = GuideItemKind.NOTE if part in NOTE_KINDS or part not in PARTS else part
    place = DraftPlace(part, row.parsed.anchor.number if row else None, key)
    return _item_page(request, found, _form(request, found, row, place), place)


@answered_once
@seminar_view(can_manage_readings)
@require_POST
def guide_item_place(request: SeminarRequest, reading: str, key: int) -> HttpResponse:
    """Let an item change places with its neighbour (`to`), or put it anywhere (`paragraph`)."""
    found = get_reading(request, reading)
    to, paragraph = request.POST.get("to"), _number_in(request, "paragraph")
    of: dict[str, Any] = {
        "reading": found,
        "by": request.membership,
        "key": key,
        "version": version_in(request),
    }
    try:
        if to in {"earlier", "later"}:
            actions.shift_item(**of, later=to == "later")
        elif paragraph:
            _place(request, paragraph, of)
    except (ItemChanged, NoGuideDraft):
        tell_changed(request)
    except NotFound as why:
        messages.error(request, str(why))
    blocks = dict.fromkeys([block_in(request), block_at(found, paragraph)])
    return to_draft(request, found, f"#i{key}", *blocks)


@answered_once
@seminar_view(can_manage_readings)
@require_POST
def guide_item_removal(request: SeminarRequest, reading: str, key: int) -> HttpResponse:
    """Take an item out of the draft; `undo=1` puts it back."""
    found = get_reading(request, reading)
    try:
        if request.POST.get("undo") == "1":
            actions.restore_item(reading=found, by=request.membership, key=key)
        else:
            actions.remove_item(
                reading=found,
                by=request.membership,
                key=key,
                version=version_in(request),
                block=block_in(request),
            )
    except (ItemChanged, NoGuideDraft):
        tell_changed(request)
    return to_draft(request, found, f"#i{key}", block_in(request))


@answered_once
@seminar_view(can_manage_readings)
@require_POST
def guide_draft_removal(request: SeminarRequest, reading: str) -> HttpResponse:
    """Discard the draft; `undo=1` takes it up again."""
    found = get_reading(request, reading)
    if request.POST.get("undo") == "1":
        actions.restore_draft(reading=found, by=request.membership)
        return to_draft(request, found)
    actions.discard_draft(reading=found, by=request.membership)
    messages.success(request, _("The draft is discarded. You can undo it below."))
    return redirect("reading_guide", request.seminar.slug, found.slug)


@answered_once
@seminar_view(can_manage_readings)
@require_POST
def guide_draft_step(request: SeminarRequest, reading: str) -> HttpResponse:
    """Take the last change of the draft back; behind the first, what was published last."""
    found, at = get_reading(request, reading), None
    try:
        undone = undo_step(reading=found, by=request.membership, version=version_in(request))
    except (ItemChanged, NoGuideDraft):
        tell_changed(request)
    except GuideRefused as refused:
        messages.error(request, str(refused))
    else:
        at = undone.paragraph
        if undone.guide:
            messages.success(request, in_the_draft(undone.guide))
    return to_draft(request, found, f"#p{at}" if at else "")


@answered_once
@seminar_view(can_manage_readings)
@require_POST
def draft_unfinished_removal(request: SeminarRequest, reading: str, key: int) -> HttpResponse:
    """Take off what is kept of a part and not ready; the part itself stays as it is."""
    found = get_reading(request, reading)
    try:
        take_back(reading=found, by=request.membership, key=key, version=version_in(request))
    except (ItemChanged, NoGuideDraft):
        tell_changed(request)
    return to_draft(request, found, "", block_in(request))


def _place(request: SeminarRequest, paragraph: int, of: dict[str, Any]) -> None:
    before = _number_in(request, "before") or 0
    if not actions.place_item(**of, paragraph=paragraph, before=before):
        told = _("The words that this was about are not in ¶ %d: it is about all of it now.")
        messages.warning(request, told % paragraph)


def _number_in(request: SeminarRequest, name: str) -> int | None:
    return whole_number(request.POST.get(name, ""), digits=DIGITS)


def _form(
    request: SeminarRequest, reading: Reading, row: DraftItem | None, place: DraftPlace
) -> DraftItemForm:
    data = request.POST if request.method == "POST" else None
    kept = kept_for(request, reading, place)
    blocks = blocks_of(reading)
    fields: dict[str, Any] = {"row": row, "part": place.of, "blocks": blocks, "unfinished": kept}
    if place.of == GuideItemKind.LINK:
        form: DraftItemForm = LinkItemForm(data, offers=link_offers(reading), **fields)
    else:
        form = DraftItemForm(data, **fields)
    if kept:
        form.opened_again()
    return form


def _item_page(
    request: SeminarRequest, reading: Reading, form: DraftItemForm, place: DraftPlace
) -> HttpResponse:
    """Save what was sent and go back to its place, or show the form with what is wrong."""
    if request.method == "GET" and live_draft(reading) is None:
        return redirect("reading_guide", request.seminar.slug, reading.slug)
    answer = save_or_keep(
        request, reading, form, place, lambda: _save(request, reading, form, place)
    )
    if answer:
        return answer
    context = {
        "reading": reading,
        "form": form,
        "key": place.item,
        "part": form.part,
        "block": block_in(request),
        "at": place.paragraph or "new",
        "name": f"u{kept_key(request)}" if kept_key(request) else "",
    }
    template = "readings/_guide_part_form.html" if request.htmx else "readings/guide_item.html"
    return form_answer(request, reading, form, template, context)


def _save(
    request: SeminarRequest, reading: Reading, form: DraftItemForm, place: DraftPlace
) -> HttpResponse | None:
    sent = form.cleaned_data
    try:
        key = actions.put_item(
            reading=reading,
            by=request.membership,
            item=sent["item"],
            key=place.item or None,
            version=sent["version"],
            sent=SentForm.of(request.POST, place),
        )
    except GuideRefused as refused:
        form.add_error("body", str(refused))
    else:
        number = sent["item"].anchor.number
        blocks = [block_in(request), block_at(reading, number)]
        return to_draft(request, reading, f"#i{key}", *dict.fromkeys(blocks), slot="1")
    return None
