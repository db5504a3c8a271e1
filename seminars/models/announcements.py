"""What staff tell everybody in a seminar."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from database.versions import Versioned
from seminars.models.seminars import Membership, Seminar

MAX_ANNOUNCEMENT_LETTERS = 10_000  # as many as a comment's


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def visible_to(self, membership: Membership) -> Self:
        """All of the seminar's that stand, for every member, guests too."""
        if membership.removed_at:
            return self.none()
        return self.filter(seminar=membership.seminar_id, withdrawn_at=None)

    def unread_by(self, membership: Membership) -> Self:
        """What others have announced since this member came, and they have not put aside."""
        receipts = AnnouncementReceipt.objects.filter(announcement=OuterRef("pk"))
        later = self.visible_to(membership).filter(published_at__gte=membership.joined_at)
        unread = later.filter(~Exists(receipts.filter(membership=membership.pk)))
        return unread.exclude(created_by=membership.pk).for_page()

    def unread_by_person(self, user: Any) -> Self:
        """The same over all seminars in which the account of this key is a member now, with their
        seminars."""
        mine = Membership.objects.in_use().filter(user=user, seminar=OuterRef("seminar"))
        later = mine.filter(joined_at__lte=OuterRef("published_at"))
        receipts = AnnouncementReceipt.objects.filter(announcement=OuterRef("pk"))
        read = receipts.filter(membership__user=user)
        unread = self.filter(Exists(later), ~Exists(read), withdrawn_at=None)
        others = unread.exclude(created_by__user=user)
        return others.select_related("seminar").order_by("-published_at", "-pk")

    def for_page(self) -> Self:
        """The newest first, with whoever wrote them."""
        return self.select_related("created_by__user").order_by("-published_at", "-pk")


class Announcement(Versioned):
    """A word of the staff's to everybody: no thread, and nobody answers in it."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="announcements")
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    body = models.TextField()
    html = models.TextField(editable=False)
    renderer_version = models.PositiveSmallIntegerField(editable=False)
    published_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # By which the same form sent twice is known.
    client_key = models.UUIDField(null=True, editable=False)

    objects: ClassVar[models.Manager["Announcement"]] = models.Manager.from_queryset(
        AnnouncementQuerySet
    )()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["seminar", "published_at"], name="announcement_in_seminar")]
        constraints = [
            models.UniqueConstraint(fields=["created_by", "client_key"], name="announcement_once")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("announcement_detail", args=[self.seminar.slug, self.pk])

    def is_unread_by(self, membership: Membership) -> bool:
        return Announcement.objects.unread_by(membership).filter(pk=self.pk).exists()

    @property
    def prose(self) -> SafeString:
        """The body as HTML, sanitised when it was written."""
        return SafeString(self.html)


class AnnouncementReceipt(models.Model):
    """That a member has put an announcement aside: they have read it."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="receipts")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "membership"], name="announcement_receipt_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.announcement} read by {self.membership}"
