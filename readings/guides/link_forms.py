"""The form of a link in a guide's draft: the words of another essay to which it leads."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from readings.guides.draft_forms import MAX_PARAGRAPH, MAX_QUOTE, DraftItemForm
from readings.guides.draft_items import DraftItem
from readings.guides.guide_file import MAX_TITLE, Anchor
from readings.guides.link_ends import LinkOffers
from readings.guides.link_items import LinkItem, link_of

MAX_KIND = 60  # letters: more than any seminar calls one


class LinkItemForm(DraftItemForm):
    """A link: its own end as every item's place, and the essay, the paragraph and the words there.

    The other essay need not be before the seminar yet. `offers` are what can be chosen.
    """

    typed: ClassVar[tuple[str, ...]] = ("body", "essay", "far_")

    essay = PlainTextField(
        label=gettext_lazy("Leads to the essay"),
        max_length=MAX_TITLE,
        help_text=gettext_lazy(
            "By its title. One that is not before the seminar yet is waited for."
        ),
    )
    far_paragraph = forms.IntegerField(
        label=gettext_lazy("Paragraph there"),
        min_value=1,
        max_value=MAX_PARAGRAPH,
        required=False,
        help_text=gettext_lazy("Its number in that text. Empty: where the words stand."),
    )
    far_quote = PlainTextField(
        label=gettext_lazy("Words there"),
        max_length=MAX_QUOTE,
        required=False,
        help_text=gettext_lazy("Copy them from that text; empty: it is about the whole paragraph."),
    )
    link_kind = PlainTextField(
        label=gettext_lazy("Kind of link"), required=False, max_length=MAX_KIND
    )

    def __init__(self, *args: Any, offers: LinkOffers | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["body"].required = False
        self.fields["body"].label = _("Words to begin the conversation with")
        self.fields["quote"].label = _("From these words")
        self.essays = offers.essays if offers else []
        if self.row is None and len(self.essays) == 1:
            self.initial["essay"] = self.essays[0]
        self._offer_kinds([*offers.kinds] if offers else [])
        self.fields["essay"].widget.attrs["list"] = self.list_id
        self.order_fields(
            ["quote", "paragraph", "link_kind", "essay", "far_paragraph", "far_quote", "body"]
        )

    def _offer_kinds(self, kinds: list[tuple[str, str]]) -> None:
        """Let one be chosen: what the file calls otherwise stays, and nothing is the first."""
        if self.row is None and kinds:
            self.initial["link_kind"] = kinds[0][0]
        now = self["link_kind"].value() or ""
        if not now and kinds:
            kinds[0] = ("", kinds[0][1])
        elif now not in dict(kinds):
            kinds.insert(0, (now, now))
        self.fields["link_kind"].widget = forms.Select(choices=kinds)
        self.fields["link_kind"].required = bool(kinds) and "" not in dict(kinds)

    @property
    def list_id(self) -> str:
        """By which the field of the essay finds the titles that it offers."""
        return "link-essays"

    def values_of(self, row: Any) -> dict[str, Any]:
        values = super().values_of(row)
        if isinstance(row, DraftItem):
            link = link_of(row.parsed.body)
            values |= {
                "body": link.words,
                "essay": link.essay,
                "far_paragraph": link.anchor.number,
                "far_quote": link.anchor.quote,
                "link_kind": link.kind,
            }
        return values

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and data["far_paragraph"] is None and not data["far_quote"].strip():
            self.add_error("far_paragraph", _("Say in which paragraph, or quote words of it."))
        return super().clean()

    def body_of(self, data: dict[str, Any]) -> str:
        words = data["body"].replace("\r\n", "\n").replace("\r", "\n").strip()
        return LinkItem(
            essay=" ".join(data["essay"].split()),
            anchor=Anchor(data["far_paragraph"], " ".join(data["far_quote"].split())),
            kind=" ".join(data["link_kind"].split()),
            words=words,
        ).body
