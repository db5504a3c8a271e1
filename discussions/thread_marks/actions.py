"""Pinning, watching, muting and tagging a thread. What is asked for twice is there once."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from database.versions import update_version
from discussions.common.events import record_thread
from discussions.common.one_thread import locked_thread
from discussions.models import (
    MAX_TAGS,
    MAX_THREAD_TAGS,
    Pin,
    SubscriptionLevel,
    Tag,
    Tagging,
    Thread,
    ThreadSubscription,
)
from readings.page import refuse_if_silent
from seminars import permissions
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership, Seminar


# --- Pinned --------------------------------------------------------------------------------------
def pin(*, thread: Thread, by: Membership) -> bool:
    """Let a thread stand first; False where it does. Raises PermissionDenied."""
    with transaction.atomic():
        current = _thread_to_pin(thread, by)
        if Pin.objects.standing().filter(thread=current).exists():
            return False
        Pin.objects.create(seminar_id=current.seminar_id, thread=current, created_by=by)
        record_thread(EventKind.THREAD_PINNED, current, by=by)
    return True


def unpin(*, thread: Thread, by: Membership) -> bool:
    """Let a thread stand where it is again; False where it does. Raises PermissionDenied."""
    with transaction.atomic():
        current = _thread_to_pin(thread, by)
        standing = Pin.objects.standing().filter(thread=current).first()
        if standing is None or not standing.undo(by=by):
            return False
        record_thread(EventKind.THREAD_UNPINNED, current, by=by)
    return True


def _thread_to_pin(thread: Thread, by: Membership) -> Thread:
    current = _locked(thread, by)
    if not permissions.can_pin(by, current):
        raise PermissionDenied(_("Only staff can pin a thread."))
    return current


# --- Watched and muted ---------------------------------------------------------------------------
def subscribe(*, thread: Thread, level: SubscriptionLevel | None, by: Membership) -> None:
    """Watch a thread, mute it, or with None neither; raises PermissionDenied."""
    with transaction.atomic():
        current = _locked(thread, by)
        mine = ThreadSubscription.objects.filter(thread=current, membership=by)
        before = mine.first()
        if (before.level if before else None) == level:
            return
        if level is None:
            mine.delete()
        else:
            ThreadSubscription.objects.update_or_create(
                thread=current,
                membership=by,
                defaults={"seminar_id": current.seminar_id, "level": level},
            )
        record(
            EventKind.THREAD_SUBSCRIBED,
            by=by,
            target=current,
            reading_id=current.reading_id,
            audience=Audience.ME,
        )


# --- Tags of a thread ----------------------------------------------------------------------------
def tag_thread(*, thread: Thread, tag: Tag, by: Membership) -> bool:
    """Put a tag on a thread; False where it is there. Raises PermissionDenied, also where the
    thread has as many as it may."""
    with transaction.atomic():
        current = _thread_to_tag(thread, tag, by)
        there = set(Tagging.objects.filter(thread=current).values_list("tag", flat=True))
        if tag.pk in there:
            return False
        if len(there) >= MAX_THREAD_TAGS:
            raise PermissionDenied(_("A thread has three tags at most. Take one off first."))
        Tagging.objects.create(
            seminar_id=current.seminar_id, thread=current, tag=tag, created_by=by
        )
        record_thread(EventKind.THREAD_TAGGED, current, by=by)
    return True


def untag_thread(*, thread: Thread, tag: Tag, by: Membership) -> bool:
    """Take a tag off a thread; False where it is not there. Raises PermissionDenied."""
    with transaction.atomic():
        current = _thread_to_tag(thread, tag, by)
        if not Tagging.objects.filter(thread=current, tag=tag).delete()[0]:
            return False
        record_thread(EventKind.THREAD_TAGGED, current, by=by)
    return True


def _thread_to_tag(thread: Thread, tag: Tag, by: Membership) -> Thread:
    current = _locked(thread, by)
    current.reading = thread.reading
    refuse_if_silent(current.reading, by)
    if not permissions.can_tag(by, current) or tag.seminar_id != current.seminar_id:
        raise PermissionDenied(_("Only who began a thread and staff can tag it."))
    return current


def _locked(thread: Thread, by: Membership) -> Thread:
    current = locked_thread(by, pk=thread.pk)
    if current is None:
        raise PermissionDenied(_("This thread is not yours to see."))
    return current


# --- The vocabulary ------------------------------------------------------------------------------
@transaction.atomic
def create_tag(*, name: str, by: Membership) -> Tag:
    """Add a tag to the seminar of `by`; raises ValidationError where it has the name, or enough."""
    _hold_vocabulary(by, by.seminar_id)
    tags = Tag.objects.filter(seminar=by.seminar_id)
    if tags.count() >= MAX_TAGS:
        raise ValidationError(_("A seminar has twenty tags at most. Remove one first."))
    tag = Tag.objects.create(seminar_id=by.seminar_id, name=_free_name(name, tags))
    record(EventKind.TAG_CREATED, by=by, target=tag)
    return tag


@transaction.atomic
def rename_tag(*, tag: Tag, name: str, by: Membership, version: int | None = None) -> None:
    """Raises ValidationError where another tag has the name, and Stale."""
    _hold_vocabulary(by, tag.seminar_id)
    others = Tag.objects.filter(seminar=tag.seminar_id).exclude(pk=tag.pk)
    if update_version(tag, seen=version, name=_free_name(name, others)):
        record(EventKind.TAG_CHANGED, by=by, target=tag)


@transaction.atomic
def remove_tag(*, tag: Tag, by: Membership) -> None:
    """Take a tag out of the vocabulary, and off every thread."""
    _hold_vocabulary(by, tag.seminar_id)
    record(EventKind.TAG_REMOVED, by=by, target=tag)
    tag.delete()


def _hold_vocabulary(by: Membership, seminar_id: int) -> None:
    """Let one change at a time happen to a seminar's tags: of two at once the second sees the
    first."""
    if not permissions.can_edit_seminar(by) or by.seminar_id != seminar_id:
        raise PermissionDenied(_("Only an instructor can change the tags."))
    Seminar.objects.select_for_update(of=("self",)).get(pk=seminar_id)


def _free_name(name: str, others: Iterable[Tag]) -> str:
    """Return the name with single spaces; raise ValidationError where one of `others` has it."""
    name = " ".join(name.split())
    if name.casefold() in {tag.name.casefold() for tag in others}:
        raise ValidationError({"name": _("This seminar has a tag of that name already.")})
    return name
