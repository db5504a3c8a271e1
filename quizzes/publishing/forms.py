"""What somebody sends to publish an answer of theirs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from discussions.threads import (
    AnonymousField,
    AudienceField,
    MentioningForm,
    WordsField,
    audience_choices,
)
from quizzes.publishing.actions import AUDIENCES
from seminars.audience import audience_name, default_audience, parse_audience
from seminars.models import Membership


class PublicationForm(MentioningForm):
    """The words of the answer, as they are to stand in the talk, and who may read them."""

    body = WordsField(
        label=gettext_lazy("The words of your answer, as others will read them"),
        widget=forms.Textarea(attrs={"rows": 6, "data-limit": 10_000, "data-focus": ""}),
    )
    audience = AudienceField(label=gettext_lazy("Who may read it"))
    anonymous = AnonymousField()

    def __init__(self, data: Any, *, member: Membership, words: str, prefix: int) -> None:
        """`words` are those of the answer; `prefix` tells the ids of several on a page apart."""
        choices = [
            (name, words)
            for name, words in audience_choices(member)
            if parse_audience(name)[0] in AUDIENCES
        ]
        initial = {"body": words, "audience": _default(member, [name for name, _ in choices])}
        super().__init__(data, initial=initial, auto_id=f"publication-{prefix}-%s")
        audience: Any = self.fields["audience"]
        audience.choices = choices


def _default(member: Membership, offered: list[str]) -> str:
    """What the seminar begins a new thread with; where that is for nobody else, the narrowest."""
    usual = audience_name(default_audience(member), member.group_id)
    return usual if usual in offered else next(iter(offered), "")
