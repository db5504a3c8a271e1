"""Every minute: a task of the worker, which puts the next one into the queue before it begins."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from discussions.notifications.news_mail import write_news_mails

EVERY = timedelta(minutes=1)
# After what people wait for: files that are read, and links by which they sign in.
PRIORITY = -5


@task(priority=PRIORITY)
def write_news() -> None:
    """Write down what is due; a worker that is killed meanwhile finds the next in the queue."""
    keep_writing_news()
    write_news_mails()


def keep_writing_news() -> None:
    """See that a next run is in the queue, and one only; those that are over leave no trace."""
    mine = DBTaskResult.objects.filter(task_path=write_news.module_path)
    mine.finished().filter(finished_at__lt=timezone.now() - EVERY).delete()
    if not mine.filter(status="READY").exists():
        write_news.using(run_after=timezone.now() + EVERY).enqueue()
