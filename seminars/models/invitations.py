"""Links that let people into a seminar."""

import hashlib
import hmac
import secrets
import uuid
from base64 import urlsafe_b64encode
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.models.seminars import Group, Membership, Role, Seminar

INVITATION_DAYS = 30  # a term's first month; an instructor makes another after that
TOKEN_BYTES = 16  # 128 bits: not to be guessed
INVITATION_MAIL = "invitation"  # the purpose of its mails (accounts/mail.py)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unexpired(self) -> Self:
        """Neither revoked, nor expired, nor used up."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), uses__lt=F("max_uses"))

    def usable(self) -> Self:
        """Those of them whose maker may still invite people: an instructor of now, of a seminar
        that takes people in."""
        return self.unexpired().filter(
            seminar__archived_at=None,
            seminar__deleted_from=None,
            created_by__removed_at=None,
            created_by__role=Role.INSTRUCTOR,
        )

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_token(token))

    def for_people_page(self) -> Self:
        return self.select_related("group", "created_by__user")

    def personal(self) -> Self:
        """Those to one person, by mail."""
        return self.exclude(email="")

    def by_link(self) -> Self:
        """Those whose link was shown once, to be handed on."""
        return self.filter(email="")


class MailFailure(models.TextChoices):
    """Why an invitation could not be sent, beginning a sentence of the people page."""

    REFUSED = "refused", gettext_lazy("The mail server takes no mail for this address.")
    GIVEN_UP = "given_up", gettext_lazy("The mail server could not be reached for a day.")


class Invitation(models.Model):
    """A link that lets people into a seminar with a role and a group.

    Only a hash of the token is stored: who reads the database cannot join with it.

    One with an `email` is one person's: its link is mailed there and shown to nobody here. It is
    made of `link_key` and the site's secret, so that it is the same when it is sent again.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    role = models.CharField(max_length=12, choices=Role, default=Role.PARTICIPANT)
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    max_uses = models.PositiveIntegerField(gettext_lazy("may be used"), default=30)
    uses = models.PositiveIntegerField(default=0, editable=False)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    email = models.EmailField(max_length=254, blank=True)
    name = models.CharField(max_length=120, blank=True, help_text="As the roster has it.")
    link_key = models.UUIDField(default=uuid.uuid4, editable=False)
    # Neither: the mail waits to be sent.
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=10, choices=MailFailure, blank=True)
    accepted_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["Invitation"]] = models.Manager.from_queryset(
        InvitationQuerySet
    )()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["seminar", "email"], name="invitation_email")]
        constraints = [
            models.CheckConstraint(condition=Q(uses__lte=F("max_uses")), name="invitation_uses"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
        ]

    def __str__(self) -> str:
        return f"Invitation to {self.seminar} as {self.role}"

    @property
    def state(self) -> str:
        """`open`, `revoked`, `expired` or `used up`, in the words of the people page; `archived`
        where the seminar takes nobody in any more."""
        if self.seminar.is_read_only:
            return "archived"
        maker = self.created_by
        if self.revoked_at or maker.removed_at or not maker.is_instructor:
            return "revoked"
        if self.expires_at <= timezone.now():
            return "expired"
        return _("used up") if self.uses >= self.max_uses else "open"

    @property
    def mail_state(self) -> str:
        """How a personal one stands, in a word.

        `accepted`, `revoked`, `expired`, `failed` (to be sent), `waiting` (to be sent) or `sent`.
        """
        if self.uses:
            return "accepted"
        if self.state != "open":
            return self.state
        if self.failed_at:
            return "failed"
        return "sent" if self.sent_at else "waiting"

    @property
    def is_settled(self) -> bool:
        """Whether nothing comes of a personal one any more."""
        return self.mail_state in {"accepted", "revoked"}

    @property
    def personal_token(self) -> str:
        """The token of a personal link; kept nowhere, and the same each time it is mailed."""
        said = f"invitation {self.link_key}".encode()
        digest = hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")
        return urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")

    def standing_of(self, user: Any) -> str:
        """How `user` (who may be signed out) stands to it, in a word.

        `promoted`: a member whom it would give a role with more rights; `member`: who has as
        many already, or whom it lets in no more; `removed`; or else its state.

        Who was removed comes back only by an invitation made after that: an
        old link, still in their mail, must not undo what an instructor did.
        """
        member = self.seminar.memberships.filter(user=user.pk).first() if user.pk else None
        if member and not member.removed_at:
            more = Role.values.index(self.role) < Role.values.index(member.role)
            return "promoted" if more and self.state == "open" else "member"
        removed_at = member.removed_at if member else None
        barred = removed_at is not None and removed_at >= self.created_at
        return "removed" if barred and self.state == "open" else self.state


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
