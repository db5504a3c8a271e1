"""Who may read a thread: the choices of who begins one, and in words for who reads it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from discussions.common.readers import members_in_audience
from discussions.models import Thread
from documents.visible import isolated
from readings.models import Anonymity, Reading
from seminars import permissions
from seminars.audience import Audience, audience_name, parse_audience
from seminars.models import Group, Membership, Role


@dataclass(frozen=True, slots=True)
class ChosenAudience:
    """An audience with the group or the member that it names, as the columns of a thread."""

    audience: str
    group_id: int | None = None
    addressee: Membership | None = None


def chosen_audience(name: str, by: Membership) -> ChosenAudience:
    """Return the audience that a form names; raise PermissionDenied where `by` may not choose it.

    “group” alone is one's own. The group of a word to one member is the one that they are in now.
    """
    audience, whose = parse_audience(name)
    group_id, addressee = None, None
    if audience == Audience.GROUP:
        group_id = whose or by.group_id
        if whose and by.is_instructor and not by.seminar.groups.filter(pk=whose).exists():
            group_id = None
    elif audience == Audience.MEMBER:
        members = Membership.objects.current().select_related("user")
        addressee = members.filter(seminar_id=by.seminar_id, pk=whose or 0).first()
    allowed = permissions.can_post_to_audience(by, audience, group_id=group_id, addressee=addressee)
    if not audience or not allowed:
        raise PermissionDenied(_("You may not write to these people here."))
    return ChosenAudience(audience, addressee.group_id if addressee else group_id, addressee)


def audience_choices(member: Membership) -> list[tuple[str, str]]:
    """Return the audiences that this member may choose, as forms name them, and in words.

    One query at the most, for staff. One member and staff: see `addressee_choices`.
    """
    choices: list[tuple[str, str]] = []
    for value, name in Audience.choices:
        if value == Audience.GROUP:
            choices += [_group_choice(group, member) for group in _groups_of(member)]
        elif permissions.can_post_to_audience(member, value):
            choices.append((value, str(name)))
    return choices


def _groups_of(member: Membership) -> list[Group]:
    if not permissions.can_post(member):
        return []
    if member.is_instructor:
        return list(member.seminar.groups.all())
    if member.is_assistant:
        return list(Group.objects.filter(pk__in=member.group_ids)) if member.group_ids else []
    return [member.group] if member.group else []


def _group_choice(group: Group, member: Membership) -> tuple[str, str]:
    name = isolated(group.name)
    own = group.pk == member.group_id
    words = _("My group (%(name)s)") if own else _("The group %(name)s")
    return audience_name(Audience.GROUP, group.pk), words % {"name": name}


def addressee_choices(member: Membership) -> list[tuple[str, str]]:
    """Return whom staff may write to, so that only they and staff read it: see `can_write_to`."""
    if not member.is_staff:
        return []
    members = member.seminar.memberships.current().with_role(Role.PARTICIPANT)
    people = members.select_related("user").order_by("user__name", "pk")
    return [
        (audience_name(Audience.MEMBER, one.pk), isolated(one.name))
        for one in people
        if permissions.can_write_to(member, one)
    ]


def anonymity_for(reading: Reading, member: Membership) -> str:
    """How `member` may be anonymous here: “optional”, “required”, or not at all (empty)."""
    if reading.anonymity == Anonymity.OFF or not permissions.can_be_anonymous(member):
        return ""
    return str(reading.anonymity)


def anonymity_in(readings: Iterable[Reading], member: Membership) -> str:
    """The same in what joins these readings: as the one lets them that asks for more of it."""
    asked = {anonymity_for(one, member) for one in readings}
    return next((one for one in (Anonymity.REQUIRED, Anonymity.OPTIONAL) if one in asked), "")


def readers_of(reading: Reading, name: str, *, by: Membership) -> QuerySet[Membership]:
    """Return the members who would see a thread that `by` began for the audience of this name;
    nobody where they may not choose it."""
    try:
        chosen = chosen_audience(name, by)
    except PermissionDenied:
        return Membership.objects.none()
    return members_in_audience(
        reading,
        audience=chosen.audience,
        group_id=chosen.group_id,
        addressee_id=chosen.addressee.pk if chosen.addressee else None,
        by=by,
    )


# --- In words ------------------------------------------------------------------------------------
def audience_label(thread: Thread, viewer: Membership) -> str:
    """Name who may see a thread, where it is not everybody."""
    return audience_words(
        thread.audience,
        thread.group.name if thread.group else "",
        thread.addressee.name if thread.addressee else "",
        is_own=thread.author_id == viewer.pk,
        is_to_viewer=thread.addressee_id is not None and thread.addressee_id == viewer.pk,
    )


def audience_words(
    audience: str, group: str, addressee: str = "", *, is_own: bool, is_to_viewer: bool = False
) -> str:
    """Name an audience, where it is not everybody; of a group or a member, by their name."""
    if audience == Audience.GROUP:
        return isolated(group)
    if audience == Audience.ME:
        return _("Only you") if is_own else _("Only its author")
    if audience == Audience.MEMBER:
        if is_to_viewer:
            return _("You and staff")
        return _("%(who)s and staff") % {"who": isolated(addressee)}
    return _("Staff only") if audience == Audience.STAFF else ""


def audience_sentence(thread: Thread, viewer: Membership) -> str:
    """Say who can read a thread."""
    label = audience_label(thread, viewer)
    if thread.audience == Audience.GROUP:
        author = thread.author
        # Of an anonymous author nobody learns here that they are of another group.
        if thread.alias or author.group_id == thread.group_id or author.is_instructor:
            return _("%(group)s and the instructors can read this thread.") % {"group": label}
        return _("%(group)s, the instructors and whoever began it can read this thread.") % {
            "group": label
        }
    if thread.audience == Audience.STAFF:
        return _("Staff can read this thread, and whoever began it.")
    if thread.audience == Audience.MEMBER:
        if thread.addressee_id == viewer.pk:
            return _("You and staff: nobody else sees this, now or later.")
        return _("%(who)s: nobody else sees this, now or later.") % {"who": label}
    if thread.audience == Audience.ME:
        return _("%(who)s can read this thread.") % {"who": label}
    return _("The whole seminar can read this thread.")
