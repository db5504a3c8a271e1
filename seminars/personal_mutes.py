"""“Mute for me”: a member who wants to read nothing more of another one's words, for themselves.

What the other says is folded for them, is never new to them and no news of theirs. Three things
are left out of it. What somebody says as staff, they say in their office. What is anonymous stays
as it is: if it were folded, that would tell whose it is. And nobody else learns of it.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from seminars import permissions
from seminars.models import Membership, PersonalMute


def heard_by(viewer: Membership, *, author: str = "author") -> Q:
    """Of words that `viewer` sees: those whose author they have not muted for themselves.

    `author` leads from the rows to whoever wrote; the role then and the alias stand beside it.
    Nothing is asked for who has muted nobody. The rule of `permissions.has_muted`, for a query.
    """
    if not viewer.personal_mutes:
        return Q()
    muted = PersonalMute.objects.filter(membership=viewer.pk, muted=OuterRef(author))
    before, _sign, _last = author.rpartition("__")
    path = f"{before}__" if before else ""
    by_staff = Q(**{f"{path}author_role__in": permissions.STAFF_ROLES})
    return by_staff | Q(**{f"{path}alias__gt": ""}) | ~Q(Exists(muted))


def mute_for_self(*, member: Membership, by: Membership) -> None:
    """Let `by` read nothing more of this member's words. Raises PermissionDenied."""
    if not permissions.can_mute_for_self(by, member):
        raise PermissionDenied(_("This member’s words cannot be muted."))
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=by.pk)
        row = {"seminar_id": by.seminar_id, "membership": by, "muted": member}
        PersonalMute.objects.get_or_create(membership=by, muted=member, defaults=row)
        _count(by)


def unmute_for_self(*, member: Membership, by: Membership) -> None:
    """Let `by` read this member's words again, whatever both have become meanwhile."""
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=by.pk)
        PersonalMute.objects.filter(membership=by, muted=member).delete()
        _count(by)


def _count(by: Membership) -> None:
    """Keep how many it are. The database then raises the version of what the pages show."""
    by.personal_mutes = PersonalMute.objects.filter(membership=by).count()
    by.__dict__.pop("muted_ids", None)
    by.save(update_fields=["personal_mutes"])


def muted_by(viewer: Membership) -> "QuerySet[Membership]":
    """Those whom `viewer` has muted for themselves, by name; members of then among them."""
    muted = PersonalMute.objects.filter(membership=viewer).values("muted")
    return Membership.objects.filter(pk__in=muted).select_related("user").order_by("user__name")


def find_unmuted(viewer: Membership, pk: int | None) -> Membership | None:
    """Return the member of this key, where `viewer` has not muted them and could."""
    if pk is None or pk in viewer.muted_ids:
        return None
    found = Membership.objects.filter(seminar=viewer.seminar_id, pk=pk).select_related("user")
    member = found.first()
    return member if member and permissions.can_mute_for_self(viewer, member) else None
