"""What people send when they begin a thread or reply in one."""

import uuid
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from database.prepared import Parameter, PreparedQuery
from discussions.common.errors import NothingToPost, UnreachedMention
from discussions.common.markdown import render
from discussions.models import MAX_BODY, Comment, Thread, ThreadKind
from discussions.threads.audiences import addressee_choices, audience_choices
from documents.whole_number import whole_number
from readings.passages import PassageNotFound, Segment, Unreadable, selected, ticked
from readings.revisions import TextRevised
from seminars.audience import Audience
from seminars.models import Membership

HIGHLIGHT = "highlight"


# They show nothing. NUL is refused by Django, with a reason.
_CONTROLS = dict.fromkeys([*range(1, 9), 11, 12, *range(14, 32), 127])


class WordsField(forms.CharField):
    """What people write. Browsers send CRLF: lines are counted and kept with LF alone."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_BODY)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        messages = {
            "required": gettext_lazy("Write something first."),
            "max_length": gettext_lazy(
                "This has %(show_value)d characters, and %(limit_value)d are the most. Nothing was "
                "cut: shorten it, or post it in two parts."
            ),
        }
        kwargs.setdefault("error_messages", messages)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
        return str(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not value or len(value) > MAX_BODY:
            return
        try:
            render(value)
        except NothingToPost as error:
            raise forms.ValidationError(str(error)) from None


class ClientKeyField(forms.UUIDField):
    """The key of one post. Nonsense is none: it must never stand between people and their words."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class SeenField(forms.IntegerField):
    """The revision that the page showed; nonsense is none, as for the key."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class WarnedField(forms.CharField):
    """Of which members, by their pks, the writer was told that they do not see the thread."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> Any:
        numbers = map(whole_number, str(value or "").split())
        return frozenset(one for one in numbers if one is not None)


class MentioningForm(forms.Form):
    """Words that may speak to people by name; who sends them once more after a warning means it."""

    warned = WarnedField()

    def warn(self, error: UnreachedMention) -> None:
        """Say at the words whom they do not reach, and let them be sent as they are."""
        self.add_error("body", str(error))
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent[self.add_prefix("warned")] = " ".join(map(str, error.members))


class AudienceField(forms.ChoiceField):
    """Who may see a thread: what the writer saw, a group by which it is, and never another.

    The toolbar of a selection says “private” for only me.
    """

    default_error_messages = {
        "invalid_choice": gettext_lazy(
            "Who may read it is not what it was when you opened this page: your group or your role "
            "changed. Nothing was posted, and your words are here: choose again who may read them."
        )
    }

    def to_python(self, value: Any) -> str:
        return str(super().to_python(Audience.ME.value if value == "private" else value))


_IN_THREAD = PreparedQuery(
    lambda: Comment.objects.filter(
        thread=Parameter("thread", models.BigIntegerField()),
        pk=Parameter("pk", models.BigIntegerField()),
    )
)


class ParentField(forms.Field):
    """The comment that is answered, one of `thread`; empty where it is the thread itself."""

    thread: Thread

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Comment | None:
        if value in self.empty_values:
            return None
        pk = whole_number(str(value))
        found = _IN_THREAD.first(thread=self.thread.pk, pk=pk) if pk is not None else None
        if found is None:
            raise forms.ValidationError(_("The comment you answered is not in this thread."))
        return found


class AnonymousField(forms.BooleanField):
    """Whether classmates see another name; templates show it where the reading leaves that open."""

    def __init__(self) -> None:
        super().__init__(required=False, label=gettext_lazy("Anonymous to classmates"))


class CommentForm(MentioningForm):
    """A reply. `client_key` is new with each page, so that a double submit posts once."""

    body = WordsField(label=gettext_lazy("Your reply"), help_text="")
    anonymous = AnonymousField()
    parent = ParentField()
    client_key = ClientKeyField()

    def __init__(self, *args: Any, thread: Thread, focus: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, ParentField)  # noqa: S101 - declared above
        parent.thread = thread
        if focus:
            self.fields["body"].widget.attrs["data-focus"] = ""


