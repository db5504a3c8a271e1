"""The reactions below a comment: buttons for who may react, and for others words."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace

from rendering.kept_html import html, kept_html, name_slot, number_slot, word_slot, words
from rendering.slots import Values

REACTION_ICONS = {
    "agree": "check",
    "question": "circle-question-mark",
    "insight": "lightbulb",
    "evidence": "quote",
    "thanks": "thumbs-up",
}


@dataclass(frozen=True, slots=True)
class ReactionButton:
    """One kind of reaction to one comment, as one member sees it."""

    kind: str
    name: str
    count: int
    is_own: bool  # pressed

    @property
    def icon(self) -> str:
        return REACTION_ICONS[self.kind]


def reactions_html(
    comment: int,
    reactions: Sequence[ReactionButton],
    values: Values,
    *,
    can_react: bool,
    can_ask: bool = False,
    focused: str = "",
) -> bytes:
    """Return the reactions as HTML; `focused` is the kind whose button takes the focus, and
    `can_ask` leads to who reacted.

    `values` are those of the conversation.
    """
    shape = tuple((one.kind, bool(one.count), one.is_own) for one in reactions)
    kept = kept_html(
        "discussions/_reactions.html",
        (shape, can_react, can_ask, focused),
        lambda: {
            "seminar": SimpleNamespace(slug=name_slot("seminar")),
            "reading": SimpleNamespace(slug=name_slot("reading")),
            "comment": SimpleNamespace(pk=number_slot("comment")),
            "csrf_token": word_slot("csrf"),
            "can_react": can_react,
            "can_ask": can_ask,
            "focused": focused,
            # Where the last of a kind was taken back, its button is among those that fold away.
            "opens": any(one.kind == focused and not one.count for one in reactions),
            "shown": [_any(one) for one in reactions if one.count],
            "others": [_any(one) for one in reactions if not one.count],
        },
    )
    said = {f"name-{one.kind}": words(one.name) for one in reactions}
    counts = {f"count-{one.kind}": html(str(one.count)) for one in reactions}
    return kept.fill({**values, "comment": html(str(comment)), **said, **counts})


def _any(one: ReactionButton) -> SimpleNamespace:
    return SimpleNamespace(
        kind=one.kind,
        icon=one.icon,
        name=word_slot(f"name-{one.kind}"),
        count=word_slot(f"count-{one.kind}"),
        is_own=one.is_own,
    )
