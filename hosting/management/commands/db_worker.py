"""`manage.py db_worker`: the worker, which also looks every minute what is due by itself."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from discussions.notifications import keep_writing_news


class Command(db_worker.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        keep_writing_news()
        super().handle(*args, **options)
