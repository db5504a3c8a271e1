"""The tags of a seminar's threads: a small vocabulary, kept by its instructors."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils import timezone

from database.versions import Versioned
from discussions.models.threads import Thread
from seminars.models import Membership, Seminar

MAX_TAG = 30  # characters: a word or two beside a name
MAX_TAGS = 20  # of a seminar: more are not looked through
MAX_THREAD_TAGS = 3  # with more, none says what the thread is about


class TagQuerySet(models.QuerySet["Tag"]):
    def of(self, seminar: Seminar) -> Self:
        return self.filter(seminar=seminar)

    def with_use(self) -> Self:
        """`.use`: how many threads that are there have each."""
        used = Count("taggings", filter=Q(taggings__thread__withdrawn_at=None))
        return self.annotate(use=used)


class Tag(Versioned):
    """A word that members may put on threads."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    name = models.CharField(max_length=MAX_TAG)

    objects: ClassVar[models.Manager["Tag"]] = models.Manager.from_queryset(TagQuerySet)()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("seminar", Lower("name"), name="tag_name_unique")]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """A tag on a thread, and who put it there; the row goes when it is taken off."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["thread_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "tag"], name="tagging_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.tag} on {self.thread}"
