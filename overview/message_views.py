"""Writing to those who were chosen in the overview."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts.idempotency import form_key
from discussions.common.markdown import render as as_words
from documents.visible import isolated
from documents.whole_number import whole_number
from overview.message_actions import send_messages
from overview.message_forms import GONE, MessageForm
from overview.pages import current_reading
from overview.records import general_discussion_in, readings_open_now
from quizzes.statistics import counted_members
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership
from seminars.permissions import can_announce, can_write_to


@seminar_view(can_announce)
@require_http_methods(["GET", "HEAD", "POST"])
def message_create(request: SeminarRequest) -> HttpResponse:
    """Write to each of the chosen alone; `preview` shows first what would be sent, to whom."""
    form = _form(request)
    previewed = "preview" in request.POST
    if form.is_valid() and not previewed:
        try:
            send_messages(
                reading=form.readings[form.cleaned_data["reading"]],
                members=form.chosen,
                body=form.cleaned_data["body"],
                by=request.membership,
                client_key=form_key(request),
            )
        except PermissionDenied:
            form.add_error("member", GONE)
        else:
            return _onwards(request, form.chosen)
    return _form_page(request, form, previewed=previewed)


def _form(request: SeminarRequest) -> MessageForm:
    """The form about those whom the address names, of all one may write to; about all of them
    where it names nobody.

    The form itself names whom it offered, so that they are there again where all were taken out.
    """
    data = request.POST if request.method == "POST" else None
    named = request.GET.getlist("member") if data is None else data.getlist("among")
    keys = {whole_number(one) for one in named}
    allowed = [
        one for one in counted_members(request.membership) if can_write_to(request.membership, one)
    ]
    people = [one for one in allowed if one.pk in keys] if named else allowed
    readings = readings_open_now(request.seminar.pk)
    current = current_reading(readings)
    readings += general_discussion_in(request.seminar.pk)
    for one in readings:
        one.seminar = request.seminar
    return MessageForm(
        data,
        people=people,
        are_chosen=bool(named),
        readings=readings,
        current=current,
    )


def _onwards(request: SeminarRequest, chosen: list[Membership]) -> HttpResponse:
    names = ", ".join(isolated(one.name) for one in chosen)
    said = ngettext(
        "Sent to %(names)s. Only they and staff see it.",
        "Sent to %(count)d people, to each alone: %(names)s.",
        len(chosen),
    )
    messages.success(request, said % {"names": names, "count": len(chosen)})
    url = reverse("overview", args=[request.seminar.slug])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _form_page(request: SeminarRequest, form: MessageForm, *, previewed: bool) -> HttpResponse:
    """The form again, whole or for htmx, with the words as they will stand where asked for."""
    context: dict[str, Any] = {"form": form, "action": request.path}
    if previewed and form.is_valid():
        # Sanitised by the renderer.
        context["preview"] = SafeString(as_words(form.cleaned_data["body"]))
    status = 422 if form.errors else 200
    if request.htmx:
        part = "_message_preview" if previewed else "_message_form"
        return render(request, f"overview/{part}.html", context, status=status)
    return render(request, "overview/message_create.html", context, status=status)
