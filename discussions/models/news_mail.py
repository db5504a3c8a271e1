"""What a person wants to be told by mail, and which mails told them what."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy


class MailCadence(models.TextChoices):
    """When news go out by mail."""

    STANDARD = "standard", gettext_lazy("What is for me at once, the rest daily")
    AT_ONCE = "at_once", gettext_lazy("At once")
    DAILY = "daily", gettext_lazy("Daily")
    WEEKLY = "weekly", gettext_lazy("Weekly")
    OFF = "off", gettext_lazy("Never")


class MailChoice(models.Model):
    """What somebody chose for one scope: “all”, or like “seminar:3”, “reading:5”, “thread:12”.

    The narrowest that there is decides; without any it is the standard.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    scope = models.CharField(max_length=40)
    cadence = models.CharField(max_length=10, choices=MailCadence)

    objects: ClassVar[models.Manager["MailChoice"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "scope"], name="mail_choice_unique"),
            models.CheckConstraint(
                condition=Q(cadence__in=MailCadence.values), name="mail_choice_cadence_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} of {self.user}: {self.get_cadence_display()}"


class NewsMail(models.Model):
    """A mail with news, written once for each person and period; empty where there were none.

    `told` are the rows that it tells, each as [source, key, time up to which]: no later mail
    tells them again. The words are put together when it is sent.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    cadence = models.CharField(max_length=10, choices=MailCadence)
    # A digest's day; of a mail that goes at once, the row that it tells.
    period = models.CharField(max_length=60)
    told = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["NewsMail"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "cadence", "period"], name="news_mail_once")
        ]

    def __str__(self) -> str:
        return f"News for {self.user}, {self.period}"
