"""The worker deletes what is due. A run that dies in the middle has done nothing: another is in
the queue before it begins."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from lifecycle.deletion import delete_seminar
from seminars.models import SeminarDeletion

AGAIN = timedelta(hours=1)


@task()
def delete_when_due(pk: int) -> None:
    """Do one deletion, if it is due and stands still."""
    deletion = SeminarDeletion.objects.standing().filter(pk=pk).first()
    if deletion is None:
        return
    later = max(timezone.now() + AGAIN, deletion.due_at)
    delete_when_due.using(run_after=later).enqueue(pk)
    delete_seminar(pk)
