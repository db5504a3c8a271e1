"""Drafts: files that are read and put right before they are published as revisions."""

import functools
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from readings.models.essays import Essay, Revision


class ImportState(models.TextChoices):
    """How far the reading of an uploaded file has come."""

    WAITING = "waiting", gettext_lazy("Waiting to be read")
    READING = "reading", gettext_lazy("Being read")
    READY = "ready", gettext_lazy("Ready to be checked")
    REFUSED = "refused", gettext_lazy("Could not be read")


# A worker that is well takes a file up within seconds, and tells of each step; after this
# it is gone. A single step of a large file may be long on a busy machine.
IMPORT_TIMEOUT = {
    ImportState.WAITING: timedelta(minutes=1),
    ImportState.READING: timedelta(minutes=2),
}


class DraftQuerySet(models.QuerySet["Draft"]):
    def imported_by(self, user: Any) -> Self:
        """What `user` brought in, also where it is published by now."""
        return self.filter(created_by=user).select_related(
            "essay__created_by", "revision", "created_by"
        )

    def unpublished_of(self, user: Any) -> Self:
        return self.filter(created_by=user, revision=None)

    def for_essay(self, essay: Essay) -> Self:
        """Those that are to be its next revision."""
        return self.filter(essay=essay)

    def for_library_page(self) -> Self:
        """Newest first, without the whole documents."""
        return self.without_text().order_by("-created_at", "-pk")

    def without_text(self) -> Self:
        """Without what is large: for pages that tell how an import stands."""
        return self.defer("document", "edits")

    def refused(self) -> Self:
        return self.filter(state=ImportState.REFUSED)

    def stopped(self) -> Self:
        """Those that nobody reads though they are not ready: refused, or waiting in vain."""
        now = timezone.now()
        in_vain = (
            Q(state=state, state_at__lt=now - most) for state, most in IMPORT_TIMEOUT.items()
        )
        return self.filter(Q(state=ImportState.REFUSED) | functools.reduce(Q.__or__, in_vain))


class Draft(models.Model):
    """A file being read and put right by who brought it in; nobody else sees it.

    `document` holds it as it was read (documents.Document as JSON) and `edits` what
    the person has changed since, of which the first `edits_done` are in force (the
    others were undone and can come back). Publishing makes a revision of it: the file
    and the pictures go over to that, and the row stays, emptied, to lead there whoever
    comes late.
    """

    # Whose next revision it is to be; none where it is to be a new essay.
    essay = models.ForeignKey(Essay, models.CASCADE, null=True, related_name="drafts")
    revision = models.OneToOneField(
        Revision, models.CASCADE, null=True, related_name="draft", help_text="What it became."
    )
    title = models.CharField(max_length=500, help_text="What lists call it.")
    document = models.JSONField(default=dict, help_text="As it was read; empty before that.")
    edits = models.JSONField(default=list, help_text="What was changed in the preview, in order.")
    edits_done = models.PositiveIntegerField(default=0)
    # The repairs that the person refused, each a documents.Repair as JSON; and the ids
    # of those that are to be left out when the file is read again.
    refused_repairs = models.JSONField(default=list)
    repairs_to_refuse = models.JSONField(default=list)
    # The published text that it was begun from, where no file was read for it.
    edited_from = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.READY)
    # When the state, or the progress within it, was last told.
    state_at = models.DateTimeField(default=timezone.now)
    # What is being done now, a documents.messages.Message as JSON.
    progress = models.JSONField(default=dict)
    progress_percent = models.PositiveSmallIntegerField(null=True)
    # Why the file could not be read: a documents.ImportRefused as JSON.
    refusal = models.JSONField(default=dict)
    source_name = models.CharField(max_length=255)
    source_sha256 = models.CharField(max_length=64)
    source = models.FileField(upload_to="sources/%Y/%m/")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Draft"]] = models.Manager.from_queryset(DraftQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="draft_state_known"
            ),
            models.CheckConstraint(
                condition=Q(revision=None) | Q(state=ImportState.READY),
                name="draft_published_was_read",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.revision_id is not None

    @property
    def is_read(self) -> bool:
        """Whether there is a document; its file may be about to be read again."""
        return bool(self.document)

    @property
    def is_awaited(self) -> bool:
        """Whether its file is still to be read, or being read."""
        return self.state in IMPORT_TIMEOUT

    @property
    def is_abandoned(self) -> bool:
        """Whether nobody reads the file though it waits: the worker is not there, or has gone."""
        timeout = IMPORT_TIMEOUT.get(ImportState(self.state))
        return timeout is not None and self.state_at < timezone.now() - timeout

    @property
    def may_be_tried_again(self) -> bool:
        return self.state == ImportState.REFUSED or self.is_abandoned
