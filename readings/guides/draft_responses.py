"""What the views of a draft have in common: what a form of it sends, and where one is led then."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.whole_number import whole_number
from readings.models import Reading
from seminars.edit_forms import DIGITS
from seminars.http import SeminarRequest

MAX_KEY = 100  # letters of a block's key, with room: whatever else is sent is none
DRAFT_IS_GONE = gettext_lazy(
    "The draft was published or discarded meanwhile, and nothing of this is saved yet. Begin"
    " another on the page of the guide, and save this again."
)


def to_draft(
    request: SeminarRequest, reading: Reading, place: str = "", /, *blocks: str, **asked: str
) -> HttpResponse:
    """Lead to the draft at `place`; a page's script, to the pieces of it that are other now.

    `slot` says that a form is done that stood below a block, for what is added there.
    """
    response = redirect("guide_draft", request.seminar.slug, reading.slug)
    if request.htmx:
        fields = [*(("block", one) for one in blocks), *asked.items()]
        response["Location"] += f"?{urlencode(fields)}"
    else:
        response["Location"] += place
    return response


def block_in(request: SeminarRequest) -> str:
    """The key of the block below which something stands, "" where it found no place."""
    return (request.POST.get("block") or request.GET.get("block", ""))[:MAX_KEY]


def version_in(request: SeminarRequest) -> int:
    """The state of the draft, or of a part of it, that the page showed."""
    return whole_number(request.POST.get("version", ""), digits=DIGITS) or 0


def tell_changed(request: SeminarRequest) -> None:
    """Say that somebody was faster, and that nothing was done."""
    messages.error(
        request,
        _("Somebody else changed this meanwhile. Nothing of yours is done: look again."),
    )
