"""Rows held still while they are written."""

from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from discussions.models import Comment, Thread, ThreadQuerySet
from readings.models import PageVersion, Reading
from readings.revisions import lock_reading
from seminars.models import Membership


def hold_readings(readings: Iterable[Reading]) -> dict[int, Reading]:
    """Hold the readings in which words are put down together, and then their pages, until the
    transaction ends; return them as they stand now, by key.

    Always in one order, and readings first, as who posts in one of them does: so whoever joins two
    texts waits for another who joins them the other way round, and neither in a circle.
    """
    several = sorted(readings, key=lambda reading: reading.pk)
    held = {one.pk: lock_reading(one) for one in several}
    _hold_pages(held)
    return held


def hold_threads(keys: Iterable[int], readings: Iterable[int] = ()) -> None:
    """Hold several threads, and then the pages on which they stand, and those of these readings,
    until the transaction ends: for who writes in more than one.

    A reply holds its thread before its pages, which of a link are two. Both are taken in one order
    here, so that neither waits in a circle.
    """
    threads = Thread.objects.select_for_update(of=("self",)).filter(pk__in=set(keys))
    held = list(threads.order_by("pk"))
    _hold_pages({*readings, *(key for one in held for key in one.reading_ids)})


def hold_talk(readings: Collection[int]) -> None:
    """Hold all threads that stand on the pages of these readings, and then those pages."""
    here = Thread.objects.filter(Q(reading__in=readings) | Q(far_reading__in=readings))
    hold_threads(here.values_list("pk", flat=True), readings)


def _hold_pages(readings: Collection[int]) -> None:
    pages = PageVersion.objects.filter(reading__in=readings).order_by("reading")
    list(pages.select_for_update().values_list("reading"))


def locked_comment(
    comment: Comment, by: Membership, *, among: ThreadQuerySet | None = None
) -> Comment:
    """Return the comment as it stands now, locked with its thread until the transaction ends.

    The thread comes first, as in every write, so that two writers never wait for each
    other. Raises PermissionDenied where it is not `among` these, or else not for `by` to see.
    """
    reached = Thread.objects.visible_to(by) if among is None else among
    thread = reached.select_for_update(of=("self",)).filter(pk=comment.thread_id).first()
    if thread is None:
        raise PermissionDenied(_("This thread is not yours to see."))
    current = Comment.objects.select_for_update(of=("self",)).select_related("author")
    found = current.get(pk=comment.pk)
    if Thread.reading.is_cached(comment.thread):
        thread.reading = comment.thread.reading
    found.thread = thread
    return found


def locked_own_comment(comment: Comment, by: Membership) -> Comment:
    """The same for whoever wrote it, wherever they or its thread have gone since."""
    if comment.author_id != by.pk:
        raise PermissionDenied(_("These are not your words."))
    return locked_comment(comment, by, among=Thread.objects.of_seminar(by))
