"""The small form of one item of a guide's draft: what it says, and where it belongs."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from readings.guides.asked_of import EACH_GROUP, EVERYBODY, FIRST_WORDS, asked_of
from readings.guides.draft_items import DraftItem, check_item
from readings.guides.guide_file import Anchor, GuideRefused, ParsedItem
from readings.guides.kept_forms import KeptForm
from readings.guides.places import Candidate, NotFound, find_place
from readings.models import NOTE_KINDS, Block, GuideItemKind

MAX_QUOTE = 500  # to know a place again; more is a paragraph
MAX_PARAGRAPH = 999_999  # as many digits as a guide's file has for it


class DraftItemForm(KeptForm):
    """A note, a prompt, or a checkpoint: `part` says which, and `blocks` are the reading's text.

    That of a link is LinkItemForm.
    """

    typed: ClassVar[tuple[str, ...]] = ("body",)

    body = PlainTextField(
        label=gettext_lazy("Words"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "true"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of note"),
        choices=[(one.value, one.label) for one in NOTE_KINDS],
    )
    asked = forms.ChoiceField(
        label=gettext_lazy("Asked of"),
        choices=[
            (EVERYBODY, gettext_lazy("Everybody together")),
            (EACH_GROUP, gettext_lazy("Each group for itself")),
        ],
        help_text=gettext_lazy("Of each group, it opens a thread for each, which its members see."),
    )
    quote = PlainTextField(
        label=gettext_lazy("On these words"),
        required=False,
        max_length=MAX_QUOTE,
        help_text=gettext_lazy("Copy them from the paragraph; empty: it is about all of it."),
    )
    paragraph = forms.IntegerField(
        label=gettext_lazy("Paragraph"),
        min_value=1,
        max_value=MAX_PARAGRAPH,
        help_text=gettext_lazy("Its number in the text. Another one moves it there."),
    )

    def __init__(self, *args: Any, row: Any, part: str, blocks: Sequence[Block], **kwargs: Any):
        super().__init__(*args, row=row, **kwargs)
        self.part, self._blocks = part, blocks
        if part != GuideItemKind.NOTE:
            del self.fields["kind"]
        if part != GuideItemKind.PROMPT:
            del self.fields["asked"]
        if part == GuideItemKind.CHECKPOINT:
            body = self.fields["body"]
            body.label = _("Title and questions")
            body.help_text = _(
                "Each question begins with “### ”; the right one of its choices has “(x)”."
                " The guide’s page shows how the other types are written."
            )
            body.widget.attrs |= {"rows": 16, "class": "source"}
            if row is None:
                self.initial["body"] = _first_question()
        if isinstance(row, DraftItem) and row.parsed.anchor.number is None:
            self.fields["paragraph"].required = False

    def values_of(self, row: Any) -> dict[str, Any]:
        if not isinstance(row, DraftItem):
            return {}
        item = row.parsed
        asked = asked_of(item.body) if item.kind == GuideItemKind.PROMPT else None
        return {
            "kind": item.kind,
            "body": asked.words if asked else item.body,
            "asked": EACH_GROUP if asked and asked.each_group else EVERYBODY,
            "quote": item.anchor.quote,
            "paragraph": item.anchor.number,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            data["item"] = self._item(data)
        return data

    def _item(self, data: dict[str, Any]) -> ParsedItem | None:
        quote = " ".join(data["quote"].split())
        anchor = Anchor(data["paragraph"], quote)
        try:
            find_place(anchor, [Candidate(one) for one in self._blocks])
        except NotFound as why:
            self.add_error("quote" if quote else "paragraph", str(why))
            return None
        try:
            return check_item(data.get("kind") or self.part, str(anchor), self.body_of(data))
        except GuideRefused as refused:
            for problem in refused.problems:
                self.add_error("body", str(problem))
            return None

    def body_of(self, data: dict[str, Any]) -> str:
        """Return the item's body as its file has it."""
        if data.get("asked") == EACH_GROUP:
            return f"{FIRST_WORDS} {EACH_GROUP}\n\n{data['body']}"
        return str(data["body"])


def _first_question() -> str:
    """Return a checkpoint to begin with: its words are put in the place of these."""
    return "\n".join(
        (
            "### " + _("A question with one right choice?"),
            "",
            "- ( ) " + _("A choice that is wrong"),
            "- (x) " + _("The one that is right"),
        )
    )
