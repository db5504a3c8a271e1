"""Several cases before one decision: what will happen to each, and what is left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from discussions.models import Action, Decision, ReviewItem
from discussions.moderation.case_choices import case_choices
from discussions.moderation.case_history import decided
from discussions.moderation.deciders import hidden_by_reports_among
from discussions.moderation.waiting_list import author_name, case_places, claimant
from discussions.threads import Shown, show_comment
from documents.visible import isolated
from seminars import permissions
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class ChosenCase:
    """One of them: what readers will see of it, or why it is left out."""

    item: ReviewItem
    who: str
    place: str
    comment: Shown
    name: str  # of what will be done
    effect: str
    why_not: str
    colleague: str  # who has it open at this time
    is_ticked: bool

    @property
    def value(self) -> str:
        """The case as it is read now, as the form sends it."""
        return f"{self.item.pk}:{self.item.version}:{self.item.comment.version}"


def chosen_cases(
    items: Sequence[ReviewItem], action: Action, member: Membership, *, unticked: Iterable[int] = ()
) -> list[ChosenCase]:
    """Look at each of these cases before a decision; four queries for all."""
    by_reports = hidden_by_reports_among([item.comment for item in items])
    places, endings = case_places(items), _endings(items, member)
    taken_out = set(unticked)
    found = []
    for item in items:
        choices = case_choices(item, member, by_reports=item.comment_id in by_reports)
        choice = next((one for one in choices if one.value == action), None)
        colleague = claimant(item, member)
        found.append(
            ChosenCase(
                item=item,
                who=author_name(item.comment, member),
                place=places[item.pk],
                comment=show_comment(item.comment, member),
                name=choice.name if choice else "",
                effect=choice.effect if choice else "",
                why_not="" if choice else _why_not(item, action, member, endings),
                colleague=isolated(colleague.name) if colleague else "",
                is_ticked=item.pk not in taken_out,
            )
        )
    return found


def _endings(items: Sequence[ReviewItem], member: Membership) -> dict[int | None, str]:
    """How those of them ended that are decided already."""
    closed = [item.pk for item in items if not item.is_undecided]
    rows = Decision.objects.filter(review_item__in=closed).order_by("pk")
    found = rows.select_related("actor__user", "actor__seminar", "member__user")
    return {row.review_item_id: decided(row, member) for row in found}


def _why_not(
    item: ReviewItem, action: Action, member: Membership, endings: dict[int | None, str]
) -> str:
    comment = item.comment
    if not item.is_undecided:
        return endings.get(item.pk, str(item.get_state_display()))
    if comment.author_id == member.pk:
        return _("These are your own words: somebody else decides.")
    if not permissions.can_decide_case(member, comment, assignee_id=item.assignee_id):
        return _("This comment is not yours to decide on.")
    if comment.is_pending:
        return _("It waits: publish it, return it, hide it or remove it.")
    if action == Action.APPROVE:
        return _("It does not wait to be published.")
    return _("As it stands, this cannot be decided about it.")
