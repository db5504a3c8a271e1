"""Every minute: a task of the worker, which puts the next one into the queue before it begins."""

from datetime import timedelta

from django_tasks import task

from database.periodic import keep_in_queue
from discussions.notifications.news_mail import write_news_mails

EVERY = timedelta(minutes=1)
# After what people wait for: files that are read, and links by which they sign in.
PRIORITY = -5


@task(priority=PRIORITY)
def write_news() -> None:
    """Write down what is due."""
    keep_writing_news()
    write_news_mails()


def keep_writing_news() -> None:
    """See that a next run is in the queue."""
    keep_in_queue(write_news, EVERY)
