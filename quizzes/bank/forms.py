"""Which questions are copied, and to which paragraph."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from documents.whole_number import whole_number
from quizzes.bank.queries import chosen_questions
from quizzes.formats import MAX_PARAGRAPH
from quizzes.models import Question

_DIGITS = 18  # as many as a row's number may have
MAX_PICKED = 50  # as many as a checkpoint may ask


class BankSelectionForm(forms.Form):
    """The questions that are ticked (`picked`), and where they go."""

    paragraph = forms.IntegerField(
        label=gettext_lazy("After paragraph"), min_value=1, max_value=MAX_PARAGRAPH
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.chosen: list[Question] = []

    @property
    def picked(self) -> list[int]:
        """The numbers that were sent, whosever questions they are."""
        sent = self.data.getlist("picked") if hasattr(self.data, "getlist") else []
        found = (whole_number(one, digits=_DIGITS) for one in sent)
        return [one for one in found if one]

    def forget_errors(self) -> None:
        """Show what was ticked without a word on it: who sent it looks on for more."""
        self._errors = forms.utils.ErrorDict()

    @property
    def status(self) -> int:
        return 422 if self.errors else 200

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        picked = self.picked
        self.chosen = chosen_questions(self._user, picked)
        if not picked:
            self.add_error(None, _("Tick the questions that you want to use."))
        elif len(self.chosen) < len(set(picked)):
            message = _("One of these questions is there no more, or not for you to use.")
            self.add_error(None, message)
        elif len(picked) > MAX_PICKED:
            message = _("A checkpoint has at most %(most)d questions.")
            self.add_error(None, message % {"most": MAX_PICKED})
        return data
