"""Where the name and addresses of a person were copied: invitations, rosters, mails, answers."""

import json

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.mail import withdraw_mail
from accounts.models import AnsweredForm, QueuedMail
from personal_data.erased_person import ErasedPerson
from seminars.models import INVITATION_MAIL, Invitation, Roster


def erase_copies(person: ErasedPerson) -> None:
    """Delete what is about nobody else; take their name out of the rest."""
    _erase_invitations(person)
    _erase_rosters(person)
    _erase_mails(person)
    for form in AnsweredForm.objects.exclude(said=[]):
        if person.is_named_in(json.dumps(form.said, ensure_ascii=False)):
            form.said = person.taken_from(form.said)
            form.save(update_fields=["said"])
    _erase_tasks(person)
    _forget_what_expired()


def _erase_invitations(person: ErasedPerson) -> None:
    """Personal ones to them, in seminars that they never joined too; those that wait are sent no
    more."""
    sent_to = Q(accepted_by__in=person.members)
    for address in person.addresses:
        sent_to |= Q(email__iexact=address)
    for invitation in Invitation.objects.personal().filter(sent_to):
        withdraw_mail(purpose=INVITATION_MAIL, target_id=invitation.pk)
        invitation.delete()


def _erase_rosters(person: ErasedPerson) -> None:
    """The lists that they brought, and their line in those of others."""
    Roster.objects.filter(created_by__in=person.members).delete()
    for roster in Roster.objects.all():
        lines = roster.text.splitlines(keepends=True)
        kept = [line for line in lines if not person.is_addressed_in(line)]
        if len(kept) < len(lines):
            roster.text = "".join(kept)
            roster.save(update_fields=["text"])


def _erase_mails(person: ErasedPerson) -> None:
    """Mails to them that wait; in mails to others, their name."""
    for mail in QueuedMail.objects.exclude(message={}):
        said = json.dumps(mail.message, ensure_ascii=False)
        if person.is_addressed_in(said):
            mail.delete()
        elif person.is_named_in(said):
            mail.message = person.taken_from(mail.message)
            mail.save(update_fields=["message"])


def _erase_tasks(person: ErasedPerson) -> None:
    """Tasks carry keys; what one of them failed with may have told more."""
    for done in DBTaskResult.objects.exclude(traceback="").only("pk", "traceback"):
        if person.is_named_in(done.traceback):
            done.delete()


def _forget_what_expired() -> None:
    """Nothing is asked of the cache that is older than its time, and the database keeps it still:
    files that were looked at before they were taken in."""
    cache = caches["default"]
    if isinstance(cache, DatabaseCache):
        table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {table} WHERE expires < %s",  # noqa: S608 - a name of the settings
                [connection.ops.adapt_datetimefield_value(timezone.now().replace(tzinfo=None))],
            )
