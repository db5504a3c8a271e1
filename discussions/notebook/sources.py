"""Whose words a notebook gathers, and what its viewer may know of their places."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from discussions.models import Comment, CommentQuerySet, Thread, ThreadQuerySet
from seminars.models import Membership
from seminars.permissions import can_see_desk


@dataclass(frozen=True, slots=True)
class NotebookSource:
    """The words of one person: one's own in some seminars, or what a viewer may know of a member.

    `viewers` are the memberships of who looks, one of each seminar.
    """

    viewers: Sequence[Membership]
    author: Membership | None = None  # None: whoever looks

    @property
    def viewer_in(self) -> Mapping[int, Membership]:
        """The viewer's membership by the seminar's key."""
        return {one.seminar_id: one for one in self.viewers}

    @property
    def is_own(self) -> bool:
        return self.author is None

    @property
    def tells_standings(self) -> bool:
        """Whether the viewer is staff who look at a member's words: what was made of which."""
        return self.author is not None and all(can_see_desk(one) for one in self.viewers)

    @property
    def comments(self) -> CommentQuerySet:
        """All of them: one's own also where they are withdrawn, hidden, or out of one's reach."""
        if self.author is None:
            return Comment.objects.written_by_any(self.viewers)
        (viewer,) = self.viewers
        return Comment.objects.known_to_be_by(self.author, viewer)

    @property
    def highlights(self) -> ThreadQuerySet:
        """One's own; what others marked without a word is no word of theirs."""
        if self.author is None:
            return Thread.objects.begun_without_words_by_any(self.viewers)
        return Thread.objects.none()

    def find_removed(self, pk: int | None) -> Thread | None:
        """One's own highlight of this key that is taken off; None where there is none."""
        if self.author is not None or pk is None:
            return None
        off = Thread.objects.filter(author__in=self.viewers, last_seq=0, withdrawn_at__isnull=False)
        return off.select_related("reading", "seminar").filter(pk=pk).first()

    @property
    def threads_in_reach(self) -> ThreadQuerySet:
        """What the viewer can open now."""
        visible = (Thread.objects.visible_to(one).values("pk") for one in self.viewers)
        return Thread.objects.filter(any_of(Q(pk__in=pks) for pks in visible))

    @property
    def threads_with_words(self) -> ThreadQuerySet:
        """Those of which the viewer may be shown the words of the text.

        Also the viewer's own that went with their last comment.
        """
        own = (
            Thread.objects.reached_by(one).filter(author=one).values("pk") for one in self.viewers
        )
        withdrawn = any_of(Q(pk__in=pks) for pks in own)
        return Thread.objects.filter(Q(pk__in=self.threads_in_reach.values("pk")) | withdrawn)

    @property
    def comments_in_reach(self) -> CommentQuerySet:
        """What the viewer may see of all that was said, by anybody."""
        visible = (Comment.objects.visible_to(one).values("pk") for one in self.viewers)
        return Comment.objects.filter(any_of(Q(pk__in=pks) for pks in visible))


def any_of(rules: Iterable[Q]) -> Q:
    """One of the rules at least; of none, nothing."""
    return functools.reduce(Q.__or__, rules, Q(pk__in=[]))
