"""Writes about seminars and who takes part in them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mail import withdraw_mail
from database.versions import update_version
from rendering.markdown import RENDERER_VERSION, as_html
from seminars import permissions
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.group_changes import follow_groups
from seminars.held import hold_seminar, require
from seminars.models import (
    INVITATION_MAIL,
    Group,
    Invitation,
    Membership,
    Role,
    Seminar,
    hash_token,
    new_token,
)

if TYPE_CHECKING:
    from datetime import timedelta

    from accounts.models import User

SLUG_LENGTH = 60
LAST_INSTRUCTOR = gettext_lazy(
    "A seminar needs an instructor, and this is its last one. Give another member that role first."
)


class InvitationRefused(Exception):
    """The link lets this person in no more; `reason` is one word of it.

    `archived` (about the seminar), `revoked`, `expired`, `used up` (about the invitation) or
    `removed` (about the person).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# --- The seminar -----------------------------------------------------------------------------
def create_seminar(*, name: str, description: str, by: "User") -> Seminar:
    """Start a seminar, with `by` as its instructor."""
    base = slugify(name)[: SLUG_LENGTH - 7].strip("-") or "seminar"
    slug = base
    while True:
        try:
            with transaction.atomic():
                seminar = Seminar.objects.create(name=name, description=description, slug=slug)
                member = Membership.objects.create(seminar=seminar, user=by, role=Role.INSTRUCTOR)
                record(EventKind.SEMINAR_CREATED, by=member, target=seminar)
        except IntegrityError:
            if not Seminar.objects.filter(slug=slug).exists():
                raise
            # Random, not counted up: a number would tell how many others have this name.
            slug = f"{base}-{get_random_string(6, 'abcdefghjkmnpqrstuvwxyz23456789')}"
        else:
            return seminar


@transaction.atomic
def update_seminar(
    *,
    seminar: Seminar,
    by: Membership,
    version: int | None = None,
    **settings: Any,
) -> None:
    """Change what `settings` name, like name and description; raises Stale where `version` is
    not the one of now."""
    require(permissions.can_edit_seminar(by), by, seminar.pk)
    if "rules" in settings:
        rules = settings["rules"]
        settings["rules_html"] = as_html(rules) if rules else ""
        settings["rules_renderer"] = RENDERER_VERSION if rules else 0
    if update_version(seminar, seen=version, **settings):
        record(EventKind.SEMINAR_CHANGED, by=by, target=seminar)


# --- Members -----------------------------------------------------------------------------------
def update_membership(
    *,
    membership: Membership,
    role: str,
    group: Group | None,
    by: Membership,
    assists: Iterable[Group] = (),
    version: int | None = None,
) -> None:
    """Give a member another role or group; an assistant, the further groups that they look after.

    Raises ValidationError when that would leave the seminar without an instructor, and Stale
    where `version` is not the one of now.
    """
    require(permissions.can_manage_people(by), by, membership.seminar_id)
    for one in (group, *assists):
        require(one is None or one.seminar_id == by.seminar_id, by, membership.seminar_id)
    with transaction.atomic():
        hold_seminar(membership.seminar_id)
        if role != Role.INSTRUCTOR:
            _keep_an_instructor(without=membership)
        looked_after = list(assists) if role == Role.ASSISTANT else []
        values = {"role": role, "group": group, "assists": looked_after}
        if not update_version(membership, seen=version, **values):
            return
        membership.__dict__.pop("assisted_ids", None)
        if not permissions.can_manage_people(membership):
            _revoke_invitations_of(membership, by)
        record(EventKind.MEMBER_CHANGED, by=by, target=membership, audience=Audience.STAFF)


def remove_membership(*, membership: Membership, by: Membership) -> None:
    """Remove a member; their words stay. Raises ValidationError for the last instructor."""
    require(permissions.can_manage_people(by), by, membership.seminar_id)
    with transaction.atomic():
        hold_seminar(membership.seminar_id)
        end_membership(membership=membership, by=by)
        record(EventKind.MEMBER_REMOVED, by=by, target=membership, audience=Audience.STAFF)


