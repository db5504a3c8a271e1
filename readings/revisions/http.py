"""Fetch-or-404 helpers for views of revisions and of what became of passages."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from documents.whole_number import whole_number
from readings.models import Reading, ReanchoredPassage, Revision
from readings.revisions.alignments import text_change
from readings.revisions.outcome_report import PassageOutcome, outcome_report_of
from readings.revisions.queries import previous_revision, reanchorings_to_current
from readings.revisions.text_changes import TextChanges, text_changes
from seminars.http import Request, SeminarRequest


def get_revision(request: Request, pk: int) -> Revision:
    """Return a published revision of an essay in the library of who is asking."""
    return get_object_or_404(Revision.objects.in_library_of(request.user), pk=pk)


def get_moved(
    request: SeminarRequest, reading: Reading, pk: int
) -> tuple[ReanchoredPassage, PassageOutcome]:
    """Return what became of a passage, if the member may see anything that hangs on it."""
    reanchorings = reanchorings_to_current(reading).values("pk")
    moved = ReanchoredPassage.objects.select_related("passage", "reanchoring__reading")
    found = get_object_or_404(moved, reanchoring__in=reanchorings, pk=pk)
    report = outcome_report_of(reading=reading, membership=request.membership, only=pk)
    for group in report.groups:
        for outcome in group.outcomes:
            return found, outcome
    raise Http404(_("Nothing that this member may see hangs there."))


def section_in(request: Request) -> int | None:
    """The section that the query string chooses; nonsense chooses none."""
    return whole_number(request.GET.get("section", ""), digits=8)


def changes_of(revision: Revision, *, section: int | None) -> TextChanges | None:
    """What a revision changed in the text; None for the first."""
    before = previous_revision(revision)
    if before is None:
        return None
    return text_changes(
        text_change(before.pk, revision.pk),
        old_notes=list(before.notes.all()),
        new_notes=list(revision.notes.all()),
        section=section,
    )


def chosen_readings(request: Request) -> list[int]:
    """The readings that are to move to the new text at once; nonsense chooses none."""
    sent = map(whole_number, request.POST.getlist("readings"))
    return [pk for pk in sent if pk is not None]


def lead_to_revision(revision: Revision) -> HttpResponse:
    """Lead on from publishing: to the essay or, if it was there before, to what has changed."""
    if previous_revision(revision):
        return redirect("revision_changes", revision.pk)
    return redirect("essay_detail", revision.essay_id)
