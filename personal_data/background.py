"""Once an hour: who waited to be erased is erased, by the worker."""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks import task

from database.periodic import keep_in_queue
from personal_data.erasure_actions import erase_person
from personal_data.export_actions import delete_expired_exports
from personal_data.models import Erasure

logger = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
PRIORITY = -10


@task(priority=PRIORITY)
def erase_due() -> None:
    """Erase whose time is over, and delete files that were kept for theirs."""
    keep_erasing()
    erase_whose_time_is_over()
    delete_expired_exports()


def keep_erasing() -> None:
    """See that a next run is in the queue."""
    keep_in_queue(erase_due, EVERY)


def erase_whose_time_is_over() -> int:
    """Erase them one by one; return how many. Who instructs a seminar alone by now waits on."""
    done = 0
    for erasure in Erasure.objects.due(timezone.now()).select_related("user"):
        try:
            erase_person(user=erasure.user, words=erasure.words)
        except ValidationError:
            logger.warning("Account %s waits to be erased: a seminar needs it.", erasure.user_id)
        except Exception as error:  # noqa: BLE001 - the others do not wait for it
            # Without its words, which may be theirs.
            kind = type(error).__name__
            logger.error("Account %s could not be erased (%s).", erasure.user_id, kind)
        else:
            done += 1
    return done
