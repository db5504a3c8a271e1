"""What somebody wrote into a form that cannot be carried out any more, to be copied from there."""

from django.forms import Form, Textarea


def typed_in(form: Form) -> list[tuple[str, str]]:
    """Return what was written in its larger fields: label and words."""
    written = [one for one in form if isinstance(one.field.widget, Textarea)]
    return [(str(one.label), words) for one in written if (words := one.data)]
