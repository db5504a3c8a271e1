"""`manage.py db_worker`: the worker, which also looks every minute what is due by itself."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from discussions.notifications import keep_writing_news
from hosting.backups.schedule import keep_backing_up
from personal_data.background import keep_erasing


class Command(db_worker.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        keep_writing_news()
        keep_backing_up()
        keep_erasing()
        super().handle(*args, **options)
