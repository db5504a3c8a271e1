"""A reading on paper as one file: to be printed, kept or made a PDF of without the site."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from discussions.printing.pages import PrintPage
from documents.writers import page, stylesheet
from readings.essays import EssayFile, file_name
from readings.models import Reading


@cache
def _style() -> str:
    path = finders.find("css/printed.css")
    assert isinstance(path, str)  # noqa: S101 - it is beside this code
    return stylesheet() + Path(path).read_text(encoding="utf-8")


def print_file(reading: Reading, shown: PrintPage) -> EssayFile:
    """Return the page as a file with everything in it."""
    context = {"page": shown, "reading": reading, "essay": reading.essay}
    body = render_to_string("discussions/_printed.html", context)
    essay = reading.essay
    whole = page(
        title=essay.title,
        language=essay.language,
        direction=essay.direction,
        style=_style(),
        body=body,
    )
    return EssayFile(
        name=f"{file_name(essay.title)} with threads.html",
        media_type="text/html; charset=utf-8",
        data=whole.encode("utf-8", "replace"),
    )
