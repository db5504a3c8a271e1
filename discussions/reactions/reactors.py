"""Who reacted to a comment, as one member may know it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from discussions.models import Comment, Reaction, member_label
from discussions.threads import REACTION_ICONS
from documents.visible import isolated
from readings.models import Anonymity
from seminars.models import Membership
from seminars.reaction_kinds import reaction_names


@dataclass(slots=True)
class Reactors:
    """Who gave one reaction: those whom the viewer is told by name, and how many others."""

    reaction: str  # as the seminar calls it
    icon: str
    names: list[str] = field(default_factory=list)
    unnamed: int = 0


def reactors_of(comment: Comment, viewer: Membership) -> Sequence[Reactors]:
    """Return who reacted, in the order of the kinds; those that nobody gave are left out."""
    given = Reaction.objects.filter(comment=comment).select_related("member__user")
    kinds = {
        kind: Reactors(name, REACTION_ICONS[kind])
        for kind, name in reaction_names(viewer.seminar.reactions).items()
    }
    names_all = not why_unnamed(comment, viewer)
    for one in given.order_by("pk"):
        told = kinds.get(one.kind)
        if told is None:
            continue
        if one.member_id == viewer.pk:
            told.names.insert(0, _("You"))
        elif names_all or one.member.is_staff:
            told.names.append(isolated(member_label(one.member, viewer).name))
        else:
            told.unnamed += 1
    return [one for one in kinds.values() if one.names or one.unnamed]


def why_unnamed(comment: Comment, viewer: Membership) -> str:
    """Say why participants are counted and not named; "" where they are named.

    Where words may stand under an alias, a name beside a reaction would tell who is in the
    thread; and a reaction has no alias of its own.
    """
    if any(one.anonymity != Anonymity.OFF for one in comment.thread.readings):
        return _("In this reading people may write anonymously: participants are not named here.")
    if not viewer.withheld_ids.isdisjoint(comment.thread.reading_ids):
        return _("Others are named once you have written enough yourself in this reading.")
    return ""
