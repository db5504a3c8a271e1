"""The settings of a gradebook: one form for all of them, and what they would change."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.idempotency import answered_once
from database.versions import Stale
from gradebook.book import MarkBook, load_book
from gradebook.settings_actions import ChangeNotConfirmed, change_gradebook
from gradebook.settings_changes import SettingsChange, settings_change
from gradebook.settings_forms import GradebookSettingsForm
from quizzes.statistics import counted_members
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_keep_gradebook


@answered_once
@seminar_view(can_keep_gradebook)
@require_http_methods(["GET", "HEAD", "POST"])
def gradebook_settings(request: SeminarRequest) -> HttpResponse:
    """What counts, where, and how much. What a change does is shown first, and done once that is
    confirmed."""
    book = load_book(request.membership, counted_members(request.membership))
    if book is None:
        raise Http404(_("This seminar has no gradebook."))
    form = form_of(book, request.POST if request.method == "POST" else None)
    change = None
    if form.is_valid():
        change = settings_change(book, book.loaded.sources, form.asked_scheme())
        try:
            if changed(request, book, form, change):
                messages.success(request, _("The settings are kept."))
                return redirect("gradebook", request.seminar.slug)
        except Stale as stale:
            form, change = stale_form(request, stale), None
    context = {"form": form, "change": change}
    return render(request, "gradebook/gradebook_settings.html", context, status=form.status)


def stale_form(request: SeminarRequest, stale: Stale) -> GradebookSettingsForm:
    """What was sent, over what stands there by now."""
    book = load_book(request.membership, [])
    if book is None:
        raise Http404(_("This seminar has no gradebook."))
    form = form_of(book, request.POST)
    form.is_valid()
    form.show_current(stale.current)
    return form


def form_of(book: MarkBook, data: object) -> GradebookSettingsForm:
    return GradebookSettingsForm(
        data, gradebook=book.gradebook, scheme=book.scheme, sources=book.loaded.sources
    )


def changed(
    request: SeminarRequest, book: MarkBook, form: GradebookSettingsForm, change: SettingsChange
) -> bool:
    """Keep the settings; False where what they change is to be seen first. Raises Stale."""
    try:
        change_gradebook(
            gradebook=book.gradebook,
            change=change,
            sources=list(book.loaded.sources),
            by=request.membership,
            version=form.cleaned_data["version"],
            confirmed=form.cleaned_data["confirmed"],
        )
    except ChangeNotConfirmed:
        return False
    return True
