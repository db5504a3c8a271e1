"""How the kinds of link are worded."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import NameField
from config.template_tags import quoted
from discussions.models import MAX_LINK_KIND, LinkKind
from documents.visible import isolated
from seminars.edit_forms import VersionedForm


class LinkKindForm(forms.Form):
    """A kind: how it reads from where the link begins, and from the other end."""

    name = NameField(
        max_length=MAX_LINK_KIND,
        label=gettext_lazy("From where the link begins"),
        help_text=gettext_lazy("It stands between two titles, such as “answers”."),
    )
    is_directed = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("It leads from the one text to the other"),
        help_text=gettext_lazy("Without it, the kind reads alike from both ends."),
    )
    passive = NameField(
        required=False,
        max_length=MAX_LINK_KIND,
        label=gettext_lazy("From the other end"),
        help_text=gettext_lazy(
            "Such as “is answered by”; needed where it leads from one to the other."
        ),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("is_directed") and not values.get("passive") and "passive" not in self.errors:
            self.add_error("passive", _("Say how it reads from the other end."))
        return values


class LinkKindDetailForm(VersionedForm, LinkKindForm):
    """The same of a kind that is there."""

    def values_of(self, row: LinkKind) -> dict[str, Any]:
        passive = row.passive if row.is_directed else ""
        return {"name": row.name, "passive": passive, "is_directed": row.is_directed}


class LinkKindChoiceForm(forms.Form):
    """Of which kind a link is: one of those that are offered, or the one that it has."""

    link_kind = forms.ChoiceField(
        widget=forms.RadioSelect,
        label=gettext_lazy("How do they meet?"),
        error_messages={
            "invalid_choice": gettext_lazy(
                "The seminar has no such kind of link any more. Choose another."
            )
        },
    )
    was = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, sent: QueryDict | None, *, kinds: Sequence[LinkKind], now: LinkKind) -> None:
        super().__init__(sent, initial={"link_kind": now.pk, "was": now.pk})
        self.is_stale = False
        self._kinds = {str(one.pk): one for one in [now, *kinds]}
        field = self.fields["link_kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        offered = {str(one.pk): one for one in kinds}
        if now.pk not in {one.pk for one in kinds}:
            offered = {str(now.pk): now} | offered
        field.choices = [(pk, isolated(one.name)) for pk, one in offered.items()]

    @property
    def status(self) -> int:
        """What is answered with it: 200, 422 where it has errors, 409 where it is stale."""
        if self.is_stale:
            return 409
        return 422 if self.errors else 200

    def clean_link_kind(self) -> LinkKind:
        return self._kinds[self.cleaned_data["link_kind"]]

    def show_current(self, now: LinkKind | None) -> None:
        """Say of which kind it is meanwhile, and let who sends once more change it all the same."""
        assert now is not None  # noqa: S101 - a link has one
        said = _(
            "Somebody else changed this link while you had it open: it reads “%(name)s” now. Save "
            "again to put yours in its place."
        )
        self.add_error("link_kind", said % {"name": quoted(now.name)})
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent["was"] = str(now.pk)
        self.is_stale = True
