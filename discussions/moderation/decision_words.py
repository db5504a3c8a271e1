"""How each decision about a comment is called, what readers then see, and what is said of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discussions.models import Action

# What takes words from their readers, who are told why.
WITH_REASON = (Action.RETURN, Action.HIDE, Action.REMOVE)


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """What is said of a decision wherever it can be made: at the comment, on the desk, of several.

    `title` heads the form at the comment, `go` is on the button on the desk, `said` is told once it
    is done; `several` leads to the page that asks about several.
    """

    title: str | Promise
    name: str | Promise
    effect: str | Promise
    go: str | Promise
    said: str | Promise
    several: str | Promise


WORDS = {
    Action.DISMISS: DecisionWords(
        gettext_lazy("Leave the comment of %(who)s as it is"),
        gettext_lazy("Leave it"),
        gettext_lazy("It stays as it is, and the reports are dismissed"),
        gettext_lazy("Leave it as it is"),
        gettext_lazy("The comment of %(who)s stays as it is"),
        gettext_lazy("Leave them…"),
    ),
    Action.APPROVE: DecisionWords(
        gettext_lazy("Publish the comment of %(who)s"),
        gettext_lazy("Publish"),
        gettext_lazy("It stands in the thread at once"),
        gettext_lazy("Publish it"),
        gettext_lazy("The comment of %(who)s is published"),
        gettext_lazy("Publish…"),
    ),
    Action.RESTORE: DecisionWords(
        gettext_lazy("Put back the comment of %(who)s"),
        gettext_lazy("Put it back"),
        gettext_lazy("Readers see it again"),
        gettext_lazy("Put it back"),
        gettext_lazy("The comment of %(who)s is put back"),
        gettext_lazy("Put back…"),
    ),
    Action.RETURN: DecisionWords(
        gettext_lazy("Return the comment of %(who)s"),
        gettext_lazy("Return"),
        gettext_lazy("Only its author sees it, and can revise it"),
        gettext_lazy("Return it to its author"),
        gettext_lazy("The comment of %(who)s is returned to its author"),
        gettext_lazy("Return…"),
    ),
    Action.HIDE: DecisionWords(
        gettext_lazy("Hide the comment of %(who)s"),
        gettext_lazy("Hide"),
        gettext_lazy("Readers see that it is hidden, and why"),
        gettext_lazy("Hide it"),
        gettext_lazy("The comment of %(who)s is hidden"),
        gettext_lazy("Hide…"),
    ),
    Action.REMOVE: DecisionWords(
        gettext_lazy("Remove the comment of %(who)s"),
        gettext_lazy("Remove"),
        gettext_lazy("The words go from every page; readers see why"),
        gettext_lazy("Remove it"),
        gettext_lazy("The comment of %(who)s is removed"),
        gettext_lazy("Remove…"),
    ),
}


def said_of(action: Action, whose: Sequence[str]) -> str:
    """Tell what was done to the comments of these, whose names stand once for each comment."""
    if len(whose) == 1:
        return str(WORDS[action].said) % {"who": whose[0]}
    each = [_("%(n)d of %(who)s") % {"n": n, "who": who} for who, n in Counter(whose).items()]
    return f"{words_for(action, len(whose)).said}: {', '.join(each)}"


@dataclass(frozen=True, slots=True)
class SeveralWords:
    """What is asked before a decision about so many comments, done, and said after it."""

    asked: str
    go: str
    said: str


def words_for(action: Action, number: int) -> SeveralWords:
    """Return the words for one of the decisions, about `number` comments."""
    match action:
        case Action.APPROVE:
            asked = ngettext("Publish %(n)d comment?", "Publish %(n)d comments?", number)
            go = ngettext("Publish %(n)d", "Publish %(n)d", number)
            said = ngettext("%(n)d comment is published", "%(n)d comments are published", number)
        case Action.RESTORE:
            asked = ngettext("Put %(n)d comment back?", "Put %(n)d comments back?", number)
            go = ngettext("Put %(n)d back", "Put %(n)d back", number)
            said = ngettext("%(n)d comment is put back", "%(n)d comments are put back", number)
        case Action.RETURN:
            asked = ngettext(
                "Return %(n)d comment to its author?",
                "Return %(n)d comments to their authors?",
                number,
            )
            go = ngettext("Return %(n)d", "Return %(n)d", number)
            said = ngettext(
                "%(n)d comment is returned to its author",
                "%(n)d comments are returned to their authors",
                number,
            )
        case Action.HIDE:
            asked = ngettext("Hide %(n)d comment?", "Hide %(n)d comments?", number)
            go = ngettext("Hide %(n)d", "Hide %(n)d", number)
            said = ngettext("%(n)d comment is hidden", "%(n)d comments are hidden", number)
        case Action.REMOVE:
            asked = ngettext("Remove %(n)d comment?", "Remove %(n)d comments?", number)
            go = ngettext("Remove %(n)d", "Remove %(n)d", number)
            said = ngettext("%(n)d comment is removed", "%(n)d comments are removed", number)
        case _other:
            asked = ngettext(
                "Leave %(n)d comment as it is?", "Leave %(n)d comments as they are?", number
            )
            go = ngettext("Leave %(n)d as it is", "Leave %(n)d as they are", number)
            said = ngettext(
                "%(n)d comment stays as it is", "%(n)d comments stay as they are", number
            )
    return SeveralWords(*(text % {"n": number} for text in (asked, go, said)))
