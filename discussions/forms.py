"""What people send when they write, report and decide."""

import json
import uuid
from typing import Any

from django import forms
from django.forms import ModelChoiceField

from discussions.cards import audience_choices
from discussions.models import MAX_BODY, Audience, Comment, Reason, Thread, ThreadKind
from readings.passages import MAX_SEGMENTS, Segment
from seminars.models import Membership

HIGHLIGHT = "highlight"
UNREADABLE = "The words you chose could not be read. Select them again."


def is_block_key(key: str) -> bool:
    """Whether this can be a block's key at all: JSON and URLs can hold what no database does."""
    return key.isprintable()


class WordsField(forms.CharField):
    """What people write. Browsers send CRLF: lines are counted and kept with LF alone."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_BODY)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("error_messages", {"required": "Write something first."})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return text.replace("\r\n", "\n").replace("\r", "\n")


class ClientKeyField(forms.UUIDField):
    """The key of one post. Nonsense is none: it must never stand between people and their words."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class AudienceField(forms.ChoiceField):
    """Who may see a thread; the toolbar of a selection says “private” for only me."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(Audience.ME.value if value == "private" else value))


class CommentForm(forms.Form):
    """A reply. `client_key` is new with each page, so that a double submit posts once."""

    body = WordsField(label="Your reply", help_text="")
    parent: "ModelChoiceField[Comment]" = ModelChoiceField(
        Comment.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "The comment you answered is not in this thread."},
    )
    client_key = ClientKeyField()

    def __init__(self, *args: Any, thread: Thread, focus: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, ModelChoiceField)  # noqa: S101 - declared above
        parent.queryset = thread.comments.all()
        if focus:
            self.fields["body"].widget.attrs["data-focus"] = ""


class ThreadForm(forms.Form):
    """A new thread: the words it is about, who may read it, and what it says.

    The words come as `segments` from a selection, as `sentence`s or typed `words` from
    the picker, or not at all: then it is about the whole block, or the whole reading.
    """

    block = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    segments = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(required=False, max_length=5000, label="Or paste or type the words")
    kind = forms.ChoiceField(
        choices=[
            (ThreadKind.COMMENT.value, "Comment"),
            (ThreadKind.QUESTION.value, "Question"),
            (HIGHLIGHT, "Highlight only"),
        ],
        initial=ThreadKind.COMMENT.value,
    )
    body = WordsField(label="Your comment", required=False)
    audience = AudienceField(label="Who may read it")
    client_key = ClientKeyField()

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101 - declared above
        audience.choices = audience_choices(member)

    @property
    def chosen(self) -> list[str]:
        """The sentences that are ticked, as START-END."""
        return self.data.getlist("sentence") if hasattr(self.data, "getlist") else []

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        segments = self._segments(values)
        values["segments"] = segments
        highlight = values.get("kind") == HIGHLIGHT
        if highlight:
            values["kind"] = ThreadKind.COMMENT.value
            if values.get("body"):
                self.add_error("body", "A highlight has no comment. Press Post to keep yours.")
        if not values.get("body") and not self.errors:
            has_words = any(one.quote or one.start is not None for one in segments)
            if highlight and not has_words:
                self.add_error(None, "Choose the words to highlight.")
            elif not has_words or values.get("kind") == ThreadKind.QUESTION:
                self.add_error("body", "Write something first.")
        return values

    def _segments(self, values: dict[str, Any]) -> list[Segment]:
        block = values.get("block") or ""
        if values.get("segments") not in {None, "", "[]"}:
            return self._selected(values["segments"])
        if not block:
            return []
        if values.get("words"):
            return [Segment(block, quote=values["words"])]
        if self.chosen:
            return self._sentences(block)
        return [Segment(block)]

    def _selected(self, text: str) -> list[Segment]:
        try:
            segments = [
                Segment(str(row["block"]), int(row["start"]), int(row["end"]), str(row["exact"]))
                for row in json.loads(text)[: MAX_SEGMENTS + 1]
            ]
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            segments = []
        if not segments or any(
            one.start < 0 or one.end <= one.start or not is_block_key(one.block_key)  # type: ignore[operator]
            for one in segments
        ):
            self.add_error(None, UNREADABLE)
            return []
        return segments

    def _sentences(self, block: str) -> list[Segment]:
        """From the first sentence that is ticked to the last: what is between belongs to it."""
        try:
            edges = [tuple(map(int, value.split("-"))) for value in self.chosen]
            start, end = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
        except (ValueError, IndexError):
            self.add_error(None, UNREADABLE)
            return []
        if not 0 <= start < end:
            self.add_error(None, UNREADABLE)
            return []
        return [Segment(block, start, end)]


class EditForm(forms.Form):
    """New words for one's own comment; `version` is the one that was read."""

    body = WordsField(label="Your comment")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReportForm(forms.Form):
    """Why a comment should be looked at."""

    reason = forms.ChoiceField(choices=Reason, widget=forms.RadioSelect, label="What is wrong?")
    detail = forms.CharField(
        required=False,
        max_length=1000,
        label="Anything staff should know",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NotesForm(forms.Form):
    """What a moderator says with a decision."""

    note_to_member = forms.CharField(
        required=False,
        max_length=1000,
        label="Note to the author",
        help_text="They see it with their comment.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note_to_staff = forms.CharField(
        required=False,
        max_length=1000,
        label="Note to staff",
        help_text="Only staff see it, in the log.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HideForm(NotesForm):
    """Hiding a comment: the reason is shown to everyone in its place."""

    reason = forms.ChoiceField(
        choices=Reason,
        label="Reason",
        help_text="Everyone sees it where the comment stood.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    field_order = ("reason", "note_to_member", "note_to_staff")


class RestoreForm(NotesForm):
    """Showing a hidden comment again."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReviewForm(NotesForm):
    """A decision in the review queue, on the case and the words as they were read."""

    decision = forms.ChoiceField(choices={"hide": "Hide", "dismiss": "Dismiss"})
    reason = forms.ChoiceField(choices=[("", "Choose a reason"), *Reason.choices], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    review_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    field_order = ("reason", "note_to_member", "note_to_staff")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("decision") == "hide" and not values.get("reason"):
            self.add_error("reason", "Choose the reason that members will see.")
        return values
