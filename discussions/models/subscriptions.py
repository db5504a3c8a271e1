"""Who follows a thread, and who wants to hear no more of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from discussions.models.threads import Thread
from seminars.models import Membership, Seminar


class SubscriptionLevel(models.TextChoices):
    WATCH = "watch", gettext_lazy("Watched")
    MUTE = "mute", gettext_lazy("Muted")


class ThreadSubscription(models.Model):
    """How one member follows one thread; without a row, as all threads of the reading.

    Who posts in a thread watches it from then on, unless they have muted it. A muted thread is
    never new to its member, and tells them of nothing.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="subscriptions")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="thread_subscriptions")
    level = models.CharField(max_length=8, choices=SubscriptionLevel)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["thread_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "membership"], name="thread_subscription_unique"
            ),
            models.CheckConstraint(
                condition=Q(level__in=SubscriptionLevel.values), name="thread_subscription_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} by {self.membership}: {self.thread}"
