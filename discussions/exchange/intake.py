"""From a form to threads: what can still be wrong with the file is said on the form."""

from discussions.exchange.forms import AnnotationImportForm
from discussions.exchange.import_actions import Taken, TextMoved, take_in
from discussions.exchange.placing import Plan
from readings.models import Reading
from seminars.models import Membership


def take_in_with(
    form: AnnotationImportForm, plan: Plan, *, reading: Reading, by: Membership
) -> str:
    """Take the file in once its places were looked at; return what to say, or "" where nothing was
    done and the places are to be shown."""
    if not form.is_confirmed:
        return ""
    try:
        taken = take_in(reading=reading, plan=plan, audience=form.cleaned_data["audience"], by=by)
    except TextMoved as moved:
        form.add_error(None, str(moved))
        return ""
    form.forget()
    return told(taken)


def told(taken: Taken) -> str:
    """Say what came of it."""
    said = _number(taken.threads, "annotation")
    if taken.replies:
        said += f" and {_number(taken.replies, 'reply')}"
    said += " taken in."
    if taken.known:
        verb = "was" if taken.known == 1 else "were"
        said += f" {_number(taken.known, 'other')} {verb} here already."
    return said


def _number(count: int, noun: str) -> str:
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count} {noun if count == 1 else several}"
