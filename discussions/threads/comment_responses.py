"""What members have done to the comments of a page beside writing, as one of them sees it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import models
from django.db.models import Count, Q

from database.prepared import SIZES_KEPT, Parameter, PreparedRows, filled, listed, size_for
from discussions.models import Endorsement, Reaction, Thread, member_label
from discussions.threads.reactions_html import ReactionButton
from documents.visible import isolated
from seminars.models import Membership
from seminars.reaction_kinds import reaction_names

_KEY = models.BigIntegerField()


@dataclass(frozen=True, slots=True)
class CommentResponses:
    """By the key of a comment: who of staff has endorsed it, and the reactions to it, of each
    kind how many and whether the viewer's is among them."""

    names: Mapping[str, str]
    endorsed: Mapping[int, str] = field(default_factory=dict)
    counts: Mapping[int, Mapping[str, tuple[int, bool]]] = field(default_factory=dict)

    def reactions_to(self, comment: int) -> tuple[ReactionButton, ...]:
        """The kinds that the seminar has, in their order."""
        given = self.counts.get(comment, {})
        return tuple(
            ReactionButton(kind, name, *given.get(kind, (0, False)))
            for kind, name in self.names.items()
        )


def responses_to(thread: Thread, comments: Collection[int], viewer: Membership) -> CommentResponses:
    """Return what was done to these comments, in one query; of a question, in two."""
    endorsed: dict[int, str] = {}
    if thread.is_question:
        found = Endorsement.objects.standing().filter(comment__in=comments)
        for one in found.select_related("created_by__user"):
            endorsed[one.comment_id] = isolated(member_label(one.created_by, viewer).name)
    names = reaction_names(viewer.seminar.reactions)
    counts: dict[int, dict[str, tuple[int, bool]]] = {}
    asked = [pk for pk in comments if pk] if names else []
    if asked:
        size = size_for(asked)
        rows = _reactions(size).all(viewer=viewer.pk or 0, **filled("pk", asked))
        for comment, kind, count, own in rows:
            counts.setdefault(comment, {})[kind] = count, own > 0
    return CommentResponses(names, endorsed, counts)


@lru_cache(maxsize=SIZES_KEPT)
def _reactions(size: int) -> PreparedRows:
    own = Count("pk", filter=Q(member=Parameter("viewer", _KEY)))
    return PreparedRows(
        lambda: (
            Reaction.objects.filter(comment__pk__in=listed("pk", _KEY, size))
            .values_list("comment_id", "kind")
            .annotate(count=Count("pk"), own=own)
            .order_by()
        )
    )
