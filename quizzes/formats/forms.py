"""The forms by which questions come in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.formats.exchange import ReadFile
from quizzes.formats.file_formats import MAX_BYTES, read_questions
from quizzes.formats.markdown_file import as_guide, as_items, read_markdown_file
from readings.guides import GuideRefused, ParsedItem, Problem, parse_guide

MAX_PARAGRAPH = 999_999  # as many digits as a guide's file has for it
ACCEPTED = ".xml,.gift,.txt,.md,.zip,.qti,text/plain,text/markdown,application/xml,application/zip"


class QuestionFileForm(forms.Form):
    """A file of questions, or what was shown of one and is to be done; and where they go."""

    file = forms.FileField(
        label=gettext_lazy("File of questions"),
        required=False,
        help_text=gettext_lazy(
            "Moodle XML, GIFT, Aiken, QTI (1.2 as Canvas has it, 2.x, 3.0) or a guide’s Markdown."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    paragraph = forms.IntegerField(
        label=gettext_lazy("After paragraph"),
        min_value=1,
        max_value=MAX_PARAGRAPH,
        help_text=gettext_lazy("Its number in the text. The questions stand below it."),
    )
    # What the preview showed, as a guide: the file itself a browser would not send again.
    questions = forms.CharField(required=False, widget=forms.HiddenInput)

    read: ReadFile | None = None
    problems: tuple[Problem, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].is_needed = True  # type: ignore[attr-defined]  # for forms/field.html

    @property
    def status(self) -> int:
        return 422 if self.errors or self.problems else 200

    def clean_file(self) -> ReadFile | None:
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > MAX_BYTES:
            message = _("This file is larger than %(most)d MB.") % {"most": MAX_BYTES >> 20}
            raise ValidationError(message)
        try:
            self.read = read_questions(file.read(), file.name)
        except GuideRefused as refused:
            self.problems = refused.problems
            raise ValidationError(_("This file cannot be read.")) from None
        return self.read

    def clean_questions(self) -> list[ParsedItem]:
        text = self.cleaned_data["questions"]
        if not text or "file" not in self.cleaned_data or self.read:
            return []
        try:
            return list(parse_guide(text).items)
        except GuideRefused as refused:
            raise ValidationError(str(refused)) from None

    @property
    def shown_before(self) -> ReadFile | None:
        """What an earlier answer showed, which is sent again to be done."""
        text = self.data.get("questions", "")
        try:
            return read_markdown_file(text, "") if text else None
        except GuideRefused:
            return None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.read and not data["questions"]:
            self.add_error("file", _("Choose a file."))
        return data

    def carry(self) -> bool:
        """Let the form send what was read, once it is confirmed; whether there is any of it."""
        if self.read is None or not self.read.count:
            return False
        try:
            text = as_guide(as_items(self.read.sets))
        except GuideRefused as refused:
            self.problems = refused.problems
            return False
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent["questions"] = text
        return True
