"""What every view of a draft's preview answers: the page, or the way to where the draft went."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from accounts.context import display
from config.refusals import refuse, sent_fields, words_among
from documents.whole_number import whole_number
from readings.drafts.edit_forms import AboutForm
from readings.drafts.preview import preview_of
from readings.models import Draft, ImportState, Reading
from seminars.http import Request

GONE = gettext_lazy("This import was published already.")
BEING_READ = gettext_lazy("The file of this import is being read again.")


def elsewhere(request: Request, draft: Draft) -> HttpResponse | None:
    """Lead on from an import that is no draft to be edited: not read yet, or published.

    Who has written something for it meanwhile stays with the words.
    """
    is_draft = draft.revision is None and draft.state == ImportState.READY
    if not is_draft and request.method == "POST" and words_among(sent_fields(request)):
        why = GONE if draft.revision else BEING_READ
        return refuse(request, 409, f"{why} {_('Nothing of yours was saved.')}", page="403.html")
    if draft.revision:
        return leave(request, "essay_detail", draft.revision.essay_id)
    if draft.state != ImportState.READY:
        return leave(request, "import_progress", draft.pk)
    return None


def leave(request: Request, name: str, pk: int) -> HttpResponse:
    """Go to another page; from a form sent by htmx too, which would take it for a part of this."""
    answer = redirect(name, pk)
    by_htmx = request.htmx and request.method == "POST"
    return HttpResponseClientRedirect(answer.url) if by_htmx else answer


def show_preview(
    request: Request,
    draft: Draft,
    *,
    about: AboutForm | None = None,
    focus: str = "",
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show a part of the essay; with `about`, the form that was refused.

    `typed` are words for a block that is not there any more: they are shown, not lost.
    """
    preview = preview_of(draft, page=1 if about else part_in(request), focus=focus)
    form = about or AboutForm(None, metadata=preview.edited.document.metadata, bound=False)
    # Whoever reads without comments must still see what was repaired.
    shown = display(request)["display"] | {"annotations": "all", "text_only": False}
    context = {"preview": preview, "draft": draft, "form": form, "typed": typed, "display": shown}
    if preview.revises:
        # Whose seminars could move to the new text at once.
        context["readings"] = Reading.objects.of_essay(preview.revises, request.user)
    if about and status == 200:
        status = 422
    return render(request, "readings/import_preview.html", context, status=status)


def part_in(request: Request) -> int:
    sent = request.POST.get("part") or request.GET.get("part") or ""
    part = whole_number(sent, digits=5)
    return 1 if part is None else part