def end_membership(*, membership: Membership, by: Membership) -> None:
    """Let a member reach nothing any more, inside the transaction that says why.

    Raises ValidationError for the last instructor.
    """
    _keep_an_instructor(without=membership)
    membership.removed_at, membership.removed_by = timezone.now(), by
    membership.save(update_fields=["removed_at", "removed_by"])
    _revoke_invitations_of(membership, by)


def add_stand_in(*, seminar: Seminar, user: "User") -> Membership:
    """Make the host of the site an instructor, inside the transaction that found a need of one.

    `discussions.moderation.host_cases` says when. Who is one already stays so.
    """
    hold_seminar(seminar.pk, though_read_only=True)
    fields = {"role": Role.INSTRUCTOR, "removed_at": None, "removed_by": None}
    member, _created = Membership.objects.update_or_create(
        seminar=seminar, user=user, defaults=fields
    )
    record(EventKind.MEMBER_JOINED, by=member, target=member)
    return member


def _revoke_invitations_of(membership: Membership, by: Membership) -> None:
    """End what still lets people in on the word of somebody who may not invite any more.

    InvitationQuerySet.usable holds the same rule; this tells the people page who ended them.
    """
    for invitation in Invitation.objects.unexpired().filter(created_by=membership):
        _end_invitation(invitation, by)


def _keep_an_instructor(*, without: Membership) -> None:
    others = without.seminar.memberships.current().with_role(*permissions.INSTRUCTING_ROLES)
    if not others.exclude(pk=without.pk).exists():
        raise ValidationError(LAST_INSTRUCTOR, code="last_instructor")


# --- Groups ------------------------------------------------------------------------------------
@transaction.atomic
def create_group(*, name: str, by: Membership) -> Group:
    """Add a group to the seminar of `by`. Raises ValidationError when the name is taken."""
    require(permissions.can_manage_people(by), by, by.seminar_id)
    hold_seminar(by.seminar_id)
    name = _free_name(name, by.seminar.groups.all())
    group = Group.objects.create(seminar_id=by.seminar_id, name=name)
    record(EventKind.GROUP_CREATED, by=by, target=group)
    follow_groups(by)
    return group


@transaction.atomic
def rename_group(*, group: Group, name: str, by: Membership, version: int | None = None) -> None:
    """Raises ValidationError when another group of the seminar has the name, and Stale."""
    require(permissions.can_manage_people(by), by, group.seminar_id)
    hold_seminar(group.seminar_id)
    name = _free_name(name, by.seminar.groups.exclude(pk=group.pk))
    if update_version(group, seen=version, name=name):
        record(EventKind.GROUP_CHANGED, by=by, target=group)


def delete_group(*, group: Group, by: Membership) -> None:
    """Delete an empty group. Raises ValidationError when somebody or something is in it."""
    require(permissions.can_manage_people(by), by, group.seminar_id)
    with transaction.atomic():
        hold_seminar(group.seminar_id)
        if group.memberships.current().exists():
            raise ValidationError(_("The group has members. Move them to another group first."))
        if group.invitations.usable().exists():
            raise ValidationError(_("An open invitation leads to this group. Revoke it first."))
        follow_groups(by, group)
        record(EventKind.GROUP_DELETED, by=by, target=group, audience=Audience.STAFF)
        try:
            group.delete()
        except ProtectedError as error:
            raise ValidationError(
                _(
                    "Members of this group have written to it, or a reading is for it."
                    " It stays, so that nothing of that is lost."
                )
            ) from error


def _free_name(name: str, others: Iterable[Group]) -> str:
    """Return the name with single spaces; raise ValidationError where one of `others` has it.

    “Monday” and “monday” are one name to people. The seminar's row is held meanwhile: of two at
    once the second sees the first. The database's own constraint knows less of other scripts.
    """
    name = " ".join(name.split())
    if name.casefold() in {group.name.casefold() for group in others}:
        raise ValidationError({"name": _("This seminar has a group of that name already.")})
    return name


