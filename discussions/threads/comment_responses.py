"""What members have done to the comments of a page beside writing, as one of them sees it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from discussions.models import Endorsement, Thread, author_label
from documents.visible import isolated
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class CommentResponses:
    """By the key of a comment: who of staff has endorsed it."""

    endorsed: Mapping[int, str] = field(default_factory=dict)


def responses_to(thread: Thread, comments: Collection[int], viewer: Membership) -> CommentResponses:
    """Return what was done to these comments, in one query, and only for a question."""
    endorsed: dict[int, str] = {}
    if thread.is_question:
        found = Endorsement.objects.standing().filter(comment__in=comments)
        for one in found.select_related("created_by__user"):
            endorsed[one.comment_id] = isolated(author_label(one.created_by, viewer).name)
    return CommentResponses(endorsed)
