"""Annotations out and in."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from discussions.common.http import number_in
from discussions.exchange.forms import AnnotationImportForm
from discussions.exchange.import_actions import Taken, TextMoved, plan_import, take_in
from discussions.exchange.outgoing import MEDIA_TYPE, Collection
from discussions.exchange.placing import Plan
from discussions.exchange.preview import preview_of
from readings.models import Reading
from readings.page import get_reading, get_reading_or_general, refuse_if_silent
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership


@seminar_view()
@require_http_methods(["GET", "HEAD"])
def annotation_collection(request: SeminarRequest, reading: str) -> HttpResponse:
    """The threads that this member may see as Web Annotations: cover, ?page=n, or ?page=all."""
    found = get_reading_or_general(request, reading)
    collection = Collection(found, request.membership, request.build_absolute_uri)
    headers = {"Vary": "Accept, Cookie"}
    if request.GET.get("page") == "all":
        name = f"{found.slug} annotations.jsonld"
        headers["Content-Disposition"] = content_disposition_header(True, name) or ""
        data = collection.whole()
    else:
        page = number_in(request, "page")
        if page is not None and not 1 <= page <= collection.pages:
            raise Http404(_("There is no such page."))
        data = collection.page(page) if page else collection.cover()
    return JsonResponse(data, content_type=MEDIA_TYPE, headers=headers)


@seminar_view(permissions.can_post)
@require_http_methods(["GET", "POST"])
def annotation_import(request: SeminarRequest, reading: str) -> HttpResponse:
    """Take a file of annotations, show where each would stand, and on a second yes take it in."""
    found = get_reading(request, reading)
    refuse_if_silent(found, request.membership)
    sent = request.method == "POST"
    data = (request.POST, request.FILES) if sent else ()
    form = AnnotationImportForm(*data, reading=found, member=request.membership)
    context: dict[str, object] = {"reading": found, "form": form}
    if sent and form.is_valid():
        own = Collection(found, request.membership, request.build_absolute_uri).ids
        plan = plan_import(
            reading=found,
            annotations=form.annotations,
            own=own,
            absolute=request.build_absolute_uri,
            by=request.membership,
        )
        said = take_in_with(form, plan, reading=found, by=request.membership)
        if said:
            messages.success(request, said)
            return redirect("thread_list", request.seminar.slug, found.slug)
        context["preview"] = preview_of(plan, found)
    status = 422 if form.errors else 200
    return render(request, "discussions/annotation_import.html", context, status=status)


def take_in_with(
    form: AnnotationImportForm, plan: Plan, *, reading: Reading, by: Membership
) -> str:
    """Take the file in once its places were looked at; return what to say, or "" where nothing was
    done and the places are to be shown."""
    if not form.is_confirmed:
        return ""
    try:
        taken = take_in(reading=reading, plan=plan, audience=form.cleaned_data["audience"], by=by)
    except TextMoved as moved:
        form.add_error(None, str(moved))
        return ""
    form.forget()
    return taken_message(taken)


def taken_message(taken: Taken) -> str:
    """Say what came of it."""
    threads = ngettext("%(count)d annotation", "%(count)d annotations", taken.threads)
    counts = threads % {"count": taken.threads}
    if taken.replies:
        replies = ngettext("%(count)d reply", "%(count)d replies", taken.replies)
        both = {"annotations": counts, "replies": replies % {"count": taken.replies}}
        counts = _("%(annotations)s and %(replies)s") % both
    said = _("%(counts)s taken in.") % {"counts": counts}
    if taken.known:
        here = ngettext(
            "%(count)d other was here already.", "%(count)d others were here already.", taken.known
        )
        said += " " + here % {"count": taken.known}
    return said
