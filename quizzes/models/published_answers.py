"""Answers that their authors have published: as which threads they stand in the talk."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from discussions.models import LEAVES_NOTHING, Comment, CommentState, Thread
from quizzes.models.quizzes import Question
from readings.models import Block, Reading
from seminars.models import Membership, Seminar


class PublishedAnswerQuerySet(models.QuerySet["PublishedAnswer"]):
    def by(self, member: Membership) -> Self:
        """Those of a member, with what has become of the words that they began with."""
        words = Comment.objects.filter(thread=OuterRef("thread")).order_by("pk")
        own = self.filter(membership=member).select_related("thread")
        return own.annotate(state=Subquery(words.values("state")[:1]))

    def placed(self, reading: Reading) -> Self:
        """With the ¶ at which their threads stand in this reading, which is theirs."""
        path = "thread__passage__block_key"
        blocks = Block.objects.filter(revision=reading.revision_id, key=OuterRef(path))
        return self.annotate(at_number=Subquery(blocks.values("number")[:1]))


class PublishedAnswer(models.Model):
    """Somebody's answer to an open question, and the thread as which they published it.

    Who has taken the words back may publish them anew, as another thread. Who may read it is the
    rule of the thread, whose `answered_item` is the question's checkpoint (seminars.answered).
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    thread = models.OneToOneField(Thread, models.CASCADE, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    state: str  # of the comment that it begins with, as the queryset annotates it
    at_number: int | None  # the ¶ of its thread, as the queryset annotates it

    objects: ClassVar[models.Manager["PublishedAnswer"]] = models.Manager.from_queryset(
        PublishedAnswerQuerySet
    )()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.question}: {self.thread}"

    @property
    def is_taken_back(self) -> bool:
        """Whether there are no words of it any more."""
        return self.thread.withdrawn_at is not None or self.state in LEAVES_NOTHING

    @property
    def waits_for_staff(self) -> bool:
        return self.state in {CommentState.PENDING, CommentState.RETURNED}
