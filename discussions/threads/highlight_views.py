"""Taking one's own highlight or link off, and putting it back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from discussions.common.http import find_block, get_own_thread, notebook_place
from discussions.models import Thread
from discussions.threads.actions import remove_highlight, restore_highlight
from discussions.threads.highlights import removed_context
from discussions.threads.responses import is_on_reading_page, tell
from discussions.threads.views import blocks_changed
from readings.page import get_reading_or_general
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view(permissions.can_post)
@require_POST
def thread_withdrawal(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Take one's own highlight off, or a link; `undo=1` puts it back."""
    found = get_reading_or_general(request, reading)
    thread = get_own_thread(request, found, pk)
    if request.POST.get("undo") == "1":
        restore_highlight(thread=thread, by=request.membership)
        return highlight_restored(request, thread)
    remove_highlight(thread=thread, by=request.membership)
    return highlight_removed(request, thread)


def highlight_removed(request: SeminarRequest, thread: Thread) -> HttpResponse:
    """Answer with its blocks and the way back below the first; elsewhere, lead to a page that has
    the way back."""
    if "mine" in request.POST:
        return redirect(notebook_place(request, removed=str(thread.pk)))
    listed = reverse("thread_list", args=[request.seminar.slug, thread.reading.slug])
    after = f"{listed}?removed={thread.pk}"
    if not request.htmx:
        return redirect(after)
    key = thread.passage.block_key if thread.passage else ""
    block = find_block(thread.reading, key, request.membership)
    if block is None or not is_on_reading_page(request, thread):
        return HttpResponse(headers={"HX-Redirect": after})
    response = blocks_changed(request, thread.reading, thread.passages())
    context = removed_context(thread, request.membership) | {"focus": True, "at": block.key}
    response.write(render(request, "discussions/_highlight_gone.html", context).content.decode())
    return tell(response, _("Link removed") if thread.is_link else _("Highlight removed"))


def highlight_restored(request: SeminarRequest, thread: Thread) -> HttpResponse:
    """Answer with its blocks, where its card opens; without htmx, lead to it."""
    if "mine" in request.POST:
        return redirect(notebook_place(request, f"t{thread.pk}"))
    place = f"{thread.reading.get_absolute_url()}#t{thread.pk}"
    if not request.htmx:
        return redirect(place)
    if not is_on_reading_page(request, thread):
        return HttpResponse(headers={"HX-Redirect": place})
    response = blocks_changed(request, thread.reading, thread.passages())
    said = _("Link put back") if thread.is_link else _("Highlighted")
    return tell(response, said, **{"thread-posted": {"thread": thread.pk}})
