"""Mails wait in the database and are sent by the worker, so that no page waits for a mail server.

A mail is written down in the transaction of what it tells of: both are kept, or neither. The
worker sends it, tries again after growing waits, and gives it up after a day. Whether it is
sent or given up, its row goes: it holds an address, and perhaps a link that lets somebody in.
"""

import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_tasks import task

from accounts.models import QueuedMail

logger = logging.getLogger(__name__)

# A try may take a minute, where the server answers each of its lines at the last moment.
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(hours=24)
# After a server has not answered, none of the other mails asks it for so long.
SERVER_RESTS = timedelta(minutes=1)
# Before the files that wait to be read: people look at their mail meanwhile.
PRIORITY = 10
# Of many mails at once, after those: nobody waits for them at a sign-in page.
BULK_PRIORITY = 5


class MailOutcome(models.TextChoices):
    """What became of a mail, for whoever has asked to be told."""

    SENT = "sent", gettext_lazy("Sent")
    REFUSED = "refused", gettext_lazy("The mail server takes no mail for this address")
    GIVEN_UP = "given_up", gettext_lazy("The mail server could not be reached for a day")


_told: dict[str, Callable[[int, MailOutcome], None]] = {}
_made: dict[str, Callable[[int], EmailMessage | None]] = {}


def on_outcome(purpose: str, tell: Callable[[int, MailOutcome], None]) -> None:
    """Have `tell` called with a mail's target and what became of it; from AppConfig.ready()."""
    _told[purpose] = tell


def made_at_sending(purpose: str, make: Callable[[int], EmailMessage | None]) -> None:
    """Have the mails of this purpose made of their target by each try; from AppConfig.ready().

    What they tell may have been taken back meanwhile: None where nothing is left to be sent.
    """
    _made[purpose] = make


def queue_made_mail(*, purpose: str, target_id: int) -> None:
    """Write a mail down that is made when it is sent."""
    queued = QueuedMail.objects.create(message={}, purpose=purpose, target_id=target_id)
    send_queued_mail.using(priority=_priority(queued)).enqueue(queued.pk)


def sends_mail() -> bool:
    """Whether this site has a mail server at all."""
    return not settings.MAIL_TRANSPORT.endswith("dummy.EmailBackend")


class QueuedBackend(BaseEmailBackend):
    """Where Django hands a mail over: it is written down, and sent by `settings.MAIL_TRANSPORT`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails down; return how many. Raises TypeError where one has attachments."""
        with transaction.atomic():
            for message in email_messages:
                queue_mail(message)
        return len(email_messages)


def queue_mail(
    message: EmailMessage,
    *,
    purpose: str = "",
    target_id: int | None = None,
    run_after: datetime | None = None,
) -> None:
    """Write one mail down, to be sent now or from `run_after` on.

    With a `purpose` it is one of many, which others go before; `on_outcome` says who is told.
    """
    queued = QueuedMail.objects.create(
        message=_fields_of(message), purpose=purpose, target_id=target_id
    )
    send_queued_mail.using(priority=_priority(queued), run_after=run_after).enqueue(queued.pk)


def withdraw_mail(*, purpose: str, target_id: int) -> None:
    """Let a mail go that waits still: it is not sent any more."""
    QueuedMail.objects.filter(purpose=purpose, target_id=target_id).delete()


def _priority(mail: QueuedMail) -> int:
    return BULK_PRIORITY if mail.purpose else PRIORITY


def _fields_of(message: EmailMessage) -> dict[str, Any]:
    """The mail as JSON: what its class is made with."""
    if message.attachments:
        raise TypeError("A mail that waits in the database has no attachments.")
    domain = parseaddr(message.from_email)[1].rpartition("@")[2]
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        # Sent twice, where a worker was killed between sending and noting it, it is one mail.
        "headers": {"Message-ID": make_msgid(domain=domain or None), **message.extra_headers},
        "alternatives": [list(each) for each in getattr(message, "alternatives", [])],
    }


@task(priority=PRIORITY)
def send_queued_mail(pk: int) -> None:
    """Send the mail, if it still waits; the worker's task, which sees to its own next try."""
    mail = _to_be_tried(pk)
    if mail is None:
        return
    fields = _to_be_sent(mail)
    if fields is None:
        mail.delete()
        return
    try:
        transport = get_connection(settings.MAIL_TRANSPORT)
        EmailMultiAlternatives(**fields, connection=transport).send()
    except OSError as error:  # every one of smtplib's is such
        _failed(mail, error)
    else:
        _settle(mail, MailOutcome.SENT)


def _to_be_sent(mail: QueuedMail) -> dict[str, Any] | None:
    """What the mail is now; None where there is nothing to send any more."""
    if mail.purpose not in _made:
        return dict(mail.message)
    message = _made[mail.purpose](mail.target_id or 0)
    return _fields_of(message) if message else None


def _settle(mail: QueuedMail, outcome: MailOutcome) -> None:
    """Let the row go, and tell who asked, in one transaction."""
    with transaction.atomic():
        gone, _rows = QueuedMail.objects.filter(pk=mail.pk).delete()
        if gone and mail.target_id is not None and mail.purpose in _told:
            _told[mail.purpose](mail.target_id, outcome)


def _to_be_tried(pk: int) -> QueuedMail | None:
    """The mail, or None where it is not to be tried now; the next try is in the queue already.

    It stands there before this one begins: a worker that is killed meanwhile loses no mail.
    """
    now = timezone.now()
    with transaction.atomic():
        mail = QueuedMail.objects.select_for_update().filter(pk=pk).first()
        if mail is None:
            return None
        if not _is_last_try(mail):
            again = send_queued_mail.using(priority=_priority(mail), run_after=now + _wait(mail))
            again.enqueue(pk)
    others = QueuedMail.objects.exclude(pk=pk)
    server_rests = others.filter(failed_at__gt=now - SERVER_RESTS).exists()
    return None if server_rests and not _is_last_try(mail) else mail


def _is_last_try(mail: QueuedMail) -> bool:
    return timezone.now() - mail.created_at >= GIVEN_UP_AFTER


def _wait(mail: QueuedMail) -> timedelta:
    """As long as it has waited by now: each wait is twice the one before, within limits."""
    return max(FIRST_WAIT, min(timezone.now() - mail.created_at, LONGEST_WAIT))


def _failed(mail: QueuedMail, error: OSError) -> None:
    """Note it without the error's own words, which may have the address in them."""
    why = type(error).__name__
    if _is_refused_for_good(error):
        logger.warning("Mail %d is given up: its address is refused (%s).", mail.pk, why)
        _settle(mail, MailOutcome.REFUSED)
    elif _is_last_try(mail):
        hours = GIVEN_UP_AFTER // timedelta(hours=1)
        logger.error("Mail %d is given up after %d hours (%s).", mail.pk, hours, why)
        _settle(mail, MailOutcome.GIVEN_UP)
    else:
        logger.warning("Mail %d could not be sent (%s); it is tried again.", mail.pk, why)
        if not isinstance(error, smtplib.SMTPRecipientsRefused):  # or it is this mail alone
            mail.failed_at = timezone.now()
            mail.save(update_fields=["failed_at"])


def _is_refused_for_good(error: OSError) -> bool:
    """Whether the server said of every address that it will never take mail for it."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _words in error.recipients.values()
    )
