"""Whom words speak to: “@Name” is a member who sees the thread, or their writer is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from discussions.common.errors import UnreachedMention
from discussions.common.events import record_mention
from discussions.common.readers import members_who_see
from discussions.models import Comment, Mention, Thread, member_label
from documents.visible import isolated
from rendering.names import NOBODY, Names
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The members whom words name, and who see the thread; and what of the words names them."""

    members: Sequence[Membership] = ()
    names: Names = NOBODY


def find_mentioned(
    body: str, thread: Thread, *, by: Membership, warned: Collection[int] | None
) -> Mentioned:
    """Return whom `body` names in `thread`, in no query where it has no “@”, else in two.

    Raises UnreachedMention where somebody does not see the thread, unless `by` was `warned` of
    all of them (their pks) before; None where nobody is there to be told.
    """
    named = _named(body, thread.seminar_id)
    if not named:
        return Mentioned()
    seeing = members_who_see(thread).filter(pk__in=[one.pk for one in named])
    reached = {one.pk for one in seeing}
    # Of two people of one name, who sees the thread is meant.
    met = {_folded(one) for one in named if one.pk in reached}
    missed = [one for one in named if _folded(one) not in met]
    if warned is not None and any(one.pk not in warned for one in missed):
        names = [isolated(member_label(one, by).name) for one in missed]
        raise UnreachedMention(names, [one.pk for one in missed])
    members = [one for one in named if one.pk in reached]
    return Mentioned(members, Names(one.name for one in members))


def keep_mentions(comment: Comment, mentioned: Mentioned, *, by: Membership) -> None:
    """Write whom the comment mentions now, and say so of each who is new in it."""
    before = set(Mention.objects.filter(comment=comment).values_list("member", flat=True))
    now = {one.pk for one in mentioned.members}
    Mention.objects.filter(comment=comment, member__in=before - now).delete()
    new = [one for one in mentioned.members if one.pk not in before]
    Mention.objects.bulk_create(
        Mention(seminar_id=comment.seminar_id, comment=comment, member=one) for one in new
    )
    for one in new:
        record_mention(comment, one, by=by)


def _named(body: str, seminar_id: int) -> list[Membership]:
    """The members of the seminar whom words name, each once."""
    if "@" not in body:
        return []
    members = Membership.objects.current().filter(seminar_id=seminar_id)
    people = list(members.select_related("user").order_by("pk"))
    found = set(Names(one.name for one in people).found_in(body))
    return [one for one in people if _folded(one) in found]


def _folded(member: Membership) -> str:
    return member.name.casefold()
