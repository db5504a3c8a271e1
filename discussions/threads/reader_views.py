"""Whom words may speak to by name: for the list that opens after an “@”."""

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from discussions.common.http import get_thread
from discussions.common.readers import members_who_see
from discussions.models import member_label
from discussions.threads.audiences import readers_of
from readings.page import get_reading_or_general
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership

# As many as fit below a form without scrolling; one more letter finds the others.
MOST_PEOPLE = 8


@seminar_view(permissions.can_see_people)
@require_GET
def thread_readers(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """The members who see a thread and whose name has a word that begins with `q`, as JSON."""
    thread = get_thread(request, get_reading_or_general(request, reading), pk)
    return people_json(request, members_who_see(thread))


@seminar_view(permissions.can_see_people)
@require_GET
def reading_readers(request: SeminarRequest, reading: str) -> HttpResponse:
    """The same of a thread that is not there yet, for the `audience` that its form names."""
    found = get_reading_or_general(request, reading)
    members = readers_of(found, request.GET.get("audience", ""), by=request.membership)
    return people_json(request, members)


def people_json(request: SeminarRequest, members: QuerySet[Membership]) -> JsonResponse:
    """Names and what stands beside them, by name; without whoever asks."""
    viewer = request.membership
    sought = request.GET.get("q", "").casefold()
    people = sorted(members.exclude(pk=viewer.pk), key=lambda one: one.name.casefold())
    found = [one for one in people if _begins(one.name.casefold(), sought)]
    labels = [member_label(one, viewer) for one in found[:MOST_PEOPLE]]
    return JsonResponse({"people": [{"name": one.name, "role": one.role} for one in labels]})


def _begins(name: str, sought: str) -> bool:
    """Whether the name, or one of its words and what follows, begins with what is sought."""
    return name.startswith(sought) or f" {sought}" in name
