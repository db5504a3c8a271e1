"""What holds in a seminar that is archived, or waits to be deleted: it is read, and not written in.

The rules of writing (seminars.permissions) begin with `may_change`, so that no form is offered.
The gates in front of the views ask here, and so does each write (seminars.held).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.defaultfilters import date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.models import Membership, Seminar

View = TypeVar("View", bound=Callable[..., Any])

READING_METHODS = {"GET", "HEAD", "OPTIONS"}


def read_only_sentence(seminar: Seminar) -> str:
    """Say since when nothing can be written in the seminar, and why; "" where it can."""
    if seminar.deleted_from is not None:
        said = _(
            "This seminar will be deleted on %(date)s. Until then its instructors and the host can"
            " read it, take a copy, and take this back."
        )
        return said % {"date": _day(seminar.deleted_from)}
    if seminar.archived_at is None:
        return ""
    said = _(
        "This seminar was archived on %(date)s. All of it can be read, searched and exported;"
        " nothing can be written or changed any more. An instructor can take it out of the archive."
    )
    return said % {"date": _day(seminar.archived_at)}


class SeminarReadOnly(PermissionDenied):
    """Refused since nothing is written in the seminar any more; `title` heads the page that says so
    and the way back to it."""

    title = gettext_lazy("Nothing is written here any more")


class SeminarClosed(PermissionDenied):
    """Refused since the seminar is to be deleted."""

    title = gettext_lazy("This seminar is closed")


def though_read_only(view: View) -> View:
    """Let what is sent to this view through in an archived seminar, too.

    It changes what the member keeps for themselves alone (how far they have read), or what the
    archive itself is about. The innermost decorator: the gates look for the mark.
    """
    view.though_read_only = True  # type: ignore[attr-defined]
    return view


def refuse_if_read_only(request: HttpRequest, member: Membership, view: Callable[..., Any]) -> None:
    """Raise SeminarReadOnly, with the reason, for what changes something in a read-only seminar,
    and SeminarClosed for whoever may not even read one that is to be deleted."""
    seminar = member.seminar
    if not seminar.is_read_only:
        return
    if seminar.deleted_from is not None and not member.is_instructor:
        raise SeminarClosed(closed_sentence(seminar))
    if request.method not in READING_METHODS and not getattr(view, "though_read_only", False):
        raise SeminarReadOnly(read_only_sentence(seminar))


def closed_sentence(seminar: Seminar) -> str:
    """What a member reads of a seminar that is to be deleted; its instructors read on."""
    said = _(
        "An instructor or the host is deleting this seminar: it is closed, and will be gone on"
        " %(date)s."
    )
    return said % {"date": _day(seminar.deleted_from)}


def refuse_write(seminar: Seminar) -> None:
    """Raise SeminarReadOnly where nothing is written in the seminar any more."""
    if seminar.is_read_only:
        raise SeminarReadOnly(read_only_sentence(seminar))


def _day(moment: Any) -> str:
    return date(localtime(moment), "j F Y")
