"""The way back to the case from which a page was opened; never out of the desk."""

from django.urls import reverse

from documents.whole_number import whole_number
from seminars.http import SeminarRequest


def back_to_case(request: SeminarRequest) -> str:
    """Return the address of the case that `back` names, or "" where it names none of this desk."""
    asked = request.POST.get("back") or request.GET.get("back", "")
    page, _sign, case = asked.partition("?case=")
    is_desk = page == reverse("review_queue", args=[request.seminar.slug])
    return asked if is_desk and whole_number(case) else ""
