"""What a seminar sets about its moderation: whose words wait, for what, and its reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import NameField, PlainTextField
from discussions.common.pace_choices import PACES
from discussions.models import MAX_REASON_NAME
from seminars.edit_forms import VersionedForm
from seminars.models import PostsHeld

MAX_NEW_POSTS = 20  # whoever has written more is known
MAX_REPORTS = 20  # more members than these hardly report one comment
MAX_PHRASES = 5000  # characters: each post is searched for all of them


class ModerationForm(VersionedForm):
    """Who waits for staff, and what happens by itself."""

    posts_held = forms.ChoiceField(
        choices=PostsHeld,
        widget=forms.RadioSelect,
        label=gettext_lazy("Whose posts wait until staff have looked at them"),
        help_text=gettext_lazy(
            "Before they post, people are told that their words will wait. What is written for"
            " staff or for oneself waits for nobody, and staff’s own words never do."
        ),
    )
    new_member_posts = forms.IntegerField(
        min_value=1,
        max_value=MAX_NEW_POSTS,
        label=gettext_lazy("How many posts of new members wait"),
        help_text=gettext_lazy("Once so many of their comments are published, they are not new."),
    )
    watched_phrases = PlainTextField(
        required=False,
        max_length=MAX_PHRASES,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        label=gettext_lazy("Watched phrases"),
        help_text=gettext_lazy(
            "One in a line. A post with one of them waits for staff, with whatever capitals and"
            " accents it is written; parts of longer words do not count."
        ),
    )
    hide_at_reports = forms.IntegerField(
        min_value=0,
        max_value=MAX_REPORTS,
        label=gettext_lazy("Reports that hide a comment by themselves"),
        help_text=gettext_lazy(
            "By so many different members, until staff have looked at it; 0 is never. It does not"
            " happen to the words of staff."
        ),
    )
    slow_seconds = forms.TypedChoiceField(
        coerce=int,
        choices=[(0, gettext_lazy("Not at all")), *PACES],
        label=gettext_lazy("How long members wait between two comments in one thread"),
        help_text=gettext_lazy("A single thread can be slowed down by its own menu."),
    )
    assistants_remove = forms.BooleanField(
        required=False,
        label=gettext_lazy("Assistants may remove and restore comments, and lock threads"),
        help_text=gettext_lazy(
            "In their own groups. They may always publish, return and hide comments there."
        ),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        lines = (values.get("watched_phrases") or "").splitlines()
        values["watched_phrases"] = "\n".join(line.strip() for line in lines if line.strip())
        return values


class ReasonForm(forms.Form):
    """A reason in the list, and what the note to the author begins with."""

    name = NameField(
        max_length=MAX_REASON_NAME,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Members read it where the comment stood, such as “Off the topic”."),
    )
    note = PlainTextField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        label=gettext_lazy("What the note to the author begins with"),
        help_text=gettext_lazy("Whoever decides can change it each time."),
    )


class ReasonDetailForm(VersionedForm, ReasonForm):
    pass
