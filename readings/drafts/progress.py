"""How far the reading of a file is, as its page shows and says it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.whole_number import whole_number
from readings.essays import translated
from readings.models import Draft, ImportState

# A reader of the screen's words is told at each quarter, not at each page.
_ANNOUNCED_EVERY = 25


@dataclass(frozen=True, slots=True)
class Progress:
    """`words` say what is being done, and `announced` is said aloud where it is new.

    `seen` names what the page shows.
    """

    words: str
    seen: str
    is_seen: bool
    announced: str


def progress_of(draft: Draft, seen: str = "") -> Progress:
    """How the draft stands, for a page that shows the state named `seen`."""
    state = "abandoned" if draft.is_abandoned else draft.state
    percent = draft.progress_percent or 0
    words = translated(draft.progress) if draft.progress else _("Opening the file")
    now = f"{state}-{percent}-{len(words)}"
    announced = _announcement(draft, words) if _part(now) != _part(seen) else ""
    return Progress(words, now, now == seen, announced)


def _part(seen: str) -> tuple[str, int]:
    """The state, and the quarter of the way."""
    state, _, rest = seen.partition("-")
    percent = rest.partition("-")[0]
    return state, (whole_number(percent, digits=3) or 0) // _ANNOUNCED_EVERY


def _announcement(draft: Draft, words: str) -> str:
    if draft.state == ImportState.REFUSED:
        return _("The file could not be read. %s") % translated(draft.refusal["message"])
    if draft.is_abandoned:
        return _("The file is not being read.")
    if draft.state == ImportState.WAITING:
        return _("The file waits to be read.")
    if not draft.progress_percent:
        return words
    return _("%(words)s: %(percent)d percent") % {
        "words": words,
        "percent": draft.progress_percent,
    }
