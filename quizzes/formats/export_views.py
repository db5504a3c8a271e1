"""The questions of a reading's guide, for other programs."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents.whole_number import whole_number
from quizzes.formats.export import WrittenFile, checkpoints_of, write_questions
from quizzes.formats.file_formats import FORMATS, FileFormat
from quizzes.formats.guide_questions import CheckpointSpec
from readings.models import Reading
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_instruct

USUAL = "moodle"
_DIGITS = 4  # as many as a guide has parts


@seminar_view(can_instruct)
@require_GET
def question_export(request: SeminarRequest, reading: str) -> HttpResponse:
    """Choose a format (`format`) and checkpoints; what it cannot hold stands above the download."""
    found = get_reading(request, reading)
    checkpoints = checkpoints_of(found)
    numbers = _ticked(request, checkpoints)
    context = {
        "reading": found,
        "formats": FORMATS.values(),
        "chosen": _format(request),
        "checkpoints": [
            (number, one, number in numbers) for number, one in enumerate(checkpoints, start=1)
        ],
        "file": _written(request, found, checkpoints) if numbers else None,
        "whole_checkpoint": [0],
    }
    return render(request, "quizzes/question_export.html", context)


@seminar_view(can_instruct)
@require_GET
def question_file(request: SeminarRequest, reading: str) -> HttpResponse:
    """The file itself, of what is ticked; without a tick, back to where one ticks."""
    found = get_reading(request, reading)
    checkpoints = checkpoints_of(found)
    if checkpoints and not _ticked(request, checkpoints):
        page = resolve_url("question_export", request.seminar.slug, found.slug)
        return redirect(f"{page}?{request.GET.urlencode()}")
    written = _written(request, found, checkpoints)
    if not written.count:
        raise Http404(_("There is no question that this format holds."))
    response = HttpResponse(written.data, content_type=written.media_type)
    response["Content-Disposition"] = f'attachment; filename="{written.name}"'
    return response


def _format(request: SeminarRequest) -> FileFormat:
    return FORMATS.get(request.GET.get("format", ""), FORMATS[USUAL])


def _written(
    request: SeminarRequest, reading: Reading, checkpoints: Sequence[CheckpointSpec]
) -> WrittenFile:
    numbers = _ticked(request, checkpoints)
    ticked = [one for number, one in enumerate(checkpoints, start=1) if number in numbers]
    return write_questions(reading, ticked, _format(request))


def _ticked(request: SeminarRequest, checkpoints: Sequence[CheckpointSpec]) -> set[int]:
    """The checkpoints that are ticked, by their number in the guide; before the form was sent, and
    of one alone, all."""
    every = set(range(1, len(checkpoints) + 1))
    sent = (whole_number(one, digits=_DIGITS) for one in request.GET.getlist("checkpoint"))
    found = every.intersection(one for one in sent if one)
    is_asked = len(every) > 1 and ("chosen" in request.GET or found)
    return found if is_asked else every
