"""The ZIP with all that is kept of a person."""

import json
import logging
import shutil
import tempfile
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import urljoin
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from discussions.notebook import NotebookFilter, NotebookSource, notebook_file_of
from personal_data.export_contents import account_of, membership_of, uploads_of
from personal_data.models import PersonalExport
from seminars.models import Membership

logger = logging.getLogger(__name__)

# Nobody waits at a page for it.
PRIORITY = -5


@task(priority=PRIORITY)
def make_export(pk: int) -> None:
    """Make the file that somebody has asked for; the worker's task. Twice is as once."""
    export = PersonalExport.objects.filter(pk=pk, ready_at=None).select_related("user").first()
    if export is None:
        return
    try:
        with tempfile.TemporaryFile() as file:
            write_export(export, file)
            file.seek(0)
            export.file.save("colloquy.zip", File(file), save=False)
    except Exception:
        # They see on the page that it failed, and ask again.
        PersonalExport.objects.filter(pk=pk).update(failed_at=timezone.now())
        raise
    kept = PersonalExport.objects.filter(pk=pk, ready_at=None)
    if not kept.update(file=export.file.name, ready_at=timezone.now(), failed_at=None):
        export.file.delete(save=False)  # erased meanwhile, or made by another worker


def write_export(export: PersonalExport, file: IO[bytes]) -> None:
    """Write the archive, one seminar after the other."""
    user = export.user
    memberships = Membership.objects.filter(user=user).select_related("seminar", "group", "user")
    current = [one for one in memberships if one.removed_at is None]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        context = {"user": user, "at": export.asked_at, "site": settings.SITE_URL}
        archive.writestr("README.txt", render_to_string("personal_data/export_readme.txt", context))
        _write_json(archive, "account.json", account_of(user))
        for member in memberships.order_by("pk"):
            _write_json(archive, f"seminars/{member.seminar.slug}.json", membership_of(member))
        notebook = notebook_file_of(
            NotebookSource(current), NotebookFilter(), "markdown", absolute=_absolute
        )
        with archive.open("notebook.md", "w") as words:
            for piece in notebook.pieces:
                words.write(piece)
        for number, (name, source) in enumerate(uploads_of(user), start=1):
            with source.open("rb") as upload, archive.open(_place(number, name), "w") as copy:
                shutil.copyfileobj(upload, copy)


def _absolute(path: str) -> str:
    return urljoin(f"{settings.SITE_URL}/", path)


def _place(number: int, name: str) -> str:
    """Where a file lies in the archive: within it, whatever the file was called."""
    return f"files/{number}-{PurePosixPath(name.replace(chr(92), '/')).name or 'file'}"


class _Encoder(DjangoJSONEncoder):
    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _write_json(archive: ZipFile, name: str, content: object) -> None:
    text = json.dumps(content, cls=_Encoder, ensure_ascii=False, indent=1)
    archive.writestr(name, text.encode("utf-8", "replace"))