# --- Invitations -------------------------------------------------------------------------------
@transaction.atomic
def create_invitation(
    *,
    role: str,
    group: Group | None,
    max_uses: int,
    valid_for: "timedelta",
    by: Membership,
    token: str | None = None,
) -> tuple[Invitation, str]:
    """Return the invitation and its token, which is kept nowhere and cannot be had again.

    With the `token` of an invitation that there is, that one is returned.
    """
    require(permissions.can_manage_people(by), by, group.seminar_id if group else by.seminar_id)
    hold_seminar(by.seminar_id)
    same = Invitation.objects.filter(seminar=by.seminar_id, created_by=by).with_token(token or "")
    if token and (earlier := same.first()):
        return earlier, token
    token = token or new_token()
    invitation = Invitation.objects.create(
        seminar_id=by.seminar_id,
        token_hash=hash_token(token),
        role=role,
        group=group,
        max_uses=max_uses,
        expires_at=timezone.now() + valid_for,
        created_by=by,
    )
    record(EventKind.INVITATION_CREATED, by=by, target=invitation, audience=Audience.STAFF)
    return invitation, token


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Membership) -> None:
    """End an invitation. Doing so twice keeps who did it first."""
    require(permissions.can_manage_people(by), by, invitation.seminar_id)
    _end_invitation(invitation, by)


def _end_invitation(invitation: Invitation, by: Membership) -> None:
    open_still = Invitation.objects.filter(pk=invitation.pk, revoked_at=None)
    if open_still.update(revoked_at=timezone.now(), revoked_by=by):
        withdraw_mail(purpose=INVITATION_MAIL, target_id=invitation.pk)
        record(EventKind.INVITATION_REVOKED, by=by, target=invitation, audience=Audience.STAFF)


def accept_invitation(*, token: str, user: "User") -> Membership:
    """Make `user` a member, as the invitation says, and count the use.

    A member gets the role and group of an invitation that gives more rights; any other stays
    as they are, and nothing is counted. Who was removed comes back only by an invitation made
    after that. Raises
    Invitation.DoesNotExist for a token that never was, and InvitationRefused.
    """
    invitation = Invitation.objects.with_token(token).select_related("seminar", "created_by").get()
    members = Membership.objects.filter(seminar=invitation.seminar, user=user)
    try:
        with transaction.atomic():
            invitation.seminar = hold_seminar(invitation.seminar_id, though_read_only=True)
            standing = invitation.standing_of(user)
            if standing == "promoted" and _count_use(invitation):
                return _accepted(invitation, _promote(members.get(), invitation))
            if standing == "open" and _count_use(invitation):
                member = _let_in(members.first(), invitation, user)
                record(EventKind.MEMBER_JOINED, by=member, target=member)
                return _accepted(invitation, member)
    except IntegrityError:
        # The same person joined at the same moment from another window: that one counted.
        return members.current().get()
    invitation.refresh_from_db()
    standing = invitation.standing_of(user)
    if standing != "member":
        raise InvitationRefused(standing)
    return members.current().get()


def _count_use(invitation: Invitation) -> bool:
    """Take one use, if there is one: a single statement, so that no two take the last."""
    # Of its own columns: a join would be asked before the row is held.
    usable = Invitation.objects.unexpired().filter(pk=invitation.pk)
    return usable.update(uses=F("uses") + 1) == 1


def _accepted(invitation: Invitation, member: Membership) -> Membership:
    """Note whom a personal invitation let in: they may have another address than it was sent to."""
    if invitation.email:
        Invitation.objects.filter(pk=invitation.pk).update(accepted_by=member)
    return member


def _promote(member: Membership, invitation: Invitation) -> Membership:
    """Give a member the invitation's role, and its group where it names one."""
    group = invitation.group or member.group
    update_version(member, seen=None, role=invitation.role, group=group)
    record(EventKind.MEMBER_CHANGED, by=member, target=member, audience=Audience.STAFF)
    return member


def _let_in(member: Membership | None, invitation: Invitation, user: "User") -> Membership:
    role, group_id = invitation.role, invitation.group_id
    if member is None:
        return Membership.objects.create(
            seminar=invitation.seminar, user=user, role=role, group_id=group_id
        )
    now = timezone.now()
    removed = Membership.objects.filter(pk=member.pk).exclude(removed_at=None)
    changed = removed.update(
        role=role, group_id=group_id, removed_at=None, removed_by=None, joined_at=now
    )
    if not changed:
        raise IntegrityError(_("Let in from another window meanwhile."))
    member.refresh_from_db()
    return member
