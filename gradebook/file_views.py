"""The gradebook as a file, and marks from one."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.idempotency import answered_once
from gradebook.book import gradebook_of, load_book
from gradebook.exports import FORMS, file_rows
from gradebook.import_actions import MarksNotConfirmed, bring_in_marks
from gradebook.import_forms import MarkFileForm
from quizzes.statistics import counted_members
from readings.essays import file_name
from rendering.csv_download import csv_download
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_keep_gradebook, can_see_desk


@seminar_view(can_see_desk)
@require_GET
def gradebook_file(request: SeminarRequest) -> StreamingHttpResponse:
    """The marks that are released, for Canvas or Moodle; with `held=1`, all of them."""
    book = load_book(request.membership, counted_members(request.membership))
    form = request.GET.get("for", "canvas")
    if book is None or form not in FORMS:
        raise Http404(_("There is no such file."))
    rows = [*file_rows(book, form, with_held=request.GET.get("held") == "1")]
    return csv_download(f"{file_name(f'{request.seminar.name} {form}')}.csv", rows)


@answered_once
@seminar_view(can_keep_gradebook)
@require_http_methods(["GET", "HEAD", "POST"])
def grades_import(request: SeminarRequest) -> HttpResponse:
    """Take marks from a file. What they change is shown first, and done once that is confirmed."""
    if gradebook_of(request.seminar.pk) is None:
        raise Http404(_("This seminar has no gradebook."))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form, plan = MarkFileForm(*sent), None
    if form.is_valid():
        data = form.cleaned_data
        try:
            done = bring_in_marks(
                file=form.marks,
                source_name=data["source_name"],
                by=request.membership,
                confirmed=data["confirmed"],
            )
        except MarksNotConfirmed as asked:
            plan = asked.plan
            form.take_file_as_text()
        else:
            messages.success(request, brought_in(len(done.marks)))
            return redirect("gradebook", request.seminar.slug)
    status = 422 if form.errors or (plan and plan.problems) else 200
    return render(
        request, "gradebook/grades_import.html", {"form": form, "plan": plan}, status=status
    )


def brought_in(count: int) -> str:
    said = ngettext("%d mark is brought in.", "%d marks are brought in.", count)
    return said % count
