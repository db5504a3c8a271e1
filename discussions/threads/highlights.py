"""What is said of a highlight that was taken off: that it is, and how it comes back."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from discussions.models import Thread
from readings.page import silence_sentence
from seminars.models import Membership


def removed_notice(request: HttpRequest, thread: Thread, *, focus: bool = False) -> str:
    """Return the notice with the way back as HTML; "" where the highlight is there.

    In a closed reading it says why there is none. `focus`: the focus goes to it.
    """
    if thread.withdrawn_at is None or not thread.is_highlight:
        return ""
    context = removed_context(thread, thread.author) | {"focus": focus}
    return render_to_string("discussions/_highlight_removed.html", context, request)


def removed_context(thread: Thread, by: Membership) -> dict[str, Any]:
    """What _highlight_removed.html shows to whose highlight it was."""
    silent = (silence_sentence(one, by) for one in thread.readings)
    return {"removed": thread, "stays": next(filter(None, silent), "")}
