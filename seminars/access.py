"""The one gate in front of each view: `@public`, `@signed_in`, `@library_view`, `@host_view` or
`@seminar_view`.

A test walks the URLconf and fails a view without one. First reach, then role: a
stranger gets 404, as if the seminar did not exist; a member without the right, 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from accounts.access import public, signed_in
from accounts.models import User
from database.prepared import Parameter, PreparedQuery
from seminars import permissions
from seminars.http import Request, SeminarRequest
from seminars.models import Membership
from seminars.muting import refuse_if_muted
from seminars.read_only import refuse_if_read_only, refuse_write

__all__ = ["host_view", "library_view", "public", "seminar_view", "signed_in"]

Rule = Callable[[Membership], bool]
Answer = TypeVar("Answer", bound=HttpResponseBase)

# Asked for every page of a seminar: whoever is removed or changes role is so at once.
MEMBERSHIP = PreparedQuery(
    lambda: Membership.objects.select_related("seminar", "user", "group").filter(
        seminar__slug=Parameter("slug", models.SlugField()),
        user=Parameter("user_pk", models.BigIntegerField()),
        removed_at=None,
    )
)


def library_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who may use the library: the host's staff and whoever instructs a seminar."""

    @wraps(view)
    def wrapped(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = Membership.objects.current().filter(user=request.user)
        instructs = mine.with_role(*permissions.INSTRUCTING_ROLES).exists()
        if not permissions.can_use_library(request.user, instructs=instructs):
            raise PermissionDenied(_("The library is for instructors."))
        return view(request, *args, **kwargs)

    wrapped.access = "library"  # type: ignore[attr-defined]
    return wrapped


def host_view(
    rule: Callable[[User], bool] = permissions.can_host,
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Let in whoever hosts the site, for whom `rule` holds."""

    def decorate(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def wrapped(request: Request, *args: Any, **kwargs: Any) -> Answer:
            if not rule(request.user):
                raise PermissionDenied(_("This page is for whoever hosts this site."))
            return view(request, *args, **kwargs)

        wrapped.access = rule.__name__  # type: ignore[attr-defined]
        return wrapped

    return decorate


def seminar_view(
    rule: Rule = permissions.is_member,
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Let in members of the seminar in the URL for whom `rule` holds.

    Sets `request.seminar` and `request.membership`; the view does not get the
    slug. Rules about an object are checked again in the action that changes it.
    """

    def decorate(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def wrapped(request: HttpRequest, seminar: str, **kwargs: Any) -> Answer:
            membership = MEMBERSHIP.first(slug=seminar, user_pk=request.user.pk)
            if membership is None:
                raise Http404(_("No such seminar, or not for this person."))
            seminar_request = cast("SeminarRequest", request)
            seminar_request.seminar = membership.seminar
            seminar_request.membership = membership
            refuse_if_read_only(request, membership, view)
            if not rule(membership):
                refuse_write(membership.seminar)
                if rule is permissions.can_post:
                    refuse_if_muted(membership)
                raise PermissionDenied(_("Your role in this seminar does not allow this."))
            return view(seminar_request, **kwargs)

        wrapped.access = rule.__name__  # type: ignore[attr-defined]
        return wrapped

    return decorate
