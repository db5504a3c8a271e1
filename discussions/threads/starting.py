"""From a form to a thread: what stands in the way is said in the form."""

from collections.abc import Callable
from typing import Any

from discussions.common.errors import NothingToPost, UnreachedMention
from discussions.models import Thread
from discussions.threads.forms import PassageForm
from readings.passages import PassageNotFound
from seminars.models import Membership
from seminars.pace import hold_pace


def started_from(
    form: PassageForm, start: Callable[[dict[str, Any]], Thread], *, by: Membership
) -> Thread | None:
    """Return what `start` makes of the form's values; None where its errors say why not."""
    if not form.is_valid():
        return None
    hold_pace(by)
    try:
        return start(form.cleaned_data)
    except PassageNotFound as error:
        form.refuse_words(error)
    except NothingToPost as error:
        form.add_error("body", str(error))
    except UnreachedMention as error:
        form.warn(error)
    return None
