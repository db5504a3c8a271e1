"""From a form to a thread: what can still be wrong with the words is said on the form."""

from discussions.actions import start_thread
from discussions.conflicts import NothingToPost
from discussions.forms import ThreadForm
from discussions.models import Thread
from readings.models import Reading
from readings.passages import PassageNotFound
from readings.revisions.late_posts import TextRevised
from seminars.models import Membership


def post_thread(form: ThreadForm, *, reading: Reading, by: Membership) -> Thread | None:
    """Start the thread that the form describes; None where its errors say why not."""
    if not form.is_valid():
        return None
    values = form.cleaned_data
    try:
        return start_thread(
            reading=reading,
            segments=values["segments"],
            audience=values["audience"],
            kind=values["kind"],
            body=values["body"],
            by=by,
            seen=values["seen"],
            client_key=values["client_key"],
        )
    except TextRevised as error:
        form.forget_choice()
        form.add_error(None, str(error))
    except PassageNotFound as error:
        form.add_error("words" if values.get("words") else None, str(error))
    except NothingToPost as error:
        form.add_error("body", str(error))
    return None
