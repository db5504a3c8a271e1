"""People. One account serves every seminar that a person takes part in."""

from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, gettext_lazy

TEXT_SIZES = {
    "s": gettext_lazy("Small"),
    "m": gettext_lazy("Medium"),
    "l": gettext_lazy("Large"),
    "xl": gettext_lazy("Extra large"),
}
MEASURES = {
    "narrow": gettext_lazy("Narrow"),
    "normal": gettext_lazy("Normal"),
    "wide": gettext_lazy("Wide"),
}
THEMES = {
    "auto": gettext_lazy("Match device"),
    "light": gettext_lazy("Light"),
    "dark": gettext_lazy("Dark"),
}
TYPEFACES = {
    "serif": gettext_lazy("Source Serif"),
    "sans": gettext_lazy("Source Sans"),
    "legible": gettext_lazy("Atkinson Hyperlegible"),
}
ANNOTATION_FILTERS = {
    "none": gettext_lazy("None"),
    "mine": gettext_lazy("Guide and mine"),
    "group": gettext_lazy("My group’s"),
    "all": gettext_lazy("All"),
}


class UserManager(BaseUserManager["User"]):
    """Accounts are found by address, whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields |= {"is_host": True, "is_superuser": True}
        fields.setdefault("name", email.split("@")[0])
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail address."""

    email = models.EmailField(gettext_lazy("e-mail address"), max_length=254)
    name = models.CharField(max_length=120, help_text="As the seminar will see it.")
    is_active = models.BooleanField(default=True)
    # Of the host: may create seminars. A seminar's own staff are memberships.
    is_host = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    # Sessions hold it, hashed with the password: those of an earlier number have ended.
    session_generation = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # Since then the row names nobody (personal_data.erasure_actions).
    erased_at = models.DateTimeField(null=True, editable=False)
    # By its name in the IANA database; empty: that of the site.
    time_zone = models.CharField(max_length=64, blank=True)

    text_size = models.CharField(max_length=2, choices=TEXT_SIZES, default="m")
    measure = models.CharField(max_length=8, choices=MEASURES, default="normal")
    theme = models.CharField(max_length=8, choices=THEMES, default="auto")
    typeface = models.CharField(max_length=8, choices=TYPEFACES, default="serif")
    annotations = models.CharField(max_length=8, choices=ANNOTATION_FILTERS, default="mine")
    text_only = models.BooleanField(default=False)
    single_keys = models.BooleanField(default=True)
    # Whether they are counted among those who are in a reading now.
    shows_presence = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
        ]

    def __str__(self) -> str:
        if self.erased_at is not None:
            return gettext("A former member")
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def session_seal(self) -> str:
        """What a session was made with; where it is another now, that session has ended."""
        return f"{self.password} {self.session_generation or ''}".rstrip()

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Django's, over the generation of sessions as well as the password."""
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, self.session_seal, secret=secret, algorithm="sha256").hexdigest()

    @property
    def zone(self) -> ZoneInfo | None:
        """Their time zone; None for the site's, also where the machine knows theirs no more."""
        try:
            return ZoneInfo(self.time_zone) if self.time_zone else None
        except (ZoneInfoNotFoundError, ValueError):
            return None

    def set_profile(self, *, name: str, time_zone: str) -> None:
        """Keep what this person is called, everywhere, and in which zone times are written."""
        self.name, self.time_zone = name, time_zone
        self.save(update_fields=["name", "time_zone"])

    def set_display(self, **settings: str | bool) -> None:
        """Keep how this person likes to read; `settings` names columns of the display menu."""
        for name, value in settings.items():
            setattr(self, name, value)
        self.save(update_fields=list(settings))


class SignedInSessionQuerySet(models.QuerySet["SignedInSession"]):
    def of_person(self, user: User) -> Self:
        """Those that let `user` in now, the one that was used last first."""
        mine = self.filter(user=user, generation=user.session_generation)
        return mine.filter(session_key__in=_live_keys()).order_by("-last_used_at", "pk")

    def ended(self, user: User) -> Self:
        """Those whose session is no more: it ran out, or goes on under another key."""
        return self.filter(user=user).exclude(session_key__in=_live_keys())


def _live_keys() -> "models.QuerySet[Session, Any]":
    return Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")


class SignedInSession(models.Model):
    """Where and since when somebody is signed in, beside Django's row of the session.

    It is written by the first request of a session, and again when it was not for some minutes.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    generation = models.PositiveIntegerField()
    # As people know them (accounts/devices.py); empty where they would not.
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    signed_in_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["SignedInSession"]] = models.Manager.from_queryset(
        SignedInSessionQuerySet
    )()

    def __str__(self) -> str:
        return f"{self.user}: {self.browser} {self.system}"


class QueuedMail(models.Model):
    """A mail that waits to be sent (accounts/mail.py); the row goes with the mail."""

    message = models.JSONField(help_text="What Django's EmailMultiAlternatives is made with.")
    created_at = models.DateTimeField(auto_now_add=True)
    # When the server last did not take it.
    failed_at = models.DateTimeField(null=True)
    # What it tells of, where somebody asks what becomes of it (accounts.mail.on_outcome).
    purpose = models.CharField(max_length=20, blank=True)
    target_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "target_id"], name="queued_mail_purpose")]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class AnsweredForm(models.Model):
    """What a form was answered, by the key that it came with (accounts/idempotency.py)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.UUIDField()
    location = models.CharField(max_length=2000)
    said = models.JSONField(default=list, help_text="Messages, each as [level, text].")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="answered_form_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.location}"
