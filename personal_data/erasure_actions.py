"""Erasing a person: asked for, taken back, done."""

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.mail import queue_mail, sends_mail
from accounts.models import User
from accounts.session_actions import end_all_sessions
from database.thorough_deletion import leave_no_residue, thorough_deletion
from personal_data.copy_erasure import erase_copies
from personal_data.erased_person import ErasedPerson
from personal_data.export_actions import delete_exports
from personal_data.material_erasure import erase_material
from personal_data.mention_erasure import erase_mentions
from personal_data.models import ERASURE_WAITS, Erasure, Words
from personal_data.row_erasure import erase_rows
from personal_data.waiting_erasure import seminars_to_hand_over
from personal_data.word_erasure import erase_private_words, erase_public_words
from seminars.actions import end_membership
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.held import hold_seminar

# A name that no mail server has (RFC 2606): nothing is ever sent there.
NOBODYS_HOST = "erased.invalid"


@transaction.atomic
def ask_erasure(*, user: User, words: str, link: str) -> Erasure:
    """Let this person be erased when the time to take it back is over; sign them out everywhere.

    `link` is the page on which they take it back, for the mail that tells them. Asked for twice,
    it is as it was asked for first. Raises ValidationError where a seminar has no other instructor.
    """
    User.objects.select_for_update().get(pk=user.pk)
    refuse_with_seminars(user=user)
    now = timezone.now()
    fresh = {"words": words, "asked_at": now, "due_at": now + ERASURE_WAITS}
    erasure, is_new = Erasure.objects.get_or_create(user=user, defaults=fresh)
    if is_new and sends_mail():
        _tell(erasure, link)
    end_all_sessions(user=user)
    return erasure


def refuse_with_seminars(*, user: User) -> None:
    """Raise ValidationError where they are the only instructor of a seminar."""
    names = [str(one) for one in seminars_to_hand_over(user)]
    if names:
        said = ngettext(
            "%(seminars)s has no other instructor. Make another member its instructor first.",
            "%(seminars)s have no other instructor. Make another member of each its instructor "
            "first.",
            len(names),
        )
        raise ValidationError(said % {"seminars": ", ".join(names)}, code="last_instructor")


def _tell(erasure: Erasure, link: str) -> None:
    context = {"erasure": erasure, "link": link}
    message = EmailMessage(
        subject=_("Your account will be erased"),
        body=render_to_string("emails/erasure.txt", context).strip() + "\n",
        to=[erasure.user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    queue_mail(message)


@transaction.atomic
def take_back_erasure(*, user: User) -> bool:
    """Let them stay; return whether they were still waiting to be erased."""
    gone, _rows = Erasure.objects.waiting().filter(user=user).delete()
    return bool(gone)


def erase_person(*, user: User, words: str) -> None:
    """Erase this person now: nothing that is kept names them any more.

    Their words stay as those of “A former member”, or go (`Words`). What names them goes always:
    personal_data.what_is_kept says of each kind of row what becomes of it. Twice is as once.
    Raises ValidationError where a seminar has no other instructor.
    """
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        if held.erased_at is None:
            refuse_with_seminars(user=held)
            with thorough_deletion():
                _erase(ErasedPerson.of(held, Words(words)))
    # Where this is cut off, it is done by the next run: the erasure is not done yet.
    leave_no_residue()
    now = timezone.now()
    new = {"words": words, "asked_at": now, "due_at": now, "done_at": now}
    Erasure.objects.update_or_create(user=user, defaults={"done_at": now}, create_defaults=new)


def _erase(person: ErasedPerson) -> None:
    end_all_sessions(user=person.user)
    _end_memberships(person)
    erase_mentions(person)
    erase_private_words(person)
    if person.all_goes:
        erase_public_words(person)
    erase_material(person)
    erase_copies(person)
    erase_rows(person)
    delete_exports(user=person.user)
    _erase_account(person.user)


def _end_memberships(person: ErasedPerson) -> None:
    """Let them leave each seminar in which they are, as if they had done it themselves."""
    for member in person.memberships:
        hold_seminar(member.seminar_id, though_read_only=True)
        if member.removed_at is None:
            end_membership(membership=member, by=member)
            record(EventKind.MEMBER_LEFT, by=member, target=member, audience=Audience.STAFF)
        member.muted_until = member.restricted_at = None
        member.personal_mutes = 0
        member.save(update_fields=["muted_until", "restricted_at", "personal_mutes"])
        member.assists.clear()


def _erase_account(user: User) -> None:
    """Leave a row to which words and acts belong, and that says of nobody who it was."""
    fresh = User(email=f"{user.pk}@{NOBODYS_HOST}", is_active=False, erased_at=timezone.now())
    fresh.set_unusable_password()
    kept = {"id", "date_joined", "session_generation"}
    columns = [one.name for one in User._meta.concrete_fields if one.name not in kept]
    for column in columns:
        setattr(user, column, getattr(fresh, column))
    user.save(update_fields=columns)
    user.groups.clear()
    user.user_permissions.clear()