class PassageForm(MentioningForm):
    """What begins a thread on words of a reading: which words, who may read it, what it says.

    The words come as `segments` from a selection, as `sentence`s or typed `words` from
    the picker, or not at all: then it is about the whole block, or the whole reading.
    """

    block = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    segments = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        required=False, max_length=5000, label=gettext_lazy("Or paste or type the words")
    )
    body = WordsField(label=gettext_lazy("Your comment"), required=False)
    audience = AudienceField(label=gettext_lazy("Who may read it"))
    anonymous = AnonymousField()
    seen = SeenField()
    client_key = ClientKeyField()

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._forgotten: set[str] = set()
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101 - declared above
        audience.choices = [*audience_choices(member), *addressee_choices(member)]

    @property
    def chosen(self) -> list[str]:
        """The sentences that are ticked, as START-END."""
        return self.ticked_at("")

    def ticked_at(self, end: str) -> list[str]:
        """The same at one end of a link: `end` is what the names of its fields begin with."""
        if self.is_forgotten(end) or not hasattr(self.data, "getlist"):
            return []
        return list(self.data.getlist(f"{end}sentence"))

    def is_forgotten(self, end: str) -> bool:
        return end in self._forgotten

    def forget_choice(self, end: str = "") -> None:
        """Tick nothing when the form is shown again: other sentences may stand there now."""
        self._forgotten.add(end)

    def refuse_words(self, error: PassageNotFound) -> None:
        """Say where they were chosen that the words are not in the text, or not any more."""
        if isinstance(error, TextRevised):
            self.forget_choice()
            self.add_error(None, str(error))
        else:
            self.add_error("words" if self.cleaned_data.get("words") else None, str(error))

    def segments_at(self, values: dict[str, Any], end: str = "") -> list[Segment]:
        """Return what was chosen, at one end of a link where `end` says so; raise Unreadable."""
        block, words = values.get(f"{end}block") or "", values.get(f"{end}words")
        if values.get(f"{end}segments") not in {None, "", "[]"}:
            return selected(values[f"{end}segments"])
        if not block:
            return []
        if words:
            return [Segment(block, quote=words)]
        sentences = self.ticked_at(end)
        return ticked(block, sentences) if sentences else [Segment(block)]


class ThreadForm(PassageForm):
    """A new thread on words of one reading, or on all of it."""

    # A box to tick for a question: without it, a comment.
    kind = forms.ChoiceField(
        required=False,
        choices=[
            (ThreadKind.COMMENT.value, gettext_lazy("Comment")),
            (ThreadKind.QUESTION.value, gettext_lazy("Question")),
            (HIGHLIGHT, gettext_lazy("Highlight only")),
        ],
        initial=ThreadKind.COMMENT.value,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        segments = self._segments(values)
        values["segments"] = segments
        values["kind"] = values.get("kind") or ThreadKind.COMMENT.value
        highlight = values["kind"] == HIGHLIGHT
        if highlight:
            values["kind"] = ThreadKind.COMMENT.value
            if values.get("body"):
                self.add_error("body", _("A highlight has no comment. Press Post to keep yours."))
        if not values.get("body") and not self.errors:
            has_words = any(one.quote or one.start is not None for one in segments)
            if highlight and not has_words:
                self.add_error(None, _("Choose the words to highlight."))
            elif not has_words or values.get("kind") == ThreadKind.QUESTION:
                self.add_error("body", _("Write something first."))
        return values

    def _segments(self, values: dict[str, Any]) -> list[Segment]:
        try:
            return self.segments_at(values)
        except Unreadable as error:
            self.add_error(None, str(error))
            return []


class WatermarkForm(forms.Form):
    """Up to which comment one has read, by its number in the thread; 0 is none of them."""

    seq = forms.IntegerField(min_value=0)

    def __init__(self, *args: Any, last_seq: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last_seq = last_seq

    def clean_seq(self) -> int:
        """Return it; what was said later than the thread's last comment cannot be read yet."""
        return min(int(self.cleaned_data["seq"]), self.last_seq)


class MarkingForm(forms.Form):
    """Mark much read at once, under a key of its own; or take back what was marked under one."""

    client_key = forms.UUIDField(required=False)
    undo = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError where it names neither."""
        values: dict[str, Any] = super().clean() or {}
        if not values.get("client_key") and not values.get("undo"):
            raise forms.ValidationError(_("Load the page again, and press the button once more."))
        return values
