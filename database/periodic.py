"""Tasks that come again by themselves: each puts its next run into the queue before it begins."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult


def keep_in_queue(task: "Task[Any, Any]", every: timedelta) -> None:
    """See that a next run is in the queue, and one only; those that are over leave no trace.

    A worker that is killed in a run finds the next one there.
    """
    mine = DBTaskResult.objects.filter(task_path=task.module_path)
    mine.finished().filter(finished_at__lt=timezone.now() - every).delete()
    if not mine.filter(status="READY").exists():
        task.using(run_after=timezone.now() + every).enqueue()
