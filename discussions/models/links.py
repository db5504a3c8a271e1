"""Links: threads on two passages of different readings, and the words for how the two meet."""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from database.versions import Versioned
from seminars.models import Seminar

MAX_LINK_KIND = 30  # characters: one or two words between two titles
MAX_LINK_KINDS = 12  # of a seminar: more are not looked through


@dataclass(frozen=True, slots=True)
class DefaultKind:
    """What a seminar has where it has not chosen other words: shown in its reader's language."""

    name: str | Promise
    passive: str | Promise
    is_directed: bool = True


DEFAULT_KINDS = {
    "answers": DefaultKind(gettext_lazy("answers"), gettext_lazy("is answered by")),
    "contradicts": DefaultKind(gettext_lazy("contradicts"), gettext_lazy("is contradicted by")),
    "supports": DefaultKind(gettext_lazy("supports"), gettext_lazy("is supported by")),
    "example": DefaultKind(gettext_lazy("gives an example of"), gettext_lazy("has an example in")),
    "same_source": DefaultKind(
        gettext_lazy("uses the same source as"),
        gettext_lazy("uses the same source as"),
        is_directed=False,
    ),
    "same_word": DefaultKind(
        gettext_lazy("uses the same word as"),
        gettext_lazy("uses the same word as"),
        is_directed=False,
    ),
}


class LinkKindQuerySet(models.QuerySet["LinkKind"]):
    def offered_in(self, seminar: Seminar) -> Self:
        """What a new link may be, in the seminar's order."""
        return self.filter(seminar=seminar, removed_at=None)


class LinkKind(Versioned):
    """How one passage stands to another: “answers”, and from the other end “is answered by”.

    A seminar has those of DEFAULT_KINDS, by their `code`, until it changes the list; the words of
    such a one are empty where they are the default's, in the language of whoever reads. One
    without a direction reads alike from both ends. A removed one stays with the links that have it.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="link_kinds")
    # Of a default one: which of DEFAULT_KINDS.
    code = models.CharField(max_length=12, blank=True)
    own_name = models.CharField(max_length=MAX_LINK_KIND, blank=True)
    own_passive = models.CharField(max_length=MAX_LINK_KIND, blank=True)
    is_directed = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["LinkKind"]] = models.Manager.from_queryset(LinkKindQuerySet)()

    class Meta:
        ordering = ["seminar_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar", "code"], condition=~Q(code=""), name="link_kind_code_unique"
            ),
            models.CheckConstraint(
                condition=~Q(code="") | ~Q(own_name=""), name="link_kind_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As it reads from where the link begins: “answers”."""
        return self.own_name or str(DEFAULT_KINDS[self.code].name)

    @property
    def passive(self) -> str:
        """As it reads from the other end: “is answered by”."""
        if not self.is_directed:
            return self.name
        if self.own_passive:
            return self.own_passive
        return self.own_name or str(DEFAULT_KINDS[self.code].passive)
