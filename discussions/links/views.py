"""Making a link between words of two readings, and changing its kind."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.template_tags import quoted
from discussions.common.http import get_thread
from discussions.links.actions import LinkChanged, change_kind
from discussions.links.ends import chosen_end, readings_beside
from discussions.links.forms import FAR, NEAR, STEPS, LinkForm
from discussions.links.kind_forms import LinkKindChoiceForm
from discussions.links.kinds import link_kinds
from discussions.models import Thread
from discussions.threads import (
    FarEnd,
    anonymity_in,
    composer,
    linked_ends,
    start_thread,
    started_from,
    talk_opened,
    tell,
)
from readings.models import Reading
from readings.page import get_reading, refuse_if_silent
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.muting import refuse_if_muted

# What a page that leads to the form may have chosen already.
_GIVEN = {
    *("far", "block", "segments", "words", "far_block", "far_segments", "far_words"),
    *("link_kind", "audience", "seen", "far_seen"),
}


@seminar_view(permissions.can_take_part)
@require_http_methods(["GET", "HEAD", "POST"])
def link_new(request: SeminarRequest, reading: str) -> HttpResponse:
    """Link words of this reading with words of another: chosen step by step, or all at once."""
    near = get_reading(request, reading)
    if request.method != "POST":
        refuse_if_silent(near, request.membership)
        given = {name: request.GET[name] for name in _GIVEN & request.GET.keys()}
        return link_form_page(request, near, shown_form(request, near, given, request.GET))
    refuse_if_muted(request.membership)
    step = request.POST.get("act", "")
    if step in STEPS:
        kept = request.POST.dict() | dict.fromkeys(STEPS[step], "")
        return link_form_page(request, near, shown_form(request, near, kept, request.POST))
    return link_from_form(request, near)


def shown_form(
    request: SeminarRequest, near: Reading, chosen: dict[str, Any], sent: QueryDict
) -> LinkForm:
    """Return the form with what is chosen so far, and nothing said against it yet."""
    form = _form(request, near, sent, initial=chosen, auto_id="link-%s")
    for end in (NEAR, FAR):
        if f"{end}words" in STEPS.get(sent.get("act", ""), ()):
            form.forget_choice(end)
    if len(form.offered) == 1 and "far" not in chosen:
        form.initial["far"] = form.offered[0].slug
    return form


def link_from_form(request: SeminarRequest, near: Reading) -> HttpResponse:
    """Make the link that was sent, and answer with it; or with what is wrong."""
    by = request.membership
    form = _form(request, near, request.POST, request.POST)
    waited = by.withheld_ids

    def start(values: dict[str, Any]) -> Thread:
        far = FarEnd(values["far"], values["far_segments"], values["link_kind"], values["far_seen"])
        names = ("segments", "audience", "anonymous", "body", "seen", "client_key", "warned")
        sent = {name: values[name] for name in names}
        return start_thread(reading=near, kind="link", far=far, by=by, **sent)

    thread = started_from(form, start, by=by)
    if thread is None:
        return link_form_page(request, near, form, status=422)
    if waited.intersection(thread.reading_ids) - by.withheld_ids:
        return talk_opened(request, link_url(thread))
    return link_made(request, thread)


def link_made(request: SeminarRequest, thread: Thread) -> HttpResponse:
    """Answer a new link: to a page's script that there is one; without htmx, where it is seen."""
    said = _("Link made")
    if thread.is_held:
        said = _("Your comment waits for staff. Until they publish it, only you and they read it.")
    on_page = not request.htmx or "page" in request.POST
    if on_page and thread.is_held:
        messages.success(request, said)
    place = link_url(thread)
    if not request.htmx:
        return redirect(place)
    if on_page:
        return HttpResponse(headers={"HX-Redirect": place})
    return tell(HttpResponse(), said, **{"link-made": {"link": thread.pk}})


def link_url(thread: Thread) -> str:
    """Where a link is read between its two texts."""
    assert thread.far_reading is not None  # noqa: S101 - it is a link
    seminar, readings = thread.reading.seminar, (thread.reading, thread.far_reading)
    slugs = [seminar.slug, *(one.slug for one in readings)]
    return f"{reverse('reading_pair', args=slugs)}#l{thread.pk}"


def link_form_page(
    request: SeminarRequest, near: Reading, form: LinkForm, *, status: int = 200
) -> HttpResponse:
    """Answer with the form as a page, or alone for a page's script."""
    member = request.membership
    ends = [chosen_end(form, NEAR, near, member)]
    if far := form.far_reading:
        ends.append(chosen_end(form, FAR, far, member))
    on_page = not request.htmx or "page" in request.POST
    chosen = composer(near, member, names_members=True)
    context = chosen | {
        "reading": near,
        "form": form,
        "near": ends[0],
        "far": ends[1] if far else None,
        "is_ready": far is not None and all(one.is_chosen for one in ends),
        "narrower": [one.reading for one in ends if one.reading.group_ids],
        "anonymity": anonymity_in([one.reading for one in ends], member),
        "on_page": on_page,
    }
    template = "discussions/_link_form.html" if request.htmx else "discussions/link_new.html"
    return render(request, template, context, status=status)


def _form(
    request: SeminarRequest, near: Reading, sent: QueryDict, *args: Any, **kwargs: Any
) -> LinkForm:
    by = request.membership
    beside, kinds = readings_beside(near, by), link_kinds(request.seminar)
    return LinkForm(*args, sent=sent, near=near, readings=beside, kinds=kinds, member=by, **kwargs)


@seminar_view(permissions.can_take_part)
@require_http_methods(["GET", "HEAD", "POST"])
def thread_link_kind(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Make a link one of another kind."""
    thread = get_link(request, reading, pk)
    now, kinds = thread.link_kind, link_kinds(request.seminar)
    assert now is not None  # noqa: S101 - it is a link
    sent = request.POST if request.method == "POST" else None
    form = LinkKindChoiceForm(sent, kinds=kinds, now=now)
    if form.is_valid():
        kind, seen = form.cleaned_data["link_kind"], form.cleaned_data["was"]
        try:
            change_kind(thread=thread, kind=kind, seen=seen, by=request.membership)
        except LinkChanged as changed:
            form.show_current(changed.current.link_kind)
        else:
            messages.success(request, _("The link reads “%s” now.") % quoted(kind.name))
            return redirect(link_url(thread))
    context = {"reading": thread.reading, "thread": thread, "form": form}
    context |= {"link_url": link_url(thread), "link": linked_ends([thread])[thread.pk]}
    return render(request, "discussions/thread_link_kind.html", context, status=form.status)


def get_link(request: SeminarRequest, reading: str, pk: int) -> Thread:
    """Return a link that the member may see, to be changed; 404 where there is none, 403 where they
    may not change it."""
    found = get_reading(request, reading)
    thread = get_thread(request, found, pk)
    if not thread.is_link:
        raise Http404(_("This thread is no link."))
    for one in thread.readings:
        refuse_if_silent(one, request.membership)
    if not permissions.can_change_link(request.membership, thread):
        raise PermissionDenied(_("Only who made a link and staff can change it."))
    return thread
