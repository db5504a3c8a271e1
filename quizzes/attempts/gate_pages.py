"""Gates: skipping a soft one, and who stands before one and who came through, for staff."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quizzes.attempts.checkpoints import Checkpoint
from quizzes.attempts.gates import let_through, skip_gate, take_back_passing, tries_that_open
from quizzes.attempts.http import get_checkpoint
from quizzes.attempts.passing_list import passing_list
from readings.models import ReadingGate
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest, get_member
from seminars.models import Membership
from seminars.permissions import can_let_through, can_see_results


@seminar_view()
@require_POST
def gate_skip(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Read on without handing in what stands at a soft gate."""
    found = get_reading(request, reading)
    checkpoint = get_checkpoint(request, found, pk)
    # Without a gate, or with one that is open by now, the text goes on anyway.
    if checkpoint.gate is not None and request.membership.gate_places:
        skip_gate(gate=checkpoint.gate, by=request.membership)
    return redirect(checkpoint.place_url)


@seminar_view(can_see_results)
@require_GET
def gate_passings(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Show staff how each member stands to a gate."""
    found = get_reading(request, reading)
    checkpoint = get_checkpoint(request, found, pk)
    gate = gate_at(checkpoint)
    rows = passing_list(gate, request.membership)
    context = {"reading": found, "checkpoint": checkpoint.form(), "gate": gate, "rows": rows}
    context["tries"] = tries_that_open(gate, checkpoint.quiz.settings)
    return render(request, "quizzes/gate_passings.html", context)


@seminar_view(can_see_results)
@require_POST
def gate_passing(request: SeminarRequest, reading: str, pk: int, member: int) -> HttpResponse:
    """Let one member through a gate."""
    gate, other = gate_and_member(request, reading, pk, member)
    let_through(gate=gate, member=other, by=request.membership)
    messages.success(request, _("%s reads on without it.") % other.name)
    return redirect("gate_passings", request.seminar.slug, reading, pk)


@seminar_view(can_see_results)
@require_POST
def gate_passing_removal(
    request: SeminarRequest, reading: str, pk: int, member: int
) -> HttpResponse:
    """Take back that staff let a member through; what they earned stays."""
    gate, other = gate_and_member(request, reading, pk, member)
    if take_back_passing(gate=gate, member=other, by=request.membership):
        said = _("Taken back: the text ends there for %s again. You can let them through below.")
        messages.success(request, said % other.name)
    else:
        messages.info(request, _("%s has come through without you: it stays open.") % other.name)
    return redirect("gate_passings", request.seminar.slug, reading, pk)


def gate_and_member(
    request: SeminarRequest, reading: str, pk: int, member: int
) -> tuple[ReadingGate, Membership]:
    """Return both, for who may let this member through; 404 or 403 for others."""
    found, other = get_reading(request, reading), get_member(request, member)
    gate = gate_at(get_checkpoint(request, found, pk))
    if not can_let_through(request.membership, other):
        raise PermissionDenied(_("You may not let this person through, nor take it back."))
    return gate, other


def gate_at(checkpoint: Checkpoint) -> ReadingGate:
    """Return the gate of a checkpoint; 404 where it has none."""
    if checkpoint.gate is None:
        raise Http404(_("This checkpoint has no gate."))
    return checkpoint.gate
